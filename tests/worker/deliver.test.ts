import { expect, test } from "vitest";
import type { PostOutcome } from "#model/delivery.ts";
import { CLAIM_MS, claimDue, settle } from "#store/outbox/claims.ts";
import { enqueue } from "#store/outbox/owed.ts";
import { addRevision } from "#store/stories.ts";
import { onEachEngine } from "#support/databases.ts";
import { PACK } from "#support/discord/bot.ts";
import { NOON, storedStory } from "#support/stored.ts";
import { deliverDue } from "#worker/deliver.ts";

const POSTED: PostOutcome = { kind: "posted", messageId: "m" };
const DEAD: PostOutcome = { kind: "rejected", reason: "Embed too long." };

onEachEngine("a worker", (databases) => {
  /** What it counts and tells of one delivery that comes to `outcome`, while another worker may take the claim over. */
  const delivers = async (outcome: PostOutcome, overtaken: boolean) => {
    const { db } = await databases.open();
    const { id } = await storedStory(db);
    await addRevision(db, { storyId: id, number: 1, at: NOON, movements: [] });
    await enqueue(db, [{ storyId: id, revision: 1, destination: "here", dueAt: NOON }]);
    let now = NOON;
    const told: string[] = [];
    const delivering = {
      db,
      pack: PACK,
      clock: () => now,
      tell: (sentence: string) => told.push(sentence),
      bug: (_: string, cause: unknown) => {
        throw new Error("met a bug", { cause });
      },
    };
    const post = async () => {
      if (!overtaken) return outcome;
      now = new Date(NOON.getTime() + CLAIM_MS);
      const [claim] = await claimDue(db, now, 1);
      expect(await settle(db, claim!, POSTED, now)).toBe(true);
      return outcome;
    };
    return { posted: await deliverDue(delivering, { post }, new AbortController().signal), told: told.length };
  };

  test("counts what it posted, and tells of what can never be posted", async () => {
    expect(await delivers(POSTED, false)).toEqual({ posted: 1, told: 0 });
    expect(await delivers(DEAD, false)).toEqual({ posted: 0, told: 1 });
  });

  test("leaves a delivery to the worker that took it over", async () => {
    expect(await delivers(POSTED, true)).toEqual({ posted: 0, told: 0 });
    expect(await delivers(DEAD, true)).toEqual({ posted: 0, told: 0 });
  });
});
