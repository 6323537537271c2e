import { describe, expect, test } from "vitest";
import { forgetTries, lastTry, noteTry, takeOver } from "#store/outbox/tries.ts";
import { onEachEngine } from "#support/databases.ts";
import { minutes } from "#support/stored.ts";

onEachEngine("tries", (databases) => {
  const here = { place: "here", until: minutes(1) };

  test("an attempt that takes over knows where the last one tried, and that one tries no more", async () => {
    const { db } = await databases.open();
    expect(await noteTry(db, "said", 1, here)).toBe(true);
    expect(await takeOver(db, "said", 2, minutes(0))).toEqual({ last: here });
    expect(await noteTry(db, "said", 1, { place: "there", until: minutes(2) })).toBe(false);
    expect(await takeOver(db, "said", 1, minutes(0))).toBeNull();
    expect(await lastTry(db, "said")).toEqual(here);
  });

  test("an attempt that takes over before anything was tried shuts out those before it", async () => {
    const { db } = await databases.open();
    expect(await takeOver(db, "said", 2, minutes(0))).toEqual({ last: null });
    expect(await noteTry(db, "said", 1, here)).toBe(false);
    expect(await noteTry(db, "said", 2, here)).toBe(true);
    expect(await noteTry(db, "said", 2, null)).toBe(true);
    expect(await lastTry(db, "said")).toBeNull();
  });

  test("what a clock that was years ahead noted as open is open for a minute from now on, and no longer", async () => {
    const { db } = await databases.open();
    await noteTry(db, "said", 1, { place: "here", until: minutes(5_256_000) });
    expect(await takeOver(db, "said", 2, minutes(0))).toEqual({ last: here });
    expect(await takeOver(db, "said", 3, minutes(2))).toEqual({ last: here });
  });

  test("of two workers that take over at once one knows the other", async () => {
    const { db } = await databases.open();
    await noteTry(db, "said", 1, here);
    await Promise.all([takeOver(db, "said", 2, minutes(0)), takeOver(db, "said", 3, minutes(0))]);
    expect(await noteTry(db, "said", 2, here)).toBe(false);
    expect(await noteTry(db, "said", 3, here)).toBe(true);
  });

  describe("what is over", () => {
    test("is forgotten", async () => {
      const { db } = await databases.open();
      await noteTry(db, "said", 1, here);
      await forgetTries(db, minutes(1));
      expect(await lastTry(db, "said")).toEqual(here);
      await forgetTries(db, minutes(2));
      expect(await lastTry(db, "said")).toBeNull();
    });
  });
});
