import { expect, test } from "vitest";
import { KINDS } from "#destinations/kinds.ts";
import { chaos } from "#support/chaos/chaos.ts";
import { onEachEngine } from "#support/databases.ts";

onEachEngine("chaos", (databases) => {
  test("sees every revision once, in order, whatever Discord, the network and moderators do", async () => {
    const outcome = await chaos({ seed: 7, rounds: 12, where: await databases.place() });
    expect(outcome.owed).toBeGreaterThan(20);
    expect(outcome.reminders).toBeGreaterThan(0);
    expect(outcome.memos).toBeGreaterThan(0);
    expect(outcome.asked).toBeGreaterThan(0);
    // What is never sent twice shows nothing of what becomes of it.
    expect(Object.keys(outcome.repeated).toSorted()).toEqual(Object.keys(KINDS).toSorted());
    for (const times of Object.values(outcome.repeated)) expect(times).toBeGreaterThan(0);
    expect(outcome.faults).toEqual([]);
    expect(outcome.violations).toEqual([]);
  });
});
