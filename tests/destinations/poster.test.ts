import { expect, test } from "vitest";
import { z } from "zod";
import { type Kind, kindOf } from "#destinations/kind.ts";
import type { Message, Sent } from "#destinations/message.ts";
import { createPosterOf } from "#destinations/poster.ts";
import { createPosters } from "#destinations/posters.ts";
import { keysFrom, newKey } from "#destinations/seal.ts";
import { stillNews } from "#model/delivery.ts";
import { digestOf } from "#model/destination.ts";
import { AT_ONCE, EVERYTHING, type Manner } from "#model/subscription.ts";
import { MINUTE_MS } from "#model/time.ts";
import { destinationNamed, unpauseNamed } from "#store/destinations.ts";
import type { Db } from "#store/engine/database.ts";
import { CLAIM_MS, claimDue } from "#store/outbox/claims.ts";
import { deliveriesIn } from "#store/outbox/deliveries.ts";
import { noteGrowth } from "#store/outbox/growth.ts";
import { enqueue, resumeDestination } from "#store/outbox/owed.ts";
import { addRevision } from "#store/stories.ts";
import { createSubscription } from "#store/subscriptions.ts";
import { onEachEngine } from "#support/databases.ts";
import { PACK } from "#support/discord/bot.ts";
import { type HttpAnswer, startHttpReceiver } from "#support/receivers/http.ts";
import { addNamed, KEYS, SECRET } from "#support/receivers/named.ts";
import { means } from "#support/receivers/opening.ts";
import { NOON, storedStory } from "#support/stored.ts";
import { deliverDue } from "#worker/deliver.ts";

/** A clock that a test turns, and what the operators heard. */
function working(db: Db, keys = KEYS) {
  let now = NOON;
  const told: string[] = [];
  const clock = () => now;
  const say = () => {};
  const posters = createPosters({
    ...{ db, pack: PACK, clock, random: () => 1, tell: (sentence: string) => told.push(sentence), keys: () => keys },
    ...{ userAgent: "Policywire/test", allowNetworks: [], proxies: null, log: { error: say, warn: say, info: say } },
  });
  const bug = (where: string, cause: unknown): never => {
    throw new Error(where, { cause });
  };
  return {
    told,
    clock,
    wait: (ms: number) => {
      now = new Date(now.getTime() + ms);
    },
    deliver: async () => {
      const poster = (await posters.of("webhook"))!;
      return deliverDue({ db, pack: PACK, clock, bug }, poster, new AbortController().signal);
    },
    posters,
    [Symbol.asyncDispose]: () => posters.close(),
  };
}

async function tell(db: Db, title: string, destination: Parameters<typeof enqueue>[1][number]["destination"]) {
  const { id } = await storedStory(db, { title });
  await addRevision(db, { storyId: id, number: 1, at: NOON, movements: [] });
  await enqueue(db, [{ storyId: id, revision: 1, destination, dueAt: NOON }]);
  return id;
}

const follow = (db: Db, destination: string, manner: Partial<Manner> = {}) =>
  createSubscription(
    db,
    { guildId: null, destination, filter: EVERYTHING, createdBy: null, manner: { ...AT_ONCE, ...manner } },
    NOON,
  );

const idOf = ({ headers }: { headers: Record<string, unknown> }) => String(headers["webhook-id"]);
const typeOf = ({ body }: { body: string }) => (JSON.parse(body) as { type: string }).type;

onEachEngine("what is owed to a webhook", (databases) => {
  test("arrives in order, later revisions naming the earlier, and grows where it stands", async () => {
    const { db } = await databases.open();
    await using receiver = await startHttpReceiver();
    const desk = await addNamed(db, "desk", { url: receiver.origin, secret: SECRET });
    await using work = working(db);
    const id = await tell(db, "Harbour weighs a fine", desk);
    await addRevision(db, { storyId: id, number: 2, at: NOON, movements: [] });
    await enqueue(db, [{ storyId: id, revision: 2, destination: desk, dueAt: NOON }]);
    expect(await work.deliver()).toBe(2);
    await noteGrowth(db, id, NOON);
    work.wait(2 * MINUTE_MS);
    await work.deliver();
    const [first, second, grown] = receiver.received;
    expect(receiver.received.map(typeOf)).toEqual(["story.posted", "story.posted", "story.updated"]);
    expect(JSON.parse(first!.body)).toMatchObject({
      destination: "desk",
      data: { story: id, revision: 1, earlier: null },
    });
    expect(JSON.parse(second!.body)).toMatchObject({ data: { revision: 2, earlier: idOf(first!) } });
    expect(JSON.parse(grown!.body)).toMatchObject({ data: { revision: 2, updates: idOf(second!) } });
    expect(new Set(receiver.received.map(idOf)).size).toBe(3);
  });

  test("comes as a digest too, once for all that is due", async () => {
    const { db } = await databases.open();
    await using receiver = await startHttpReceiver();
    const desk = await addNamed(db, "desk", { url: receiver.origin, secret: SECRET });
    const { id: asked } = await follow(db, desk, { mode: "daily" });
    await using work = working(db);
    await tell(db, "Harbour weighs a fine", digestOf(asked));
    await tell(db, "Kiln rules are out", digestOf(asked));
    expect(await work.deliver()).toBe(1);
    expect(JSON.parse(receiver.received[0]!.body)).toMatchObject({
      type: "digest",
      data: { subscription: asked, stories: [{}, {}] },
    });
  });

  test("keeps its webhook-id over tries, whatever became of them, and no two have one", async () => {
    const { db } = await databases.open();
    const answers: HttpAnswer[] = [
      { manner: "hang-up" },
      { status: 500 },
      { status: 429, headers: { "retry-after": "90" } },
    ];
    await using receiver = await startHttpReceiver(() => answers.shift() ?? {});
    const desk = await addNamed(db, "desk", { url: receiver.origin, secret: SECRET });
    await using work = working(db);
    await tell(db, "Harbour weighs a fine", desk);
    await tell(db, "Kiln rules are out", desk);
    const posted = [];
    for (const wait of [0, 5_000, 10_000, 89_000, 1_000]) {
      work.wait(wait);
      posted.push(await work.deliver());
    }
    // Retry-After is waited for in full.
    expect(posted).toEqual([0, 0, 0, 0, 2]);
    const ids = receiver.received.map(idOf);
    expect(new Set(ids.slice(0, 4)).size).toBe(1);
    expect(new Set(ids).size).toBe(2);
  });

  test("is the same message where a worker died after it was sent", async () => {
    const { db } = await databases.open();
    await using receiver = await startHttpReceiver();
    const desk = await addNamed(db, "desk", { url: receiver.origin, secret: SECRET });
    await using work = working(db);
    await tell(db, "Harbour weighs a fine", desk);
    const [claim] = await claimDue(db, NOON, 1);
    const poster = (await work.posters.of("webhook"))!;
    const { cardFor } = await import("#worker/card-for.ts");
    const found = await cardFor({ db, pack: PACK, clock: work.clock, bug: () => {} }, claim!.storyId, 1);
    await poster.post({ ...claim!, destination: desk }, found!.card);
    work.wait(CLAIM_MS);
    expect(await work.deliver()).toBe(1);
    expect(new Set(receiver.received.map(idOf)).size).toBe(1);
    expect(receiver.received).toHaveLength(2);
  });

  test.each([
    [404, "held"],
    [401, "held"],
    [410, "dropped"],
  ] as const)("pauses at a %i, what is owed is %s, and the operators hear of it once", async (status, state) => {
    const { db } = await databases.open();
    await using receiver = await startHttpReceiver(() => ({ status, body: `no ${SECRET} here` }));
    const desk = await addNamed(db, "desk", { url: receiver.origin, secret: SECRET });
    await follow(db, desk);
    await using work = working(db);
    await tell(db, "Harbour weighs a fine", desk);
    await tell(db, "Kiln rules are out", desk);
    expect(await work.deliver()).toBe(0);
    expect(receiver.received).toHaveLength(1);
    const kept = await deliveriesIn(db, state, { limit: 9 });
    expect(kept).toHaveLength(2);
    expect(kept[0]?.reason).toContain(`answered ${status}`);
    expect(work.told).toEqual([expect.stringMatching(/^desk \(webhook, hooks\.example\) is paused: .+resume desk/)]);
    // What a receiver says back may repeat what it was given.
    expect(JSON.stringify([kept, work.told])).not.toContain(SECRET);
    expect(await destinationNamed(db, "desk")).toMatchObject({ pausedAt: NOON });
    receiver.answer(() => ({}));
    expect(await work.deliver()).toBe(0);
    await unpauseNamed(db, "desk");
    await resumeDestination(db, desk, stillNews(NOON), NOON);
    expect(await work.deliver()).toBe(state === "held" ? 2 : 0);
  });

  test("is a dead letter where the message itself is refused, and the next goes on", async () => {
    const { db } = await databases.open();
    const answers: HttpAnswer[] = [{ status: 422, body: "no such field" }];
    await using receiver = await startHttpReceiver(() => answers.shift() ?? {});
    const desk = await addNamed(db, "desk", { url: receiver.origin, secret: SECRET });
    await using work = working(db);
    await tell(db, "Harbour weighs a fine", desk);
    await tell(db, "Kiln rules are out", desk);
    expect(await work.deliver()).toBe(1);
    expect(await deliveriesIn(db, "dead", { limit: 9 })).toMatchObject([{ reason: "It answered 422: no such field" }]);
  });

  test("waits without harm where its key is not at hand, and nothing of it is shown", async () => {
    const { db } = await databases.open();
    await using receiver = await startHttpReceiver();
    const desk = await addNamed(db, "desk", { url: receiver.origin, secret: SECRET });
    const [row] = await db.selectFrom("destinations").selectAll().execute();
    expect(JSON.stringify(row)).not.toContain(receiver.origin);
    await tell(db, "Harbour weighs a fine", desk);
    for (const keys of [[], keysFrom(newKey())!]) {
      await using work = working(db, keys);
      work.wait(keys.length * 10 * MINUTE_MS);
      expect(await work.deliver()).toBe(0);
      expect(work.told).toEqual([expect.stringContaining("POLICYWIRE_KEY")]);
    }
    expect(receiver.received).toEqual([]);
    expect(await destinationNamed(db, "desk")).toMatchObject({ pausedAt: null });
    await using work = working(db);
    work.wait(20 * MINUTE_MS);
    expect(await work.deliver()).toBe(1);
  });

  test("pauses where it takes nothing for days, after the operators heard that it does not", async () => {
    const { db } = await databases.open();
    await using receiver = await startHttpReceiver(() => ({ status: 500 }));
    const desk = await addNamed(db, "desk", { url: receiver.origin, secret: SECRET });
    await using work = working(db);
    await tell(db, "Harbour weighs a fine", desk);
    const tryUntilPaused = async (most: number) => {
      for (let tries = 0; (await destinationNamed(db, "desk"))?.pausedAt == null && tries < most; tries += 1) {
        work.wait(60 * MINUTE_MS);
        await work.deliver();
      }
    };
    await tryUntilPaused(14);
    expect(work.told).toHaveLength(1);
    // Days go by.
    await db.updateTable("deliveries").set({ attempts: 97 }).execute();
    await tryUntilPaused(9);
    expect(receiver.received).toHaveLength(14 + 3);
    expect(work.told).toEqual([
      expect.stringContaining("has taken nothing for hours"),
      expect.stringContaining("is paused"),
    ]);
  });

  test("is dropped where its destination was removed, and the next goes on", async () => {
    const { db } = await databases.open();
    await using receiver = await startHttpReceiver();
    const desk = await addNamed(db, "desk", { url: receiver.origin, secret: SECRET });
    await using work = working(db);
    await tell(db, "Harbour weighs a fine", "webhook:gone");
    await tell(db, "Kiln rules are out", desk);
    expect(await work.deliver()).toBe(1);
    expect(await deliveriesIn(db, "dropped", { limit: 9 })).toMatchObject([{ reason: "The destination was removed." }]);
  });
});

/** A kind that knows no message again, and says what came to it. */
function unknowing(answers: Sent[]): { readonly kind: Kind; readonly got: Message[] } {
  const got: Message[] = [];
  const kind = kindOf({
    does: "for a test",
    settings: z.object({ url: z.string() }),
    holds: ["story", "digest", "quiet-day", "test"],
    pace: { burst: 5, everyMs: 1, allEveryMs: 1 },
    knowsAgain: false,
    shown: ({ url }) => url,
    open: () => ({
      async send(message) {
        got.push(message);
        return answers.shift() ?? { kind: "sent", messageId: `m${got.length}` };
      },
    }),
  });
  return { kind, got };
}

onEachEngine("what knows no message again", (databases) => {
  const setting = async (answers: Sent[]) => {
    const { db } = await databases.open();
    const desk = await addNamed(db, "desk", { url: "x" }, { kind: "plain" });
    const { kind, got } = unknowing(answers);
    let now = NOON;
    const clock = () => now;
    const posting = { db, means: { ...means(), clock }, keys: () => KEYS, random: () => 1, tell: () => {} };
    const poster = createPosterOf("plain", kind, posting);
    const bug = (where: string, cause: unknown): never => {
      throw new Error(where, { cause });
    };
    const deliver = (ms = 0) => {
      now = new Date(now.getTime() + ms);
      return deliverDue({ db, pack: PACK, clock, bug }, poster, new AbortController().signal);
    };
    return { db, desk, got, poster, deliver };
  };

  const LOST: Sent = { kind: "later", afterMs: null, unsure: true, reason: "cut" };
  const BUSY: Sent = { kind: "later", afterMs: null, unsure: false, reason: "busy" };

  test("is sent again when an answer was lost, once that try is over, and told that it may be a repetition", async () => {
    const { db, desk, got, deliver } = await setting([LOST, BUSY]);
    await tell(db, "Harbour weighs a fine", desk);
    await deliver();
    await deliver(5_000);
    expect(got).toHaveLength(1);
    await deliver(MINUTE_MS);
    expect(await deliver(MINUTE_MS)).toBe(1);
    // That a later try was surely not carried out says nothing of the first.
    expect(got.map(({ mayRepeat }) => mayRepeat)).toEqual([false, true, true]);
    expect(new Set(got.map(({ key }) => key)).size).toBe(1);
  });

  test("is told nothing of the kind when it was surely not there", async () => {
    const { db, desk, got, deliver } = await setting([BUSY, BUSY]);
    await tell(db, "Harbour weighs a fine", desk);
    await deliver();
    await deliver(5_000);
    expect(await deliver(MINUTE_MS)).toBe(1);
    expect(got.map(({ mayRepeat }) => mayRepeat)).toEqual([false, false, false]);
  });

  test("is sent what no delivery is owed of by one worker at a time", async () => {
    const { desk, got, poster } = await setting([]);
    const quiet = { subscriptionId: 4, destination: desk, at: NOON, read: 3, feeds: 3 };
    const outcomes = await Promise.all([poster.postQuietDay?.(quiet), poster.postQuietDay?.(quiet)]);
    expect(outcomes.map((outcome) => outcome?.kind).sort()).toEqual(["posted", "retry"]);
    expect(got).toHaveLength(1);
  });

  test("leaves alone what its kind does not hold", async () => {
    const { desk, got, poster } = await setting([]);
    const silences = { subscriptionId: 4, destination: desk, at: NOON, points: [] };
    expect(await poster.postSilences?.(silences)).toMatchObject({ kind: "moot" });
    expect(got).toEqual([]);
  });
});
