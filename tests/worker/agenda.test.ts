import { describe, expect, test } from "vitest";
import { sitesOf } from "#support/sites.ts";
import { NOON } from "#support/stored.ts";
import { dueAgenda, takeDue } from "#worker/agenda.ts";

const MANY = 2_100;

describe("a round", () => {
  test("leaves what is too much for it to the next", async () => {
    const { world } = await sitesOf(
      Array.from({ length: MANY }, (_, at) => `feed-${at}`),
      NOON,
    );
    const agenda = await dueAgenda(world);
    let taken = 0;
    for (let some = await agenda.take(16); some.length > 0; some = await agenda.take(16)) taken += some.length;
    expect(taken).toBe(agenda.total);
    expect(await takeDue(world)(MANY)).toHaveLength(MANY - taken);
  });
});
