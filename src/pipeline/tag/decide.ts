import { stageGroups } from "#model/pack.ts";
import type { Evidence, Tag, Tagging } from "#model/tag.ts";
import type { Support, Weights } from "#model/weights.ts";
import { type Document, topicExclusion } from "./document.ts";
import { evidenceOf } from "./evidence.ts";
import { type Findings, HEAD_LENGTH } from "./features.ts";
import type { PointFinding } from "./points.ts";
import type { Rules } from "./rules.ts";
import { type Scores, type Spoken, wordsFor } from "./scorer.ts";
import { isYetToCome } from "./yet-to-come.ts";

/** Probability from which a certainty that overrides others is said where the rules saw it: on five windows left out none was lost by it. */
const OVERRIDING = 0.2;

type Decided = Pick<Tagging, "relevant" | "support" | "tags">;

/** Proof enough for a person; more of the same only fills the store. */
const MOST_EVIDENCE = 5;

/**
 * Probability of its group from which a stage is said beyond that nothing is decided: on five windows left out 73 of 100 claims were right
 * and 40 of 100 found; 67 and 44 where 0.3 sufficed for what the rules saw too, 73 and 34 from 0.6.
 */
const LEAST_STAGE = 0.5;

/** What the pack's rules say, where nothing was learned: they are sure of what they say. */
export function byRule({ document, points, relevance: { relevant }, facets }: Findings): Decided {
  const tags = points.flatMap(({ point, hits, strength }): readonly Tag[] => {
    if (strength === null) return [];
    // A point of an article that is no policy development is at most weak: it may be looked up, but is no news.
    return [pointTag(point.id, relevant ? strength : "weak", ruleEvidence(hits, document))];
  });
  return { relevant, support: Number(relevant), tags: [...tags, ...facets] };
}

/** What was learned decides; what the rules found is its proof, or else the words that spoke most for it. */
export function byScore(findings: Findings, scores: Scores, rules: Rules): Decided {
  const { document, points, relevance, facets } = findings;
  const { pack } = rules;
  const weights = pack.weights!;
  const { lookUp } = pack.support;
  // Weights that know nothing of a pack find what its rules miss, and unsay nothing.
  const isSure = weights.general && relevance.relevant;
  const support = topicExclusion(document) !== undefined ? 0 : isSure ? 1 : scores.relevant;
  const relevant = support >= lookUp;
  const found = new Map(points.map((finding) => [finding.point.id, finding]));
  const pointTags = pack.points.flatMap(({ id }): readonly Tag[] => {
    const probability = scores.points.get(id);
    const finding = found.get(id);
    // A point that too few items taught is the rules' to tell, and what stands further down than was learned from.
    const byRule = finding?.strength ?? null;
    const isFurtherDown = byRule === "strong" && finding!.hits.some(isBeyondHead);
    const isByRule = probability === undefined || isFurtherDown || (weights.general && byRule === "strong");
    const strength = isByRule ? byRule : strengthOf(probability, pack.support);
    if (strength === null) return [];
    const byRules = ruleEvidence(finding?.hits ?? [], document);
    const evidence = byRules.length > 0 ? byRules : wordEvidence(`point:${id}`, document, weights);
    return evidence.length === 0 ? [] : [pointTag(id, relevant ? strength : "weak", evidence)];
  });
  const learned = new Map<Tag["axis"], string | null>();
  if (scores.stages.size > 0) learned.set("stage", notBefore(stageOf(scores, pack, facets), findings, rules));
  if (scores.certainties.size > 0) learned.set("certainty", certaintyOf(scores, pack, facets));
  // Where an article is no policy there is no matter that could stand anywhere.
  const chosen = relevant ? [...learned].flatMap(([axis, id]) => choose(axis, id, facets, document, weights)) : [];
  const asFound = facets.filter(({ axis }) => !learned.has(axis));
  return { relevant, support, tags: [...pointTags, ...asFound, ...chosen] };
}

const isBeyondHead = ({ match, cancelled }: PointFinding["hits"][number]): boolean =>
  cancelled === null && match.rule.role.kind === "strong" && match.field === "text" && match.start >= HEAD_LENGTH;

const strengthOf = (probability: number, { point, weakPoint }: Support): Tag["strength"] | null =>
  probability >= point ? "strong" : probability >= weakPoint ? "weak" : null;

const pointTag = (id: string, strength: Tag["strength"], evidence: readonly Evidence[]): Tag => ({
  axis: "point",
  id,
  strength,
  primary: true,
  evidence,
});

/** What the rules say first on an axis. */
const seenOn = (axis: Tag["axis"], found: readonly Tag[]): string | undefined =>
  found.find((tag) => tag.axis === axis && tag.primary)?.id;

/**
 * The stage that an article is said to be at, or null: of the likeliest group the one that the rules saw, else the likeliest. One that too
 * few items taught is the rules' to tell.
 */
function stageOf({ stages }: Scores, { facets }: Rules["pack"], found: readonly Tag[]): string | null {
  const seen = seenOn("stage", found);
  if (seen !== undefined && !stages.has(seen)) return seen;
  const { of, open } = stageGroups(facets);
  const groupOf = (id: string) => (id === "" ? open : (of.get(id) ?? id));
  const groups = new Map<string, number>();
  for (const [id, probability] of stages) groups.set(groupOf(id), (groups.get(groupOf(id)) ?? 0) + probability);
  groups.delete(open);
  const [group, probability] = [...groups].reduce((best, one) => (one[1] > best[1] ? one : best), [open, 0]);
  const said = probability >= LEAST_STAGE ? group : open;
  if (seen !== undefined && groupOf(seen) === said) return seen;
  return likeliest(new Map([...stages].filter(([id]) => groupOf(id) === said))) || null;
}

/** What a matter reaches once it has not reached where the title's act is yet to come: a conditional verb holds it back. */
function notBefore(id: string | null, findings: Findings, rules: Rules): string | null {
  const { stages } = rules.pack.facets;
  const cap = stages.find(({ conditionalCap }) => conditionalCap);
  const reached = stages.find((stage) => stage.id === id);
  return cap !== undefined && reached?.once === true && isYetToCome(findings, rules) ? cap.id : id;
}

/** How firmly an article is known: one that the rules saw and that overrides others, unless it is unlikely, else the likeliest. */
function certaintyOf({ certainties }: Scores, { facets }: Rules["pack"], found: readonly Tag[]): string | null {
  const seen = seenOn("certainty", found);
  if (seen === undefined) return likeliest(certainties);
  const isOverriding = facets.certainties.some(({ id, overrides }) => id === seen && overrides);
  const probability = certainties.get(seen) ?? 1;
  return probability >= (isOverriding ? OVERRIDING : 1) ? seen : likeliest(certainties);
}

const likeliest = (of: ReadonlyMap<string, number>): string | null =>
  [...of].reduce<readonly [string | null, number]>((best, one) => (one[1] > best[1] ? one : best), [null, 0])[0];

/**
 * The tags of an axis where one counts: the chosen one first, with the rules' proof where they saw it too, then what else they
 * saw.
 */
function choose(
  axis: Tag["axis"],
  id: string | null,
  facets: readonly Tag[],
  document: Document,
  weights: Weights,
): readonly Tag[] {
  const byRules = facets.filter((tag) => tag.axis === axis);
  const others = byRules.filter((tag) => tag.id !== id).map((tag): Tag => ({ ...tag, primary: false }));
  if (id === null) return others;
  const proof = byRules.find((tag) => tag.id === id)?.evidence ?? wordEvidence(`${axis}:${id}`, document, weights);
  return [{ axis, id, strength: "strong", primary: true, evidence: proof }, ...others];
}

const ruleEvidence = (hits: PointFinding["hits"], document: Document): readonly Evidence[] =>
  hits
    .filter(({ cancelled }) => cancelled === null)
    .slice(0, MOST_EVIDENCE)
    .map(({ match, reading }) => evidenceOf(match, reading, document));

/** Words that spoke for an output, as proof; `rule` names what was learned. */
function wordEvidence(output: string, document: Document, weights: Weights): readonly Evidence[] {
  return wordsFor(output, document, weights, MOST_EVIDENCE).flatMap((word) => evidenceOfWords(word, document));
}

function evidenceOfWords({ field, start, end, words }: Spoken, { article, sentences }: Document): readonly Evidence[] {
  const sentence = sentences.find((each) => each.field === field && each.start <= start && start < each.end);
  if (sentence === undefined) return [];
  const span = { start: sentence.start, end: Math.max(sentence.end, end) };
  const phrase = article[field].slice(start, end);
  return [{ field, start, end, phrase, sentence: span, rule: `learned: ${words}`, reading: "stated" }];
}
