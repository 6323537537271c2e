import { documentOf } from "#app/player.ts";
import { itemsOf, loadWeek } from "#cli/demo/week.ts";
import type { Item } from "#cli/play/player.ts";
import type { Feed } from "#model/feed.ts";
import type { Pack } from "#model/pack.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "#model/time.ts";
import { loadPack } from "#pack/pack.ts";
import type { Stage } from "#support/discord/bot.ts";
import { aWorld } from "#support/filing.ts";
import { deliverDue } from "#worker/deliver.ts";
import { tellQuietDays } from "#worker/quiet-days.ts";
import { takeIn } from "#worker/refresh.ts";
import { oweDueReminders } from "#worker/reminders.ts";
import { fileReleased, tellHeld } from "#worker/reviews.ts";

const outlet = (id: string, name: string, place: string, kind: Feed["kind"]): Feed => ({
  id,
  name,
  url: `https://${id}.example/feed`,
  site: `https://${id}.example`,
  place,
  kind,
  primary: kind === "regulator",
  fullText: "never",
});

const OUTLETS: readonly Feed[] = [
  outlet("courier", "The Continental Courier", "EU", "press"),
  outlet("gazette", "The Harbour Gazette", "US", "press"),
  outlet("ledger", "The Capitol Ledger", "US", "press"),
  outlet("meter", "Model & Meter", "INT", "trade-press"),
  outlet("notices", "Commission notices", "EU", "regulator"),
];

/** The shipped pack with invented outlets in place of its catalogue. */
export function weekPack(): Pack {
  const loaded = loadPack("feeds/ai-policy");
  if (!loaded.ok) throw new Error("the shipped pack has faults");
  return { ...loaded.pack, feeds: OUTLETS };
}

/** Before the first item of the week. */
export const WEEK_BEGINS = new Date("2026-11-16T08:00:00Z");

/** Shortly after the digests of a day in Paris, when it is known that nothing is due. */
const AFTER_DIGESTS_MS = 7 * HOUR_MS + 5 * MINUTE_MS;

/** Plays what the outlets of the week publish up to a time, with all that a worker does of it, on the clock of the stage. */
export function weekOn(stage: Stage): { until(time: string): Promise<void>; work(): Promise<void> } {
  const { db, pack, clock, bot } = stage;
  const world = { ...aWorld(db, pack), clock };
  const waiting = [...itemsOf(loadWeek("tests/fixtures/week/week.yaml"), pack.feeds)];

  async function work(): Promise<void> {
    const at = clock().getTime();
    // All were polled, and nothing was new with most of them.
    await db.updateTable("feeds").set({ last_success_at: at, last_polled_at: at }).execute();
    await fileReleased(world);
    await oweDueReminders(world);
    await deliverDue(world, bot, world.stop);
    if (bot.postHeld !== undefined) await tellHeld(world, bot.postHeld);
    await tellQuietDays(world, bot.postQuietDay);
  }

  const waitUntil = (at: Date) => stage.pass(Math.max(0, at.getTime() - clock().getTime()));

  async function publish(item: Item): Promise<void> {
    waitUntil(item.at);
    const feed = pack.feeds.find(({ id }) => id === item.source)!;
    const arrival = { primary: feed.primary, addedAt: WEEK_BEGINS, firstPoll: false };
    const intake = { document: documentOf([item]), feed, identity: "guid", arrival, now: clock() } as const;
    await takeIn(intake, world, async () => {});
    await work();
  }

  return {
    work,
    async until(time) {
      const end = new Date(time);
      for (;;) {
        const day = Math.floor((clock().getTime() - AFTER_DIGESTS_MS) / DAY_MS + 1) * DAY_MS;
        const look = new Date(day + AFTER_DIGESTS_MS);
        const [next] = waiting;
        if (next !== undefined && next.at <= look && next.at <= end) await publish(waiting.shift()!);
        else if (look <= end) {
          waitUntil(look);
          await work();
        } else break;
      }
      waitUntil(end);
      await work();
    },
  };
}
