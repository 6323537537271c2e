import type { Feed, FeedKind } from "./feed.ts";
import type { Axis } from "./tag.ts";
import type { Support, Weights } from "./weights.ts";

/** One of the two sides of a friction point, and what it argues. */
export type Side = { readonly name: string; readonly argues: string; readonly cues: readonly string[] };

/** A phrase that cancels hits, and why. */
export type Exclusion = { readonly phrase: string; readonly reason: string };

/** A friction point: the thing the two sides are fighting over. */
export type Point = {
  readonly id: string;
  readonly name: string;
  /** What is inside, what is outside, and where the border to its neighbours runs. */
  readonly definition: string;
  readonly sides: readonly Side[];
  /** One of these is enough, two `weak` ones in one sentence are too. See docs/packs.md for the rule language. */
  readonly strong: readonly string[];
  readonly weak: readonly string[];
  readonly exclude: readonly Exclusion[];
  /** The score that makes a tag, where the usual one will not do; see docs/packs.md. */
  readonly minimum?: number | undefined;
};

/** `exclude`: phrases that are not this place, though an alias stands in them. */
export type Place = {
  readonly id: string;
  readonly name: string;
  readonly aliases: readonly string[];
  readonly exclude?: readonly string[] | undefined;
};

/** A name that holds for a time only: in articles dated from `since` to before `until`, days as `2025-09-05`. */
export type DatedAlias = {
  readonly alias: string;
  readonly since?: string | undefined;
  readonly until?: string | undefined;
};

export type Actor = {
  readonly id: string;
  readonly name: string;
  readonly aliases: readonly string[];
  readonly dated?: readonly DatedAlias[] | undefined;
  readonly government: boolean;
};
export type Instrument = {
  readonly id: string;
  readonly name: string;
  readonly place: string | null;
  readonly aliases: readonly string[];
};
export type Remedy = { readonly id: string; readonly name: string; readonly cues: readonly string[] };
/** A further step within a stage, whose cues are cues of the stage too: an agreement of both chambers, after the vote of one. */
export type Step = { readonly id: string; readonly name: string; readonly cues: readonly string[] };

/** `order` grows as a matter advances; a conditional verb caps a stage at the one marked `conditionalCap`. */
export type Stage = {
  readonly id: string;
  readonly name: string;
  readonly order: number;
  readonly cues: readonly string[];
  readonly conditionalCap: boolean;
  /** Reaching it eases the pressure: a settlement, a delay, a repeal. */
  readonly eases?: boolean | undefined;
  /** Stages that readers may take for each other share a group: what is claimed is the group, and the likeliest stage of it. */
  readonly group?: string | undefined;
  /** `court`: the matter is before one. Rulings are kept apart from the orders they judge, and courts from each other. */
  readonly kind?: "court" | undefined;
  /** Each further than the one before, and all than what the stage's own `cues` say. */
  readonly steps?: readonly Step[] | undefined;
};
/**
 * `label` is what readers see: `reported, unconfirmed`. What kinds of publishers say of themselves has the certainty
 * that names them under `publishers`; a cue of one that `overrides` counts for more than either. The lower the `order`,
 * the firmer the knowledge.
 */
export type Certainty = {
  readonly id: string;
  readonly name: string;
  readonly label: string;
  readonly order: number;
  readonly cues: readonly string[];
  readonly overrides?: boolean | undefined;
  readonly publishers?: readonly FeedKind[] | undefined;
  /** A reader may take it as known: the step up to it is a confirmation. */
  readonly firm?: boolean | undefined;
};

export type Facets = {
  readonly places: readonly Place[];
  readonly actors: readonly Actor[];
  readonly instruments: readonly Instrument[];
  readonly remedies: readonly Remedy[];
  readonly stages: readonly Stage[];
  readonly certainties: readonly Certainty[];
};

/** What an article must be about before any point counts. */
export type Topic = {
  readonly name: string;
  /** Terms of which one must stand in the title, or in the same or a neighbouring sentence. */
  readonly terms: readonly string[];
  /** Phrases that, in the title or first two sentences, drop the whole article. */
  readonly exclude: readonly Exclusion[];
};

/** What else than phrases may speak for relevance: what tagging has found, or who publishes. */
export const FOUND = [
  "point",
  "point-in-title",
  "stage",
  "place",
  "government",
  "instrument",
  "office",
  "developer",
] as const;

export type Found = (typeof FOUND)[number];

/**
 * A kind of evidence that an article on the topic is a policy development, and what it weighs; below zero, that it is
 * not. It counts once, when one of `phrases` stands there or `found` is so.
 */
export type RelevanceCue = {
  readonly name: string;
  readonly weight: number;
  readonly phrases?: readonly string[] | undefined;
  readonly found?: Found | undefined;
};

/** Phrases by which an item says of itself that readers should not take it for news. */
export type Hold = { readonly reason: string; readonly cues: readonly string[] };

/** The feeds, friction points and facets of one policy area: data only. */
export type Pack = {
  readonly id: string;
  readonly name: string;
  readonly feeds: readonly Feed[];
  /** ISO 639-1 codes of the languages whose articles readers get; empty: all. An article in no language that can be told passes. */
  readonly languages: readonly string[];
  /** Phrases under a name, written `<name>` in any phrase. */
  readonly lists: Readonly<Record<string, readonly string[]>>;
  readonly topic: Topic;
  readonly relevance: readonly RelevanceCue[];
  readonly holds: readonly Hold[];
  readonly points: readonly Point[];
  readonly facets: Facets;
  readonly support: Support;
  /** What was learned of labelled items; null where rules alone decide. */
  readonly weights: Weights | null;
};

/** Stages and the steps within them: what a story moves from and to. */
export const stagesAndSteps = ({ stages }: Facets): readonly { readonly id: string; readonly name: string }[] =>
  stages.flatMap((stage) => [stage, ...(stage.steps ?? [])]);

/** By id the group that each stage shares, its own id where it shares none; and the group that says that nothing is decided, the lowest stage's. */
export function stageGroups({ stages }: Pick<Facets, "stages">): {
  readonly of: ReadonlyMap<string, string>;
  readonly open: string;
} {
  const of = new Map(stages.map(({ id, group }) => [id, group ?? id]));
  const lowest = stages.reduce((low, stage) => (stage.order < low.order ? stage : low));
  return { of, open: of.get(lowest.id)! };
}

/** The name that readers know an id by; the id itself when the pack no longer has it. */
export function nameOn(axis: Axis, id: string, { points, facets }: Pack): string {
  const named: Readonly<Record<Axis, readonly { readonly id: string; readonly name: string }[]>> = {
    point: points,
    place: facets.places,
    actor: facets.actors,
    instrument: facets.instruments,
    remedy: facets.remedies,
    stage: facets.stages,
    certainty: facets.certainties,
  };
  return named[axis].find((one) => one.id === id)?.name ?? id;
}
