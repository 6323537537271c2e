import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { startFeedServer } from "#support/feed-server.ts";
import { rss, writePack } from "#support/packs.ts";
import { folder, operator } from "#support/receivers/operator.ts";
import { seenInSlack, startSlack } from "#support/receivers/slack.ts";
import { startSmtp } from "#support/receivers/smtp.ts";
import { seenInTeams, startTeams } from "#support/receivers/teams.ts";

const TITLE = "Department weighs civil penalty against AI developer as audit talks stall";
const PASSWORD = "a-password-of-the-mail-server";

test("an operator sets Slack, Teams and mail up, and each gets what moves, once", async () => {
  await using slack = await startSlack();
  await using teams = await startTeams();
  await using smtp = await startSmtp({ user: { name: "wire", password: PASSWORD } });
  const server = await startFeedServer();
  onTestFinished(() => server.close());
  const { run, destinations } = operator();
  const pack = writePack(join(folder(), "pack"), [{ id: "courier", url: `${server.origin}/courier` }]);
  expect((await run(["migrate"])).code).toBe(0);

  const mail = `server=smtp://127.0.0.1:${smtp.port}\nuser=wire\npassword=${PASSWORD}\nfrom=news@policy.example\nto=desk@firm.example\n`;
  const settings = { slack: `url=${slack.origin}/services/x\n`, teams: `url=${teams.origin}/workflows/x\n`, mail };
  for (const [kind, typed] of Object.entries(settings)) {
    const name = `${kind}-desk`;
    expect(await destinations(["add", kind, "--name", name], typed)).toMatchObject({ code: 0 });
    expect((await destinations(["test", name, "--pack", pack])).said).toBe(`${name} took the test.\n`);
    expect(await destinations(["follow", name, "--everything", "--pack", pack])).toMatchObject({ code: 0 });
  }
  const { said } = await destinations(["show", "mail-desk", "--pack", pack]);
  expect(said).toContain("news@policy.example");
  expect(said).not.toContain(PASSWORD);

  server.answer("/courier", { body: rss(server.origin, []) });
  await run(["run", "--once", "--pack", pack]);
  const text =
    "The Department of Commerce is considering a civil penalty against a frontier model developer over audits.";
  const item = { id: "a", title: TITLE, text, at: new Date(Date.now() + 5_000) };
  server.answer("/courier", { body: rss(server.origin, [item]) });
  await run(["run", "--once", "--pack", pack]);
  await run(["run", "--once", "--pack", pack]);

  const inSlack = slack.received.map(({ body }) => seenInSlack(body).words);
  const inTeams = teams.received.map(({ body }) => seenInTeams(body).words);
  const inMail = smtp.mailbox("desk@firm.example").map(({ text: read = "" }) => read);
  for (const words of [inSlack, inTeams, inMail])
    expect(words).toEqual([expect.stringContaining("A test of this destination"), expect.stringContaining(TITLE)]);
});
