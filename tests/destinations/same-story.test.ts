import { expect, test } from "vitest";
import { createPosters } from "#destinations/posters.ts";
import { HOUR_MS, MINUTE_MS } from "#model/time.ts";
import type { Db } from "#store/engine/database.ts";
import { enqueue } from "#store/outbox/owed.ts";
import { addRevision } from "#store/stories.ts";
import { sqliteDatabases } from "#support/databases.ts";
import { PACK } from "#support/discord/bot.ts";
import type { HttpAnswer } from "#support/receivers/http.ts";
import { addNamed, KEYS } from "#support/receivers/named.ts";
import { seenInSlack, startSlack } from "#support/receivers/slack.ts";
import { type SmtpFaults, startSmtp } from "#support/receivers/smtp.ts";
import { seenInTeams, startTeams } from "#support/receivers/teams.ts";
import { NOON, storedStory } from "#support/stored.ts";
import { deliverDue } from "#worker/deliver.ts";

const KINDS = ["slack", "teams", "mail"] as const;
const TITLE = "Harbour weighs a fine of $4 million";
const READER = "desk@firm.example";

const databases = sqliteDatabases();

/** A Slack, a workflow and a mail server, each a destination that a story is owed to. */
async function owing(db: Db, { chat, smtp }: { chat: () => HttpAnswer | null; smtp: () => SmtpFaults }) {
  const [slack, teams, mail] = await Promise.all([startSlack(chat), startTeams(chat), startSmtp({}, smtp)]);
  const keys = [
    await addNamed(db, "slack-desk", { url: slack.origin }, { kind: "slack" }),
    await addNamed(db, "teams-desk", { url: teams.origin }, { kind: "teams" }),
    await addNamed(
      db,
      "mail-desk",
      { server: `smtp://127.0.0.1:${mail.port}`, from: "news@policy.example", to: READER },
      { kind: "mail" },
    ),
  ];
  const { id } = await storedStory(db, { title: TITLE });
  const owe = async (revision: number, dueAt: Date) => {
    await addRevision(db, { storyId: id, number: revision, at: dueAt, movements: [] });
    await enqueue(
      db,
      keys.map((destination) => ({ storyId: id, revision, destination, dueAt })),
    );
  };
  const close = () => Promise.all([slack, teams, mail].map((one) => one[Symbol.asyncDispose]()));
  return { slack, teams, mail, id, owe, [Symbol.asyncDispose]: async () => void (await close()) };
}

function working(db: Db) {
  let now = NOON;
  const clock = () => now;
  const say = () => {};
  const posters = createPosters({
    ...{ db, pack: PACK, clock, random: () => 1, tell: say, keys: () => KEYS },
    ...{ userAgent: "Policywire/test", allowNetworks: [], proxies: null, log: { error: say, warn: say, info: say } },
  });
  const bug = (where: string, cause: unknown): never => {
    throw new Error(where, { cause });
  };
  const stop = new AbortController().signal;
  return {
    now: () => now,
    /** Delivers what is due to each kind so long after the time before; how much arrived. */
    async deliver(afterMs = 0) {
      now = new Date(now.getTime() + afterMs);
      let posted = 0;
      for (const kind of KINDS)
        posted += await deliverDue({ db, pack: PACK, clock, bug }, (await posters.of(kind))!, stop);
      return posted;
    },
    [Symbol.asyncDispose]: () => posters.close(),
  };
}

test("one story arrives in Slack, in Teams and in a mailbox, once each, and a later development answers the mail", async () => {
  const { db } = await databases.open();
  await using to = await owing(db, { chat: () => null, smtp: () => ({}) });
  await using work = working(db);
  await to.owe(1, NOON);
  expect(await work.deliver()).toBe(3);
  expect(await work.deliver(HOUR_MS)).toBe(0);
  expect([to.slack, to.teams].map(({ received }) => received.length)).toEqual([1, 1]);
  const [mail, ...others] = to.mail.mailbox(READER);
  expect(others).toEqual([]);
  for (const words of [
    seenInSlack(to.slack.received[0]!.body).words,
    seenInTeams(to.teams.received[0]!.body).words,
    mail?.text ?? "",
  ]) {
    expect(words).toContain(TITLE);
    expect(words).toContain(`Story ${to.id} · revision 1`);
  }

  await to.owe(2, work.now());
  expect(await work.deliver()).toBe(3);
  const [, second] = to.mail.mailbox(READER);
  expect(second?.inReplyTo).toBe(mail?.messageId);
});

test("whatever a service does, a story is there in the end: once, or saying that it may be there twice", async () => {
  const { db } = await databases.open();
  let step = 0;
  const chat: readonly (HttpAnswer | null)[] = [{ status: 503 }, { manner: "hang-up" }, { status: 429 }, null];
  const smtp: readonly SmtpFaults[] = [
    { sender: 451 },
    { manner: "hang-up", keptAfterMs: 0 },
    { recipient: () => 450 },
    {},
  ];
  await using to = await owing(db, { chat: () => chat[step] ?? null, smtp: () => smtp[step] ?? {} });
  await using work = working(db);
  await to.owe(1, NOON);
  const posted = [];
  for (; step < chat.length; step += 1) posted.push(await work.deliver(10 * MINUTE_MS));
  expect(posted).toEqual([0, 0, 0, 3]);
  // A mailbox knows it again.
  expect(to.mail.arrived).toHaveLength(2);
  expect(to.mail.mailbox(READER)).toHaveLength(1);
  const again = "This may stand here twice";
  const slack = to.slack.received.map(({ body }) => seenInSlack(body).words.includes(again));
  const teams = to.teams.received.map(({ body }) => seenInTeams(body).words.includes(again));
  // Of the second nobody knows whether it was kept; those after it say so.
  expect([slack, teams]).toEqual([
    [false, false, true, true],
    [false, false, true, true],
  ]);
});
