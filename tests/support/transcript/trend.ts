import { install } from "undici";
import type { Pack } from "#model/pack.ts";
import { AT_ONCE, EVERYTHING } from "#model/subscription.ts";
import { DAY_MS, HOUR_MS } from "#model/time.ts";
import { transact } from "#store/engine/database.ts";
import { createSubscription } from "#store/subscriptions.ts";
import { type Stage, setStage } from "#support/discord/bot.ts";
import type { Message } from "#support/discord/discord.ts";
import { developOn, moveTo } from "#support/history.ts";
import { tellSilences } from "#worker/silences.ts";
import type { Scene } from "./scenes.ts";
import { shownAs } from "./words.ts";

/** Developments on penalties in each of 26 weeks. */
const WEEKS = [2, 3, 1, 4, 2, 3, 5, 2, 1, 1, 0, 1, 3, 4, 6, 8, 7, 4, 5, 3, 4, 6, 9, 7, 5, 2];

/** Weeks of another point, which then is silent. */
const AUDITED_WEEKS = 23;

/** A Monday. */
export const HALF_YEAR_BEGINS = new Date("2026-06-01T09:00:00Z");

/** Half a year of developments, on a stage that stands at its beginning; then it stands at its end, and all feeds were read. */
export async function playHalfYear(stage: Stage): Promise<void> {
  const { db, clock } = stage;
  await transact(db, async (tx) => {
    for (const [week, count] of WEEKS.entries()) {
      const monday = HALF_YEAR_BEGINS.getTime() + 7 * week * DAY_MS;
      for (let number = 0; number < count; number++) {
        const at = new Date(monday + (number % 5) * DAY_MS);
        const story = await developOn(tx, "penalties", at, { feedId: "courier" });
        if (number % 4 === 3) await moveTo(tx, story, week % 2 === 0 ? "adopted" : "proposed", 2, at);
      }
      if (week < AUDITED_WEEKS)
        for (const day of [0, 2, 3]) await developOn(tx, "audit-scope", new Date(monday + day * DAY_MS));
    }
  });
  stage.pass((7 * WEEKS.length - 3) * DAY_MS + HOUR_MS / 12);
  await db
    .updateTable("feeds")
    .set({ last_success_at: clock().getTime(), last_polled_at: clock().getTime() })
    .execute();
}

/** What half a year looks like from its end, in a store of its own: 27 November 2026 is a Friday. */
export async function trendScenes(pack: Pack): Promise<readonly Scene[]> {
  // As the program does before it connects: discord.js sends files as this package's forms alone.
  install();
  const stage = await setStage("embeds", { pack, from: HALF_YEAR_BEGINS });
  try {
    const { db, channel, discord, clock } = stage;
    const sceneOf = (title: string, note: string, asked: string, message: Message | null | undefined): Scene => {
      if (message === null || message === undefined) throw new Error(`nothing was answered to ${asked}`);
      return { title, note, asked, shown: shownAs(message, discord.world, clock()) };
    };
    const filter = { ...EVERYTHING, points: ["audit-scope"] };
    const wanted = { guildId: stage.guild.id, destination: channel.id, filter, createdBy: null };
    await createSubscription(db, { ...wanted, manner: { ...AT_ONCE, at: "09:00" } }, clock());
    await playHalfYear(stage);
    const chart = (await discord.people.type("trend", { point: "penalties" }, { channel })).message;
    await tellSilences(stage, stage.bot.postSilences);
    const silence = discord.messagesIn(channel).at(-1);
    if (discord.violations.length > 0) throw new Error(discord.violations.join("; "));
    return [
      sceneOf(
        "A trend",
        "How much moves on a friction point, week by week. The numbers stand in the picture's alternative text.",
        "/trend point:penalties",
        chart,
      ),
      sceneOf(
        "Long silent",
        "A point that is followed, usually moves, and has not for weeks, although the feeds that tell of it were read; at most once a month, and `silences:False` keeps it away.",
        "(in the channel)",
        silence,
      ),
    ];
  } finally {
    await stage.close();
  }
}
