import { expect, test } from "vitest";
import { chaos } from "#support/chaos/chaos.ts";
import { onEachEngine } from "#support/databases.ts";

onEachEngine("chaos", (databases) => {
  test("sees every revision once, in order, whatever Discord, the network and moderators do", async () => {
    const outcome = await chaos({ seed: 7, rounds: 12, where: await databases.place() });
    expect(outcome.owed).toBeGreaterThan(20);
    expect(outcome.reminders).toBeGreaterThan(0);
    expect(outcome.memos).toBeGreaterThan(0);
    expect(outcome.asked).toBeGreaterThan(0);
    expect(outcome.faults).toEqual([]);
    expect(outcome.violations).toEqual([]);
  });
});
