import { expect, test } from "vitest";
import { payloadSchema } from "#destinations/webhook/schema.ts";
import { webhook } from "#destinations/webhook/webhook.ts";
import { CONTENTS } from "#support/receivers/contents.ts";
import { startHttpReceiver } from "#support/receivers/http.ts";
import { means, messageOf } from "#support/receivers/opening.ts";
import { isSigned } from "#support/receivers/webhook.ts";
import { NOW } from "#support/samples.ts";

const secretOf = (letter: string) => `whsec_${Buffer.alloc(32, letter).toString("base64")}`;
const SECRET = secretOf("a");

test.each(Object.values(CONTENTS))("a $kind arrives signed, as the schema has it", async (content) => {
  await using receiver = await startHttpReceiver();
  const open = webhook.open({ url: `${receiver.origin}/in`, secret: SECRET }, means());
  const messageId = content.kind === "growth" ? content.messageId : "k".repeat(43);
  expect(await open.send(messageOf(content))).toEqual({ kind: "sent", messageId });
  const [{ headers, body } = { headers: {}, body: "" }] = receiver.received;
  expect(headers).toMatchObject({ "webhook-id": "k".repeat(43), "webhook-timestamp": String(NOW.getTime() / 1_000) });
  expect(isSigned(headers, body, SECRET)).toBe(true);
  expect(isSigned(headers, body, secretOf("b"))).toBe(false);
  const payload = payloadSchema.parse(JSON.parse(body));
  // Nothing is sent that the schema does not say.
  expect(JSON.parse(body)).toEqual(payload);
  expect(payload).toMatchObject({ version: 1, destination: "desk", timestamp: NOW.toISOString() });
});

test("says on which pages of a document stands what a memo cites", async () => {
  await using receiver = await startHttpReceiver();
  await webhook.open({ url: receiver.origin, secret: SECRET }, means()).send(messageOf(CONTENTS.memo));
  const { data } = JSON.parse(receiver.received[0]?.body ?? "") as { data: { points: object[] } };
  const pages = { from: 3, to: 4, url: "https://gazette.example/1.pdf#page=3" };
  expect(data.points).toMatchObject([{ changes: [{ pages }], days: [{ pages }] }]);
});

test("while receivers change over, both secrets sign", async () => {
  await using receiver = await startHttpReceiver();
  const open = webhook.open({ url: receiver.origin, secret: `${secretOf("b")} ${SECRET}` }, means());
  await open.send(messageOf(CONTENTS.test));
  const [{ headers, body } = { headers: {}, body: "" }] = receiver.received;
  expect([SECRET, secretOf("b"), secretOf("c")].map((secret) => isSigned(headers, body, secret))).toEqual([
    true,
    true,
    false,
  ]);
});

test.each([
  [{ url: "ftp://hooks.example/", secret: SECRET }, "url"],
  [{ url: "https://user:pass@hooks.example/", secret: SECRET }, "url"],
  [{ url: "hooks.example", secret: SECRET }, "url"],
  [{ url: "https://hooks.example/", secret: "whsec_short" }, "secret"],
  [{ url: "https://hooks.example/", secret: `${SECRET} ${SECRET} ${SECRET}` }, "secret"],
  [{ url: "https://hooks.example/" }, "secret"],
])("settings that cannot work are refused, by their field (%#)", (typed, field) => {
  const read = webhook.settings.safeParse(typed);
  expect(read.error?.issues.map(({ path }) => path[0])).toEqual([field]);
});
