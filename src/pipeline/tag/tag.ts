import { MOST_TAGS } from "#model/limits.ts";
import type { Tag, Tagging } from "#model/tag.ts";
import { glossedOf } from "#text/gloss.ts";
import { byRule, byScore } from "./decide.ts";
import { type Document, readDocument } from "./document.ts";
import { inItsWords } from "./evidence.ts";
import { NAMING, nameFacets } from "./facets.ts";
import type { Findings } from "./features.ts";
import { findHold } from "./hold.ts";
import { judgePoints } from "./points.ts";
import type { Publisher } from "./publisher.ts";
import { weighRelevance } from "./relevance.ts";
import type { Rules } from "./rules.ts";
import { logits, type Scores, scoresOf } from "./scorer.ts";
import { findCertainties, findStages } from "./stage.ts";

export { compileRules, type Rules } from "./rules.ts";

/** Everything that was found in an article, the cancelled too: what `tag` says in short and `--explain` in full. */
export type Judgement = Findings & {
  /** What the pack's weights make of it; null when it has none. */
  readonly scores: Scores | null;
  readonly tagging: Tagging;
};

/** What tagging needs of an article; the date is for names that hold for a time, and without a language it is read as English. */
export type Taggable = {
  readonly title: string;
  readonly text: string;
  readonly publishedAt?: Date | null;
  readonly language?: string | null;
};

/**
 * What an article is about: friction points and facets with their proof. `publisher`, its feed, tells the place when the
 * text does not, and how firm is what it says of itself.
 */
export function tag(article: Taggable, rules: Rules, publisher?: Publisher): Tagging {
  return judge(article, rules, publisher).tagging;
}

/** What is said of an article points into its own words, whatever its language. */
export function judge(article: Taggable, rules: Rules, publisher?: Publisher): Judgement {
  const judgement = judgeFindings(findIn(article, rules, publisher), rules, publisher);
  const gloss = glossedOf(article, rules.pack.glossaries);
  if (gloss === null) return judgement;
  const tags = judgement.tagging.tags.map((tag) => ({
    ...tag,
    evidence: tag.evidence.map((each) => inItsWords(each, article, gloss)),
  }));
  return { ...judgement, tagging: { ...judgement.tagging, tags } };
}

export function judgeFindings(findings: Findings, rules: Rules, publisher?: Publisher): Judgement {
  const { weights } = rules.pack;
  const scores = weights === null ? null : scoresOf(logits(findings, rules, publisher, weights), weights);
  const { relevant, support, tags } = scores === null ? byRule(findings) : byScore(findings, scores, rules);
  return { ...findings, scores, tagging: { relevant, support, hold: findHold(findings.document, rules), tags } };
}

/** What the pack's rules find in an article: what scores are made from, and all there is in a pack without weights. */
export function findIn(article: Taggable, rules: Rules, publisher?: Publisher): Findings {
  return findInDocument(readDocument(article, rules), rules, article.publishedAt ?? null, publisher);
}

export function findInDocument(document: Document, rules: Rules, at: Date | null, publisher?: Publisher): Findings {
  const points = judgePoints(document, rules, publisher);
  const named = nameFacets(document, rules, publisher, at);
  const facets = [...named, ...findStages(document, rules), ...findCertainties(document, rules, publisher)];
  const relevance = weighRelevance(document, rules, points, facets, publisher);
  return { document, points, relevance, facets: withFewNames(facets, publisher) };
}

/**
 * All facets but of an article that names more than any news does: of its names its publisher's own place, and those that come
 * first.
 */
function withFewNames(facets: readonly Tag[], publisher: Publisher | undefined): readonly Tag[] {
  const names = facets.filter(({ axis }) => NAMING.has(axis));
  if (names.length <= MOST_TAGS) return facets;
  const isOwn = ({ axis, id }: Tag) => publisher?.primary === true && axis === "place" && id === publisher.place;
  const standsAt = (tag: Tag): number => {
    const [first] = tag.evidence;
    if (isOwn(tag) || first === undefined) return -2;
    return first.field === "title" ? -1 : first.start;
  };
  const kept = new Set(names.toSorted((a, b) => standsAt(a) - standsAt(b)).slice(0, MOST_TAGS));
  return facets.filter((tag) => !NAMING.has(tag.axis) || kept.has(tag));
}
