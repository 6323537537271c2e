import { expect, test, vi } from "vitest";
import { asOneBot } from "#app/one-bot.ts";
import { Refusal } from "#app/open.ts";
import type { Where } from "#store/engine/database.ts";
import { onEachEngine } from "#support/databases.ts";
import { NOON } from "#support/stored.ts";

onEachEngine("a store's bot", (databases) => {
  const house = async ({ url, dataDir }: Where) => {
    const silent = () => {};
    return {
      db: (await databases.open({ url, dataDir })).db,
      config: { databaseUrl: url, dataDir },
      clock: () => NOON,
      stop: new AbortController(),
      log: { error: silent, warn: silent, info: silent, debug: silent },
    };
  };

  test("is one: a second that is not let in connects to nothing, and is told why", async () => {
    const where = await databases.place();
    const close = vi.fn(async () => {});
    const first = await asOneBot(await house(where), async () => ({ name: "first", close }));
    expect(first.name).toBe("first");
    const connect = vi.fn(async () => ({ close }));
    const refused = await asOneBot(await house(where), connect, 0).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(Refusal);
    expect(String(refused)).toContain("Another bot is at work on this store");
    expect(connect).not.toHaveBeenCalled();
    await first.close();
    expect(close).toHaveBeenCalledTimes(1);
    await (await asOneBot(await house(where), connect, 0)).close();
    expect(connect).toHaveBeenCalledTimes(1);
  });

  test("leaves its place to others when it cannot connect", async () => {
    const where = await databases.place();
    const failing = asOneBot(await house(where), () => Promise.reject(new Refusal("the token is refused")));
    await expect(failing).rejects.toThrow("the token is refused");
    await (await asOneBot(await house(where), async () => ({ close: async () => {} }), 0)).close();
  });
});
