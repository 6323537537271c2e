import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { newKey } from "#destinations/seal.ts";
import { startFeedServer } from "#support/feed-server.ts";
import { rss, writePack } from "#support/packs.ts";
import { startProgram } from "#support/program.ts";
import { type HttpAnswer, startHttpReceiver } from "#support/receivers/http.ts";
import { SECRET } from "#support/receivers/named.ts";
import { folder, operator } from "#support/receivers/operator.ts";

test("an operator sets a webhook up, tries it, has it follow something, and it gets what moves", async () => {
  await using receiver = await startHttpReceiver();
  const server = await startFeedServer();
  onTestFinished(() => server.close());
  const { dataDir, run, destinations } = operator();
  const pack = writePack(join(folder(), "pack"), [{ id: "courier", url: `${server.origin}/courier` }]);
  const settings = `url=${receiver.origin}/secret-path\nsecret=${SECRET}\n`;
  expect((await run(["migrate"])).code).toBe(0);

  const added = await destinations(["add", "webhook", "--name", "desk"], settings);
  expect(added).toMatchObject({ code: 0, said: expect.stringContaining(`desk leads to 127.0.0.1:${receiver.port}.`) });
  expect(await destinations(["add", "webhook", "--name", "desk"], settings)).toMatchObject({
    code: 1,
    complained: expect.stringContaining("There is a destination desk already"),
  });
  expect((await destinations(["test", "desk", "--pack", pack])).said).toBe("desk took the test.\n");
  expect((await destinations(["follow", "desk", "--pack", pack])).complained).toContain("--everything");
  expect((await destinations(["follow", "desk", "--everything", "--memo", "--pack", pack])).said).toBe(
    "desk follows, as request 1, everything: each movement as it comes, a memo on Fridays (UTC).\n",
  );
  const shown = await destinations(["show", "desk", "--pack", pack]);
  expect(shown.said).toContain("url: (secret)");
  expect(shown.said).toContain("Request 1: everything");

  server.answer("/courier", { body: rss(server.origin, []) });
  await run(["run", "--once", "--pack", pack]);
  const item = {
    id: "a",
    title: "Department weighs civil penalty against AI developer as audit talks stall",
    text: "The Department of Commerce is considering a civil penalty against a frontier model developer over audits.",
    at: new Date(Date.now() + 5_000),
  };
  server.answer("/courier", { body: rss(server.origin, [item]) });
  const ran = await run(["run", "--once", "--pack", pack]);
  // Without a token it is printed, and sent where somebody follows.
  expect(ran.said).toContain(item.title);
  expect(receiver.received.map(({ body }) => (JSON.parse(body) as { type: string }).type)).toEqual([
    "test",
    "story.posted",
  ]);
  expect(JSON.parse(receiver.received[1]!.body)).toMatchObject({ data: { title: item.title } });

  // Whoever has the database, or what the program said, has no secret.
  const kept = readdirSync(dataDir).filter((name) => name !== "destinations.key");
  const everything = [
    ...kept.map((name) => readFileSync(join(dataDir, name)).toString("latin1")),
    ...[added, shown, ran].flatMap(({ said, complained }) => [said, complained]),
    (await run(["export"])).said,
  ].join("\n");
  for (const secret of [SECRET, SECRET.slice("whsec_".length), "secret-path"]) expect(everything).not.toContain(secret);
});

test("what is wrong with settings is said by name, and never repeated", async () => {
  const { run, destinations } = operator();
  await run(["migrate"]);
  const add = (input: string, ...more: string[]) => destinations(["add", "webhook", "--name", "desk", ...more], input);
  const wrong = await add("url=ftp://hidden.example/\nsecret=hidden\nport=1\n");
  expect(wrong.code).toBe(1);
  expect(wrong.complained).toContain("url: Only https is sent to");
  expect(wrong.complained).toContain("secret: It is not whsec_");
  expect(wrong.complained).toContain("There is no setting port");
  expect(wrong.complained).not.toContain("hidden");
  expect((await add("")).complained).toMatch(/url is missing\. .+\nsecret is missing\./);
  expect((await add("hidden\n")).complained).toBe("Line 1 of standard input is no NAME=VALUE.\n");
  expect((await add("", "--set", `secret=${SECRET}`)).complained).toContain("belongs in no argument");
  expect((await destinations(["add", "pigeon", "--name", "desk"])).complained).toContain("There are: webhook");
  expect((await destinations(["add", "webhook", "--name", "The Desk"])).complained).toContain("small letters");
  expect((await destinations(["show", "desk"])).complained).toBe("There is no destination desk.\n");
  expect((await destinations(["list"])).said).toContain("no destinations yet");
});

test("it is paused, resumed, allowed and removed by name, and a test says what came back", async () => {
  let answer: HttpAnswer = {};
  await using receiver = await startHttpReceiver(() => answer);
  const { run, destinations } = operator();
  await run(["migrate"]);
  await destinations(["add", "webhook", "--name", "desk"], `url=${receiver.origin}\nsecret=${SECRET}\n`);
  expect((await destinations(["pause", "desk"])).said).toContain("desk is paused");
  expect((await destinations(["list"])).said).toMatch(
    /^desk\twebhook\t127\.0\.0\.1:\d+\t0 requests\tpaused since .+operator/,
  );
  expect((await destinations(["resume", "desk"])).said).toContain("0 of what was kept are due");
  expect((await destinations(["list"])).said).toContain("\tactive\n");
  await destinations(["allow", "desk", "123456789012345678"]);
  expect((await destinations(["show", "desk"])).said).toContain("managers of server 123456789012345678");
  answer = { status: 403, body: "go away" };
  expect(await destinations(["test", "desk"])).toMatchObject({
    code: 1,
    complained: "desk did not take the test: It answered 403: go away\n",
  });
  expect((await destinations(["follow", "desk", "--point", "audit-scope"])).code).toBe(0);
  expect((await destinations(["unfollow", "desk", "9"])).complained).toContain("It has: 1.");
  expect((await destinations(["unfollow", "desk", "1"])).code).toBe(0);
  expect((await destinations(["remove", "desk"])).code).toBe(0);
  expect((await destinations(["list"])).said).toContain("no destinations yet");
});

test("a key is changed without setting anything up anew", async () => {
  await using receiver = await startHttpReceiver();
  const [older, newer] = [newKey(), newKey()];
  const { dataDir, run } = operator();
  const under =
    (key: string) =>
    (args: readonly string[], input = "") => {
      const program = startProgram(["destinations", ...args], { POLICYWIRE_DATA: dataDir, POLICYWIRE_KEY: key }, input);
      return program.ended.then((code) => ({ code, text: `${program.output()}${program.errors()}` }));
    };
  await run(["migrate"]);
  await under(older)(["add", "webhook", "--name", "desk"], `url=${receiver.origin}\nsecret=${SECRET}\n`);
  expect(await under(newer)(["test", "desk"])).toMatchObject({
    code: 1,
    text: expect.stringContaining("sealed with another key"),
  });
  expect((await under(`${newer} ${older}`)(["reseal"])).text).toBe("1 sealed anew.\n");
  expect(await under(newer)(["test", "desk"])).toMatchObject({ code: 0 });
  expect((await under(newer)(["change", "desk"], `url=${receiver.origin}/new\n`)).code).toBe(0);
  expect(await under(newer)(["test", "desk"])).toMatchObject({ code: 0 });
  expect(receiver.received.map(({ path }) => path)).toEqual(["/", "/new"]);
});

test("check and doctor name a destination that no key opens", async () => {
  const { dataDir, run, destinations } = operator();
  await run(["migrate"]);
  await destinations(["add", "webhook", "--name", "desk"], `url=https://hooks.example/\nsecret=${SECRET}\n`);
  const checked = () => run(["check", "--pack", "feeds/privacy"]);
  expect(await checked()).toMatchObject({ code: 0, complained: "" });
  expect((await run(["doctor"])).said).toContain("ok     The key opens the settings of all destinations (1).\n");
  rmSync(join(dataDir, "destinations.key"));
  const why = "Nothing can be sent to desk: There is no key to open its settings";
  expect(await checked()).toMatchObject({ code: 1, complained: expect.stringContaining(why) });
  expect(await run(["doctor"])).toMatchObject({ code: 1, said: expect.stringContaining(`WRONG  ${why}`) });
});
