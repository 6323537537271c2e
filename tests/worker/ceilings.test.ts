import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Destination, digestOf, keyOf, overflowOf } from "#model/destination.ts";
import { AT_ONCE, EVERYTHING, TERMINAL } from "#model/subscription.ts";
import type { Owed } from "#store/outbox/owed.ts";
import { createSubscription } from "#store/subscriptions.ts";
import { onEachEngine } from "#support/databases.ts";
import { minutes, NOON } from "#support/stored.ts";
import { withinCeilings, withoutBacklog } from "#worker/ceilings.ts";

const PRESS = { id: "gazette", primary: false };
const OFFICE = { id: "office", primary: true };
const CEILINGS = { perFeed: 6, perChannel: 9 };

/** Posts of stories 1, 2 …, oldest first. */
const posts = (count: number, given: Partial<Owed> = {}): Owed[] =>
  Array.from({ length: count }, (_, at) => ({
    storyId: at + 1,
    revision: 1,
    destination: "here",
    dueAt: NOON,
    ...given,
  }));

const storiesAt = (owed: readonly Owed[], destination: Destination) =>
  owed.filter((each) => keyOf(each.destination) === keyOf(destination)).map(({ storyId }) => storyId);

onEachEngine("what a document owes", (databases) => {
  test("is the newest within the ceiling of its feed, and the rest in the channel's overflow at the full hour", async () => {
    const { db } = await databases.open();
    const owed = await withinCeilings(db, posts(10), PRESS, CEILINGS, minutes(7));
    expect(storiesAt(owed, "here")).toEqual([5, 6, 7, 8, 9, 10]);
    expect(storiesAt(owed, overflowOf("here"))).toEqual([1, 2, 3, 4]);
    expect(owed[0]?.dueAt).toEqual(minutes(60));
    const next = await withinCeilings(db, posts(3), PRESS, CEILINGS, minutes(7));
    expect(storiesAt(next, "here")).toEqual([]);
    // A sixth of the ceiling is back after a sixth of an hour, all of it after an hour.
    const later = await withinCeilings(db, posts(3), PRESS, CEILINGS, minutes(17));
    expect(storiesAt(later, "here")).toEqual([3]);
    const muchLater = await withinCeilings(db, posts(10), PRESS, CEILINGS, minutes(77));
    expect(storiesAt(muchLater, "here")).toHaveLength(6);
  });

  test("leaves a third of a channel's hour to primary sources, whatever press brought before", async () => {
    const { db } = await databases.open();
    const press = async (id: string) =>
      storiesAt(await withinCeilings(db, posts(5), { ...PRESS, id }, CEILINGS, NOON), "here").length;
    expect([await press("a"), await press("b"), await press("c")]).toEqual([5, 1, 0]);
    expect(storiesAt(await withinCeilings(db, posts(5), OFFICE, CEILINGS, NOON), "here")).toEqual([3, 4, 5]);
  });

  test("is counted for each channel, and for the end of its quiet hours by itself", async () => {
    const { db } = await databases.open();
    const morning = minutes(600);
    const owed = [...posts(8), ...posts(8, { destination: "there" }), ...posts(8, { dueAt: morning })];
    const held = await withinCeilings(db, owed, PRESS, CEILINGS, NOON);
    expect(storiesAt(held, "there")).toHaveLength(6);
    expect(storiesAt(held, "here")).toHaveLength(12);
    const waiting = held.filter(({ dueAt }) => dueAt >= morning);
    expect(storiesAt(waiting, overflowOf("here"))).toEqual([1, 2]);
    expect(waiting.at(-1)?.dueAt).toEqual(morning);
  });

  test("passes digests and the terminal by, and knows no end without ceilings", async () => {
    const { db } = await databases.open();
    const { id } = await createSubscription(
      db,
      { guildId: "g", destination: "here", filter: EVERYTHING, createdBy: null, manner: AT_ONCE },
      NOON,
    );
    for (const destination of [TERMINAL, digestOf(id)]) {
      const owed = posts(30, { destination });
      expect(await withinCeilings(db, owed, PRESS, CEILINGS, NOON)).toEqual(owed);
    }
    expect(await withinCeilings(db, posts(30), PRESS, undefined, NOON)).toEqual(posts(30));
  });
});

describe("a backlog", () => {
  test("owes a preview, the newest of it, and nothing in a line", () => {
    const held = withoutBacklog(posts(300, { backlog: true }));
    expect(storiesAt(held, "here")).toEqual([291, 292, 293, 294, 295, 296, 297, 298, 299, 300]);
    expect(held).toHaveLength(10);
  });

  test("takes no room from what is news", () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 60 }), (backlogs) => {
        const owed = backlogs.map((backlog, at) => ({ ...posts(1)[0]!, storyId: at, backlog }));
        const held = withoutBacklog(owed);
        expect(held.filter(({ backlog }) => !backlog)).toEqual(owed.filter(({ backlog }) => !backlog));
        expect(held.filter(({ backlog }) => backlog).length).toBeLessThanOrEqual(10);
      }),
    );
  });
});
