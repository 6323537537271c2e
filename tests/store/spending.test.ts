import { expect, test } from "vitest";
import { addSpending } from "#store/spending.ts";
import { onEachEngine } from "#support/databases.ts";

const DAY = "2026-11-24";
const CALL = { calls: 1, inputTokens: 300, outputTokens: 100 };

onEachEngine("what a model may cost in a day", (databases) => {
  test("is one sum for all workers, never passed however many ask at once, and known after a restart", async () => {
    const where = await databases.place();
    const stores = [(await databases.open(where)).db, (await databases.open(where)).db];
    const asked = await Promise.all(
      Array.from({ length: 10 }, (_, at) => addSpending(stores[at % 2]!, DAY, CALL, 1_000)),
    );
    expect(asked.filter((spending) => spending !== null)).toHaveLength(2);
    const restarted = (await databases.open(where)).db;
    expect(await addSpending(restarted, DAY, CALL, 1_000)).toBeNull();
    const returned = { calls: 0, inputTokens: -200, outputTokens: -50 };
    expect(await addSpending(restarted, DAY, returned, 1_000)).toEqual({
      calls: 2,
      inputTokens: 400,
      outputTokens: 150,
    });
    expect(await addSpending(restarted, DAY, CALL, 1_000)).toEqual({ calls: 3, inputTokens: 700, outputTokens: 250 });
  });

  test("is counted by day, and a first call that is too dear is refused as well", async () => {
    const { db } = await databases.open();
    expect(await addSpending(db, DAY, CALL, 399)).toBeNull();
    expect(await addSpending(db, DAY, CALL, 400)).toEqual(CALL);
    expect(await addSpending(db, DAY, CALL, 400)).toBeNull();
    expect(await addSpending(db, "2026-11-25", CALL, 400)).toEqual(CALL);
  });
});
