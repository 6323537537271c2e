import { expect, it } from "vitest";
import type { PostMemo, RequestedMemo } from "#model/delivery.ts";
import { AT_ONCE, EVERYTHING, type Manner } from "#model/subscription.ts";
import { DAY_MS, HOUR_MS } from "#model/time.ts";
import type { Db } from "#store/engine/database.ts";
import { deliveriesIn, standingText } from "#store/outbox/deliveries.ts";
import { changeSubscription, createSubscription } from "#store/subscriptions.ts";
import { onEachEngine } from "#support/databases.ts";
import { PACK } from "#support/discord/bot.ts";
import { deliverDue } from "#worker/deliver.ts";
import { oweMemos } from "#worker/memos.ts";

/** A Monday; the clocks of Berlin are put back on the 25th. */
const BEGUN = new Date("2026-10-12T09:00:00Z");

const follow = (db: Db, manner: Partial<Manner> = {}, now = BEGUN) =>
  createSubscription(
    db,
    {
      guildId: "1",
      destination: "7",
      filter: EVERYTHING,
      createdBy: null,
      manner: { ...AT_ONCE, timeZone: "Europe/Berlin", memo: true, ...manner },
    },
    now,
  );

/** A worker that may be anew at each look. */
function worker(db: Db) {
  const posted: RequestedMemo[] = [];
  const postMemo: PostMemo = async (claim, memo) => {
    posted.push(memo);
    return { kind: "posted", messageId: `memo.${claim.deliveryId}` };
  };
  const poster = { post: async () => ({ kind: "posted", messageId: "1" }) as const, postMemo };
  const bug = (where: string, cause: unknown): never => {
    throw new Error(where, { cause });
  };
  return {
    posted,
    async look(now: Date) {
      const clock = () => now;
      await oweMemos({ db, clock });
      await deliverDue({ db, pack: PACK, clock, bug }, poster, new AbortController().signal);
    },
  };
}

onEachEngine("memos of the week", (databases) => {
  it("come once a Friday at 16:00 of the zone, whoever looks, how often, and over a change of the clocks", async () => {
    const { db } = await databases.open();
    const { id } = await follow(db);
    const [one, other] = [worker(db), worker(db)];
    for (let at = BEGUN.getTime(); at < BEGUN.getTime() + 21 * DAY_MS; at += 5 * HOUR_MS) {
      const now = new Date(at);
      await Promise.all([one.look(now), other.look(now)]);
    }
    const memos = [...one.posted, ...other.posted].map(({ memo, subscriptionId }) => [
      subscriptionId,
      memo.from.toISOString().slice(0, 16),
      memo.until.toISOString().slice(0, 16),
    ]);
    expect(memos.toSorted()).toEqual([
      [id, "2026-10-09T14:00", "2026-10-16T14:00"],
      [id, "2026-10-16T14:00", "2026-10-23T14:00"],
      [id, "2026-10-23T14:00", "2026-10-30T15:00"],
    ]);
  });

  it("come late after an outage, of the time that they are due for, and not after one of days", async () => {
    const { db } = await databases.open();
    await follow(db);
    const { look, posted } = worker(db);
    await look(new Date("2026-10-17T20:00:00Z"));
    expect(posted.map(({ memo }) => memo.until.toISOString())).toEqual(["2026-10-16T14:00:00.000Z"]);
    await look(new Date("2026-10-26T09:00:00Z"));
    expect(posted).toHaveLength(1);
  });

  it("come to those alone who asked, and to none before they did", async () => {
    const { db } = await databases.open();
    const { look, posted } = worker(db);
    const silent = await follow(db, { memo: false });
    const friday = new Date("2026-10-16T14:30:00Z");
    await follow(db, {}, friday);
    await look(friday);
    expect(posted).toEqual([]);
    await changeSubscription(db, { ...silent, manner: { ...silent.manner, memo: true } });
    await look(new Date(friday.getTime() + HOUR_MS));
    expect(posted.map(({ subscriptionId }) => subscriptionId)).toEqual([silent.id]);
  });

  it("is tried again as the same memo, and held where the bot may not post", async () => {
    const { db } = await databases.open();
    const { id } = await follow(db);
    const outcomes = [
      { kind: "retry", at: new Date("2026-10-16T15:00:00Z"), reason: "busy" },
      { kind: "forbidden", reason: "no access" },
    ] as const;
    const seen: (readonly [number, string])[] = [];
    const postMemo: PostMemo = async ({ revision }, { memo }) => {
      seen.push([revision, JSON.stringify(memo)]);
      return outcomes[seen.length - 1]!;
    };
    const poster = { post: async () => ({ kind: "posted", messageId: "1" }) as const, postMemo };
    for (const text of ["2026-10-16T14:30:00Z", "2026-10-16T15:30:00Z", "2026-10-16T16:30:00Z"]) {
      const clock = () => new Date(text);
      await oweMemos({ db, clock });
      await deliverDue({ db, pack: PACK, clock, bug: () => {} }, poster, new AbortController().signal);
    }
    expect(seen).toHaveLength(2);
    expect(seen[1]).toEqual(seen[0]);
    expect((await deliveriesIn(db, "held", { limit: 5 })).map(({ destination }) => destination)).toEqual([
      `memo:${id}`,
    ]);
  });

  it("is dropped where it was held back until the next one is due, or memos were turned off meanwhile", async () => {
    const { db } = await databases.open();
    const stale = await follow(db);
    const off = await follow(db);
    const later = { kind: "retry", at: new Date("2026-10-16T15:00:00Z"), reason: "the token is refused" } as const;
    const refusing = { post: async () => later, postMemo: async () => later };
    const friday = () => new Date("2026-10-16T14:30:00Z");
    await oweMemos({ db, clock: friday });
    await deliverDue({ db, pack: PACK, clock: friday, bug: () => {} }, refusing, new AbortController().signal);
    await changeSubscription(db, { ...off, manner: { ...off.manner, memo: false } });
    const { look, posted } = worker(db);
    await look(new Date("2026-10-23T14:30:00Z"));
    expect(posted.map(({ memo, subscriptionId }) => [subscriptionId, memo.until.toISOString()])).toEqual([
      [stale.id, "2026-10-23T14:00:00.000Z"],
    ]);
    const dropped = await deliveriesIn(db, "dropped", { limit: 5 });
    expect(dropped.map(({ storyId, revision, day }) => [storyId, revision, day])).toEqual([
      [null, null, "2026-10-16"],
      [null, null, "2026-10-16"],
    ]);
    expect(standingText(dropped[0]!)).toBe("The memo of 16 Oct 2026");
  });
});
