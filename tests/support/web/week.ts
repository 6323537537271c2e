import { createHash } from "node:crypto";
import { type Stage, setStage } from "#support/discord/bot.ts";
import { HALF_YEAR_BEGINS, playHalfYear } from "#support/transcript/trend.ts";
import { WEEK_BEGINS, weekOn, weekPack } from "#support/transcript/week.ts";
import { noSuchPage } from "#web/layout.ts";
import { answerAt } from "#web/pages.ts";
import { written } from "#web/reply.ts";

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

/** Half a year of developments on a few points. */
export async function playedHalfYear(): Promise<Stage> {
  const stage = await setStage("embeds", { pack: weekPack(), from: HALF_YEAR_BEGINS });
  await playHalfYear(stage);
  return stage;
}

/** The pages that docs/web.md shows, by the names of their pictures. */
export const pictured: Readonly<Record<string, { readonly of: "week" | "halfYear"; readonly path: string }>> = {
  latest: { of: "week", path: "/" },
  story: { of: "week", path: "/stories/1" },
  trend: { of: "halfYear", path: "/trends?point=penalties" },
};

/** What the pictures show, by name: a hash of each page and of its style, so that pictures of other pages are found out. */
export async function siteMadeOf(stages: Readonly<Record<"week" | "halfYear", Stage>>): Promise<string> {
  const made = new Map<string, string>();
  for (const [name, { of, path }] of Object.entries(pictured)) {
    const stage = stages[of];
    const reply = await answerAt(new URL(path, "http://localhost"), stage, stage.clock());
    const { body } = written(reply ?? noSuchPage(), { signsOut: false });
    made.set(name, createHash("sha256").update(body).digest("hex"));
  }
  return `${JSON.stringify(Object.fromEntries(made), null, 2)}\n`;
}
