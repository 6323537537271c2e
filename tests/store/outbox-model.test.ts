import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import type { Claim } from "#model/delivery.ts";
import type { Destination } from "#model/destination.ts";
import type { Db } from "#store/engine/database.ts";
import { CLAIM_MS, claimDue, settle } from "#store/outbox/claims.ts";
import { enqueue } from "#store/outbox/owed.ts";
import { onEachEngine } from "#support/databases.ts";
import { NOON, storedStory } from "#support/stored.ts";

/** Enough to meet every pair of actions many times; each run is a few dozen statements. */
const RUNS = 60;

const DESTINATIONS = ["north", "south"];

type Action =
  | { readonly do: "owe"; readonly revision: number; readonly destination: string; readonly delayMs: number }
  | { readonly do: "wait"; readonly ms: number }
  | { readonly do: "claim"; readonly limit: number }
  | { readonly do: "settle"; readonly which: number; readonly as: "posted" | "retry" | "rejected" };

const action: fc.Arbitrary<Action> = fc.oneof(
  fc.record({
    do: fc.constant("owe" as const),
    revision: fc.integer({ min: 1, max: 4 }),
    destination: fc.constantFrom(...DESTINATIONS),
    delayMs: fc.constantFrom(0, 0, 5_000, 90_000),
  }),
  fc.record({ do: fc.constant("wait" as const), ms: fc.constantFrom(1, 10_000, CLAIM_MS, 2 * CLAIM_MS) }),
  fc.record({ do: fc.constant("claim" as const), limit: fc.integer({ min: 1, max: 3 }) }),
  fc.record({
    do: fc.constant("settle" as const),
    which: fc.nat(),
    as: fc.constantFrom("posted" as const, "posted" as const, "retry" as const, "rejected" as const),
  }),
);

/** What the outbox should hold, kept the simple way. */
type Expected = {
  readonly key: string;
  readonly destination: string;
  dueAt: number;
  leaseUntil: number;
  attempts: number;
  end: string | null;
};

onEachEngine("any interleaving of owing, claiming, lapsing and settling", (databases) => {
  let opened: Promise<{ db: Db; storyId: number; close(): Promise<void> }> | undefined;
  const open = async () => {
    const { db, close } = await databases.openShared();
    return { db, storyId: (await storedStory(db)).id, close };
  };
  afterAll(async () => (await opened)?.close());

  test("posts each story revision to each destination once, in order, and loses none", async () => {
    opened ??= open();
    const { db, storyId } = await opened;
    await fc.assert(
      fc.asyncProperty(fc.array(action, { minLength: 5, maxLength: 40 }), async (actions) => {
        await db.deleteFrom("deliveries").execute();
        await play(db, storyId, actions);
      }),
      { numRuns: RUNS },
    );
  });
});

async function play(db: Db, storyId: number, actions: readonly Action[]): Promise<void> {
  const queue: Expected[] = [];
  const held: Claim<Destination>[] = [];
  let now = NOON.getTime();
  const keyOf = ({ revision, destination }: { revision: number; destination: Destination }) =>
    `${destination} ${revision}`;
  const entry = (key: string) => queue.find((each) => each.key === key)!;

  const claim = async (limit: number) => {
    const heads = DESTINATIONS.flatMap(
      (name) => queue.find((each) => each.destination === name && each.end === null) ?? [],
    );
    const free = heads
      .filter((each) => each.dueAt <= now && each.leaseUntil <= now)
      .sort((a, b) => a.dueAt - b.dueAt || queue.indexOf(a) - queue.indexOf(b));
    const claims = await claimDue(db, new Date(now), limit);
    expect(claims.map(keyOf)).toEqual(free.slice(0, limit).map((each) => each.key));
    for (const got of claims) {
      const each = entry(keyOf(got));
      each.attempts += 1;
      each.leaseUntil = now + CLAIM_MS;
      expect(got.attempts).toBe(each.attempts);
      held.push(got);
    }
    return claims;
  };

  const finish = async (mine: Claim<Destination>, as: "posted" | "retry" | "rejected") => {
    const each = entry(keyOf(mine));
    const isMine = each.end === null && each.attempts === mine.attempts;
    const at = new Date(now + 30_000);
    const outcome =
      as === "posted"
        ? { kind: as, messageId: "1" }
        : as === "retry"
          ? { kind: as, at, reason: "503" }
          : { kind: as, reason: "400" };
    expect(await settle(db, mine, outcome, new Date(now))).toBe(isMine);
    if (!isMine) return;
    if (as === "retry") Object.assign(each, { dueAt: at.getTime(), leaseUntil: 0 });
    else each.end = as;
  };

  for (const each of actions) {
    if (each.do === "wait") now += each.ms;
    else if (each.do === "claim") await claim(each.limit);
    else if (each.do === "settle" && held.length > 0) await finish(held[each.which % held.length]!, each.as);
    else if (each.do === "owe") {
      const dueAt = now + each.delayMs;
      const known = queue.some(({ key }) => key === keyOf(each));
      expect(
        await enqueue(db, [
          { storyId, revision: each.revision, destination: each.destination, dueAt: new Date(dueAt) },
        ]),
      ).toBe(known ? 0 : 1);
      if (!known)
        queue.push({ key: keyOf(each), destination: each.destination, dueAt, leaseUntil: 0, attempts: 0, end: null });
    }
  }
  for (let round = 0; round <= queue.length; round++) {
    now += 3 * CLAIM_MS;
    for (const mine of await claim(10)) await finish(mine, "posted");
  }
  expect(queue.filter((each) => each.end === null)).toEqual([]);
}
