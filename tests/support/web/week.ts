import { type Stage, setStage } from "#support/discord/bot.ts";
import { WEEK_BEGINS, weekOn, weekPack } from "#support/transcript/week.ts";

/** The invented week, played to its end with the shipped pack: what a site is shown of. */
export async function playedWeek(): Promise<Stage> {
  const stage = await setStage("embeds", { pack: weekPack(), from: WEEK_BEGINS });
  await weekOn(stage).until("2026-11-26T09:00:00Z");
  return stage;
}
