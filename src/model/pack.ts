import type { Feed } from "./feed.ts";
import type { Glossaries } from "./language-file.ts";
import type { FacetsFile, PointsFile } from "./pack-files.ts";
import { type Axis, LIST_OF } from "./tag.ts";
import type { Weights } from "./weights.ts";

/** A friction point: the thing the two sides are fighting over. See docs/packs.md for the rule language. */
export type Point = PointsFile["points"][number];

/**
 * A kind of evidence that an article on the topic is a policy development, and what it weighs; below zero, that it is
 * not. It counts once, when one of `phrases` stands there or `found` is so.
 */
export type RelevanceCue = PointsFile["relevance"][number];

export type Found = NonNullable<RelevanceCue["found"]>;

/** A request that people take as it is. */
export type Preset = PointsFile["presets"][number];

export type Facets = FacetsFile;

/** `order` grows as a matter advances; a conditional verb caps a stage at the one marked `conditionalCap`. */
export type Stage = Facets["stages"][number];

/** A further step within a stage, whose cues are cues of the stage too: an agreement of both chambers, after the vote of one. */
export type Step = NonNullable<Stage["steps"]>[number];

/** How firmly a matter is known: the lower the `order`, the firmer. */
export type Certainty = Facets["certainties"][number];

/** The feeds, friction points and facets of one policy area, data only: what its files say, and what was learned. */
export type Pack = Omit<PointsFile, "points"> & {
  readonly id: string;
  readonly feeds: readonly Feed[];
  readonly points: readonly Point[];
  readonly facets: Facets;
  /** What was learned of labelled items; null where rules alone decide. */
  readonly weights: Weights | null;
  /** What its words are in other languages, by ISO 639-1 code. */
  readonly glossaries: Glossaries;
};

/** Stages and the steps within them, as a card names them: what a story moves from and to. */
export const stagesAndSteps = ({ stages }: Facets): readonly { readonly id: string; readonly name: string }[] =>
  stages.flatMap((stage) => [{ id: stage.id, name: labelOf(stage) }, ...(stage.steps ?? [])]);

/** What readers call a feed; its id where the pack has it no more. */
export const feedName = (feedId: string, { feeds }: Pick<Pack, "feeds">): string =>
  feeds.find(({ id }) => id === feedId)?.name ?? feedId;

/** Whether a feed is a primary source. */
export const primaryIn =
  ({ feeds }: Pick<Pack, "feeds">) =>
  (feedId: string): boolean =>
    feeds.find(({ id }) => id === feedId)?.primary === true;

/** What a card calls a stage or a place. */
export const labelOf = ({ label, name }: Pick<Stage, "label" | "name">): string => label ?? name;

/**
 * By id the group that each stage shares, its own id where it shares none; and the group that says that nothing is decided, the
 * lowest stage's.
 */
export function stageGroups({ stages }: Pick<Facets, "stages">): {
  readonly of: ReadonlyMap<string, string>;
  readonly open: string;
} {
  const of = new Map(stages.map(({ id, group }) => [id, group ?? id]));
  const lowest = stages.reduce((low, stage) => (stage.order < low.order ? stage : low));
  return { of, open: of.get(lowest.id)! };
}

/** What a colour says of a stage: that nothing is decided, that the pressure eases, else how far it has come, in four steps. */
export type Tone = "open" | "eased" | "low" | "mid" | "high" | "top";

const RISING = ["low", "mid", "high", "top"] as const;

/** The tone of a stage, by its id; of none, that nothing is decided. */
export function toneOf(stageId: string | null, facets: Pick<Facets, "stages">): Tone {
  if (facets.stages.find(({ id }) => id === stageId)?.eases === true) return "eased";
  const { of, open } = stageGroups(facets);
  const raising = facets.stages
    .filter(({ id, eases }) => eases !== true && of.get(id) !== open)
    .toSorted((a, b) => a.order - b.order);
  const at = raising.findIndex(({ id }) => id === stageId);
  return RISING[Math.floor((at / raising.length) * RISING.length)] ?? "open";
}

/** The name that readers know an id by; the id itself when the pack no longer has it. */
export function nameOn(axis: Axis, id: string, { points, facets }: Pack): string {
  return { points, ...facets }[LIST_OF[axis]].find((one) => one.id === id)?.name ?? id;
}
