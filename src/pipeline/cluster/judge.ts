import { type Comparison, EVIDENCE } from "./comparison.ts";
import type { Model } from "./model.ts";
import type { TagOdds } from "./subjects.ts";

/** Odds granted to a story's article that is not even among the candidates. */
const UNLIKE_ODDS = -3;

/** Half of a story must agree, but no more than so many articles: a long story is not harder to join. */
const MOST_VOICES = 8;

/** What tells developments of one saga apart. */
const STEP = EVIDENCE.flatMap((name, at) =>
  name.includes("apart") || name === "other act" || name === "same title, other names" ? [at] : [],
);

/** A candidate with the log-odds that it and the article tell of one development, and what tags added to them. */
export type Judged = Comparison & {
  readonly odds: number;
  /** As if both were of one day, act and place: a dispute outlives its developments, and spreads. */
  readonly oddsOfOneDay: number;
  readonly tags: readonly TagOdds[];
};

export type Judge = (comparison: Comparison, tags: Judged["tags"]) => Judged;

export function judgeBy({ bias, weights }: Model): Judge {
  const flat = Float64Array.from(EVIDENCE, (name) => weights[name]);
  return (comparison, tags) => {
    const { entry, evidence, likeness } = comparison;
    let odds = bias;
    for (let at = 0; at < flat.length; at++) odds += flat[at]! * evidence[at]!;
    for (const tag of tags) odds += tag.odds;
    let oddsOfOneDay = odds;
    for (const tag of tags) if (tag.elsewhere) oddsOfOneDay -= tag.odds;
    for (const at of STEP) oddsOfOneDay -= flat[at]! * evidence[at]!;
    return { entry, evidence, likeness, odds, oddsOfOneDay, tags };
  };
}

/** The candidates of each story, most likely first. */
export function byStory(judged: readonly Judged[]): Map<number, Judged[]> {
  const stories = Map.groupBy(judged, ({ entry }) => entry.storyId);
  for (const candidates of stories.values()) candidates.sort((a, b) => b.odds - a.odds);
  return stories;
}

/** The mean odds of the more likely half of a story's `size` articles: one look-alike does not speak for a story. */
export function agreement(candidates: readonly Judged[], size: number): number {
  const voices = Math.min(MOST_VOICES, Math.ceil(size / 2));
  let sum = 0;
  for (let at = 0; at < voices; at++) sum += candidates[at]?.odds ?? UNLIKE_ODDS;
  return sum / voices;
}

/** What each kind of evidence added to the odds, by name, strongest first. */
export function contributions({ bias, weights }: Model, { evidence, tags }: Judged): Record<string, number> {
  const parts = [
    ["any two articles", bias] as const,
    ...EVIDENCE.map((name, at) => [name, weights[name] * evidence[at]!] as const),
    ...tags.map(({ axis, odds, elsewhere }) => [elsewhere ? "elsewhere" : `tagged ${axis}`, odds] as const),
  ];
  const rounded = parts.map(([name, part]) => [name, Math.round(part * 100) / 100] as const);
  return Object.fromEntries(rounded.filter(([, part]) => part !== 0).sort((a, b) => Math.abs(b[1]) - Math.abs(a[1])));
}
