import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it, onTestFinished, test } from "vitest";
import { mail } from "#destinations/mail/mail.ts";
import { freePort } from "#support/free-port.ts";
import { certificateFor } from "#support/receivers/certificate.ts";
import { CONTENTS } from "#support/receivers/contents.ts";
import { means, messageOf } from "#support/receivers/opening.ts";
import { mailProblems, type SmtpFaults, type SmtpOptions, startSmtp } from "#support/receivers/smtp.ts";

const KEY = "k".repeat(43);
const MESSAGE_ID = `<${KEY}@policy.example>`;
const SENT = { kind: "sent", messageId: MESSAGE_ID };

const typed = (port: number, given = {}) => ({
  server: `smtp://127.0.0.1:${port}`,
  from: "news@policy.example",
  to: "desk@firm.example",
  ...given,
});

const story = (given = {}) => messageOf(CONTENTS.story, given);

test("each kind of message arrives, and no connection stays", async () => {
  await using server = await startSmtp();
  const open = mail.open(typed(server.port), means());
  const contents = Object.values(CONTENTS).filter(({ kind }) => mail.holds.includes(kind));
  for (const [at, content] of contents.entries()) {
    const key = String(at).padStart(43, "k");
    expect(await open.send(messageOf(content, { key }))).toMatchObject({ kind: "sent" });
  }
  expect(server.mailbox("desk@firm.example")).toHaveLength(contents.length);
  expect(server.arrived.flatMap(({ raw }) => mailProblems(raw))).toEqual([]);
  await expect.poll(() => server.open()).toBe(0);
});

test("a mail whose answer was lost is sent again, and a mailbox has it once", async () => {
  await using server = await startSmtp({}, () => ({ manner: "hang-up", keptAfterMs: 0 }));
  const open = mail.open(typed(server.port), means());
  expect(await open.send(story())).toMatchObject({ kind: "later", unsure: true });
  server.behave({});
  expect(await open.send(story({ mayRepeat: true }))).toEqual(SENT);
  expect(server.arrived).toHaveLength(2);
  expect(server.mailbox("desk@firm.example").map(({ messageId }) => messageId)).toEqual([MESSAGE_ID]);
});

const FAULTS: readonly (readonly [faults: SmtpFaults, expected: object])[] = [
  [{ greeting: 421 }, { kind: "later", unsure: false }],
  [{ greeting: 554 }, { kind: "later", unsure: false }],
  [{ sender: 451 }, { kind: "later", unsure: false }],
  [{ sender: 530 }, { kind: "closed" }],
  [{ sender: 550 }, { kind: "closed" }],
  [{ sender: 552 }, { kind: "refused" }],
  [{ recipient: () => 450 }, { kind: "later", unsure: false }],
  [{ recipient: () => 552 }, { kind: "later", unsure: false }],
  [{ recipient: () => 550 }, { kind: "closed" }],
  [{ recipient: () => 554 }, { kind: "closed" }],
  [{ content: 451 }, { kind: "later", unsure: false }],
  [{ content: 550 }, { kind: "refused" }],
  [{ content: 552 }, { kind: "refused" }],
  [{ manner: "hang-up" }, { kind: "later", unsure: true }],
  [{ manner: "hang" }, { kind: "later", unsure: true }],
];

test.each(FAULTS)("a server that does %o means %o", async (faults, expected) => {
  await using server = await startSmtp({}, () => faults);
  const given = faults.manner === "hang" ? { ...means(), deadlines: { connectMs: 200, totalMs: 400 } } : means();
  expect(await mail.open(typed(server.port), given).send(story())).toMatchObject(expected);
  expect(server.mailbox("desk@firm.example")).toEqual([]);
});

test("where nobody listens nothing has left", async () => {
  const open = mail.open(typed(await freePort()), means());
  expect(await open.send(story())).toMatchObject({ kind: "later", unsure: false });
});

describe("of several addresses", () => {
  const SEVERAL = { to: "one@firm.example two@firm.example three@firm.example" };

  it("each gets its own, in one transaction", async () => {
    await using server = await startSmtp();
    expect(await mail.open(typed(server.port, SEVERAL), means()).send(story())).toEqual(SENT);
    expect(server.arrived.map(({ to }) => to)).toEqual([
      ["one@firm.example", "two@firm.example", "three@firm.example"],
    ]);
  });

  it("those refused for now are tried again alone, and those refused for good are told to operators", async () => {
    const replies: Readonly<Record<string, number>> = { "two@firm.example": 450, "three@firm.example": 550 };
    await using server = await startSmtp({}, () => ({ recipient: (address) => replies[address] }));
    const warned: unknown[] = [];
    const with_ = means();
    const open = mail.open(typed(server.port, SEVERAL), {
      ...with_,
      log: { ...with_.log, warn: (_, fields) => warned.push(fields) },
    });
    expect(await open.send(story())).toMatchObject({ kind: "later", unsure: false });
    expect(warned).toEqual([{ refused: ["three@firm.example (550)"] }]);
    server.behave({});
    expect(await open.send(story())).toEqual(SENT);
    expect(server.arrived.map(({ to }) => to)).toEqual([["one@firm.example"], ["two@firm.example"]]);
  });

  it("that the last is refused for good ends it", async () => {
    await using server = await startSmtp({}, () => ({ recipient: (to) => (to.startsWith("one") ? undefined : 450) }));
    const open = mail.open(typed(server.port, { to: "one@firm.example two@firm.example" }), means());
    await open.send(story());
    server.behave({ recipient: () => 550 });
    expect(await open.send(story())).toEqual(SENT);
    expect(server.arrived).toHaveLength(1);
  });
});

describe("a server that asks who hands in", () => {
  const USER: SmtpOptions = { user: { name: "wire", password: "right" } };

  it("is told", async () => {
    await using server = await startSmtp(USER);
    const open = mail.open(typed(server.port, { user: "wire", password: "right" }), means());
    expect(await open.send(story())).toEqual(SENT);
  });

  it.each([[{ user: "wire", password: "wrong" }], [{ user: "wire" }], [{}]])(
    "and is told wrongly (%o) is closed, and nobody's password is said",
    async (given) => {
      await using server = await startSmtp(USER);
      const sent = await mail.open(typed(server.port, given), means()).send(story());
      expect(sent).toMatchObject({ kind: "closed" });
      expect(JSON.stringify(sent)).not.toContain("wrong");
    },
  );
});

describe("a server elsewhere", () => {
  const NAME = "mail.policy.example";
  /** A name that leads to this machine, whose networks are named. */
  const away = () =>
    means({
      allowNetworks: ["127.0.0.0/8"],
      lookup: (_, { all }, done) =>
        all === true ? done(null, [{ address: "127.0.0.1", family: 4 }]) : done(null, "127.0.0.1", 4),
    });
  const at = (port: number, scheme: string) => typed(port, { server: `${scheme}://${NAME}:${port}` });
  /** What becomes of a story that a process hands in which trusts a certificate. */
  async function trusting({ cert }: { readonly cert: string }, settings: object): Promise<object> {
    const folder = mkdtempSync(join(tmpdir(), "policywire-trust-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    writeFileSync(join(folder, "cert.pem"), cert);
    const env = { ...process.env, NODE_EXTRA_CA_CERTS: join(folder, "cert.pem") };
    const args = ["tests/support/receivers/hand-in.ts", JSON.stringify(settings)];
    const { stdout } = await promisify(execFile)(process.execPath, args, { env });
    return JSON.parse(stdout);
  }

  it.each([
    ["smtps", true],
    ["smtp", false],
  ])("that proves its name is handed mail in over TLS (%s)", async (scheme, isImplicit) => {
    const made = certificateFor(NAME);
    await using server = await startSmtp({ tls: { ...made, isImplicit } });
    expect(await trusting(made, at(server.port, scheme))).toEqual(SENT);
    expect(server.arrived).toHaveLength(1);
  });

  it.each([
    ["smtps", true],
    ["smtp", false],
  ])("whose certificate nobody trusts is told nothing (%s)", async (scheme, isImplicit) => {
    await using server = await startSmtp({ tls: { ...certificateFor(NAME), isImplicit } });
    const sent = await mail.open(at(server.port, scheme), away()).send(story());
    expect(sent).toMatchObject({ kind: "later", unsure: false });
    expect(server.arrived).toEqual([]);
  });

  it("whose certificate is another's is told nothing", async () => {
    const made = certificateFor("other.example");
    await using server = await startSmtp({ tls: { ...made, isImplicit: true } });
    expect(await trusting(made, at(server.port, "smtps"))).toMatchObject({ kind: "later", unsure: false });
    expect(server.arrived).toEqual([]);
  });

  it("that has no TLS is told nothing", async () => {
    await using server = await startSmtp();
    expect(await mail.open(at(server.port, "smtp"), away()).send(story())).toMatchObject({
      kind: "later",
      unsure: false,
    });
    expect(server.arrived).toEqual([]);
  });

  it("that is on a network which nobody named is not dialled", async () => {
    await using server = await startSmtp();
    const open = mail.open(at(server.port, "smtp"), { ...away(), lookup: means().lookup });
    expect(await open.send(story())).toMatchObject({ kind: "later", unsure: false });
    expect(server.arrived).toEqual([]);
  });
});

test("what it is called says where it leads, and no secret", () => {
  const settings = { ...typed(25), user: "wire", password: "hidden" };
  expect(mail.shown(settings)).toBe("1 address by 127.0.0.1");
  expect(mail.shown({ ...settings, to: "a@b.example c@d.example" })).toBe("2 addresses by 127.0.0.1");
});
