import { type Stage, setStage } from "#support/discord/bot.ts";
import { WEEK_BEGINS, weekOn, weekPack } from "#support/transcript/week.ts";

/** The invented week, played to its end with the shipped pack: what a site is shown of. */
export async function playedWeek(): Promise<Stage> {
  const stage = await setStage("embeds", { pack: weekPack(), from: WEEK_BEGINS });
  await weekOn(stage).until("2026-11-26T09:00:00Z");
  return stage;
}

/** A page of each kind, as that week fills it. */
export const PAGES = [
  "/",
  "/?point=audit-scope&place=US",
  "/?point=export-controls",
  "/stories/1",
  "/stories/3",
  "/stories/1/why",
  "/search",
  "/search?query=fine",
  "/deadlines?within=52w",
  "/quotes",
  "/trends",
  "/trends?point=penalties",
  "/points",
  "/places",
  "/matters",
  "/matter?matter=act+2024%2F1689",
  "/feeds",
  "/about",
  "/nothing",
] as const;
