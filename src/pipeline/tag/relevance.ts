import type { Found, RelevanceCue } from "#model/pack.ts";
import type { Tag } from "#model/tag.ts";
import { type Document, isLede, type Match, topicExclusion } from "./document.ts";
import type { PointFinding } from "./points.ts";
import { onTopicByItself, type Publisher } from "./publisher.ts";
import type { Rules } from "./rules.ts";

/** What the weights of an article must come to. */
const ENOUGH = 1;
/** Sentences on the topic that are read besides title and lede: a long text may come to its topic late. */
const TOPIC_SENTENCES = 2;

export type Relevance = {
  readonly relevant: boolean;
  readonly sum: number;
  /** What counted; empty when the article is not on the topic at all, or one of the topic's exclusions leaves it out. */
  readonly cues: readonly RelevanceCue[];
};

/** Is the article a policy development on the pack's topic? The cues that its head holds, weighed. */
export function weighRelevance(
  document: Document,
  rules: Rules,
  points: readonly PointFinding[],
  facets: readonly Tag[],
  publisher: Publisher | undefined,
): Relevance {
  const head = headOf(document);
  const onTopic = onTopicByItself(publisher) || head.some(({ rule }) => rule.role.kind === "topic");
  if (!onTopic || topicExclusion(document) !== undefined) return { relevant: false, sum: 0, cues: [] };
  const said = new Set(head.flatMap(({ rule }) => (rule.role.kind === "policy" ? [rule.role.owner] : [])));
  const found = whatIsFound(head, rules, points, facets, publisher);
  const cues = rules.pack.relevance.filter(
    (cue, i) => said.has(i) || (cue.found !== undefined && found.has(cue.found)),
  );
  const sum = cues.reduce((total, { weight }) => total + weight, 0);
  // Weights are decimal fractions: what should come to 1 may fall short of it by an ulp.
  return { relevant: sum >= ENOUGH - 1e-9, sum, cues };
}

function headOf(document: Document): readonly Match[] {
  const later = document.matches
    .filter(({ rule, sentence }) => rule.role.kind === "topic" && !isLede(document, sentence))
    .map(({ sentence }) => sentence);
  const read = new Set([...new Set(later)].slice(0, TOPIC_SENTENCES));
  return document.matches.filter(({ sentence }) => isLede(document, sentence) || read.has(sentence));
}

function whatIsFound(
  head: readonly Match[],
  { government, pack }: Rules,
  points: readonly PointFinding[],
  facets: readonly Tag[],
  publisher: Publisher | undefined,
): ReadonlySet<Found> {
  const lowest = Math.min(...pack.facets.stages.map(({ order }) => order));
  const step = pack.facets.stages.filter(({ order }) => order > lowest).map(({ id }) => id);
  const strong = points.filter(({ strength }) => strength === "strong");
  const inTitle = strong.some(({ hits }) =>
    hits.some(
      ({ match, cancelled }) => cancelled === null && match.field === "title" && match.rule.role.kind === "strong",
    ),
  );
  const all: Record<Found, boolean> = {
    point: strong.length > 0,
    "point-in-title": inTitle,
    stage: facets.some(({ axis, id, primary }) => axis === "stage" && primary && step.includes(id)),
    place: head.some(({ rule }) => rule.role.kind === "place"),
    government: head.some(({ rule }) => rule.role.kind === "actor" && government.has(rule.role.owner)),
    instrument: head.some(({ rule }) => rule.role.kind === "instrument"),
    office: publisher?.primary ?? false,
    developer: publisher?.kind === "lab",
  };
  return new Set((Object.keys(all) as Found[]).filter((name) => all[name]));
}
