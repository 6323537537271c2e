import { expect, onTestFinished, test } from "vitest";
import { createSender, type SenderOptions, sentOf } from "#destinations/send.ts";
import { LONGEST_ANSWER } from "#model/limits.ts";
import { freePort } from "#support/free-port.ts";
import { startHttpReceiver } from "#support/receivers/http.ts";
import { NOW } from "#support/samples.ts";

function sending(options: Partial<SenderOptions> = {}) {
  const sender = createSender({
    userAgent: "Policywire/test",
    allowNetworks: [],
    proxies: null,
    clock: () => NOW,
    ...options,
  });
  onTestFinished(() => sender.close());
  return (url: string) => sender.send({ url, headers: { "x-one": "1" }, body: "ä body" });
}

test("a body arrives as it is, with its length and who sends it", async () => {
  await using receiver = await startHttpReceiver(() => ({ status: 200, body: "ok" }));
  const outcome = await sending()(`${receiver.origin}/in?a=b`);
  expect(outcome).toEqual({ kind: "answered", status: 200, body: "ok", afterMs: null });
  const [one] = receiver.received;
  expect(one).toMatchObject({ path: "/in?a=b", body: "ä body" });
  expect(one?.headers).toMatchObject({ "x-one": "1", "content-length": "7", "user-agent": "Policywire/test" });
});

test("a redirect is an answer, and nobody follows it", async () => {
  await using elsewhere = await startHttpReceiver();
  await using receiver = await startHttpReceiver(() => ({ status: 307, headers: { location: elsewhere.origin } }));
  const outcome = await sending()(receiver.origin);
  expect(outcome).toMatchObject({ kind: "answered", status: 307 });
  expect(sentOf(outcome, "m")).toMatchObject({ kind: "closed" });
  expect(elsewhere.received).toEqual([]);
});

test("of a long answer the beginning is read", async () => {
  await using receiver = await startHttpReceiver(() => ({ status: 200, body: "x".repeat(1_000_000) }));
  const outcome = await sending()(receiver.origin);
  expect(outcome).toMatchObject({ status: 200, body: "x".repeat(LONGEST_ANSWER) });
});

test.each([["hang"], ["hang-up"]] as const)(
  "a request whose answer is lost (%s) may have been carried out",
  async (manner) => {
    await using receiver = await startHttpReceiver(() => ({ manner }));
    const outcome = await sending({ deadlines: { connectMs: 1_000, totalMs: 300 } })(receiver.origin);
    expect(outcome).toMatchObject({ kind: "failed", begun: true });
    expect(sentOf(outcome, "m")).toMatchObject({ kind: "later", unsure: true });
    expect(receiver.received).toHaveLength(1);
  },
);

test("where nobody listens nothing has left", async () => {
  const outcome = await sending()(`http://127.0.0.1:${await freePort()}/`);
  expect(outcome).toMatchObject({ kind: "failed", begun: false, reason: expect.stringContaining("refused") });
});

test.each([
  ["http://93.184.215.14/", "plain http to a public address"],
  ["https://10.0.0.8/", "an inner network"],
  ["http://inner.example/", "a name that leads to this machine"],
  ["https://inner.example/", "such a name over https"],
])("nothing is sent to %s (%s)", async (url) => {
  const lookup: SenderOptions["lookup"] = (_name, _options, callback) =>
    callback(null, [{ address: "127.0.0.1", family: 4 }]);
  const outcome = await sending({ lookup })(url);
  expect(outcome).toMatchObject({
    kind: "failed",
    begun: false,
    reason: expect.stringContaining("not a public address"),
  });
});

test("what an operator names of an inner network is sent to", async () => {
  await using receiver = await startHttpReceiver();
  const lookup: SenderOptions["lookup"] = (_name, _options, callback) =>
    callback(null, [{ address: "127.0.0.1", family: 4 }]);
  const send = sending({ lookup, allowNetworks: ["127.0.0.0/8"] });
  expect(await send(`http://inner.example:${receiver.port}/`)).toMatchObject({ kind: "answered", status: 204 });
});

test.each([
  [200, "sent"],
  [204, "sent"],
  [302, "closed"],
  [401, "closed"],
  [404, "closed"],
  [410, "gone"],
  [400, "refused"],
  [413, "refused"],
  [408, "later"],
  [429, "later"],
  [500, "later"],
  [503, "later"],
])("an answer of %i is %s", (status, kind) => {
  expect(sentOf({ kind: "answered", status, body: "", afterMs: null }, "m").kind).toBe(kind);
});

test.each([["429"], ["503"]])("Retry-After of a %s is heeded, and nothing was carried out", async (status) => {
  await using receiver = await startHttpReceiver(() => ({ status: Number(status), headers: { "retry-after": "120" } }));
  const outcome = await sending()(receiver.origin);
  expect(sentOf(outcome, "m")).toMatchObject({ kind: "later", afterMs: 120_000, unsure: false });
});
