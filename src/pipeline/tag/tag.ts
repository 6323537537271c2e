import { MOST_TAGS } from "#model/limits.ts";
import type { Tag, Tagging } from "#model/tag.ts";
import { type Document, isLede, readDocument } from "./document.ts";
import { evidenceOf } from "./evidence.ts";
import { NAMING, nameFacets } from "./facets.ts";
import { judgePoints, type PointFinding } from "./points.ts";
import type { Publisher } from "./publisher.ts";
import { type Relevance, weighRelevance } from "./relevance.ts";
import type { Rules } from "./rules.ts";
import { findCertainties, findStages } from "./stage.ts";

export { compileRules, type Rules } from "./rules.ts";

/** Everything that was found in an article, the cancelled too: what `tag` says in short and `--explain` in full. */
export type Judgement = {
  readonly document: Document;
  readonly points: readonly PointFinding[];
  readonly relevance: Relevance;
  readonly tagging: Tagging;
};

/** What tagging needs of an article; the date is for names that hold for a time. */
export type Taggable = { readonly title: string; readonly text: string; readonly publishedAt?: Date | null };

/**
 * What an article is about: friction points and facets with their proof. `publisher`, its feed, tells the place when the
 * text does not, and how firm is what it says of itself.
 */
export function tag(article: Taggable, rules: Rules, publisher?: Publisher): Tagging {
  return judge(article, rules, publisher).tagging;
}

export function judge(article: Taggable, rules: Rules, publisher?: Publisher): Judgement {
  const document = readDocument(article, rules);
  const points = judgePoints(document, rules, publisher);
  const facets = [
    ...nameFacets(document, rules, publisher, article.publishedAt ?? null),
    ...findStages(document, rules),
    ...findCertainties(document, rules, publisher),
  ];
  const relevance = weighRelevance(document, rules, points, facets, publisher);
  const tags = [
    ...points.flatMap((finding) => pointTag(finding, relevance.relevant, document)),
    ...withFewNames(facets, publisher),
  ];
  const tagging = { relevant: relevance.relevant, hold: findHold(document, rules), tags };
  return { document, points, relevance, tagging };
}

/** All facets but of an article that names more than any news does: of its names its publisher's own place, and those that come first. */
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

/** Proof enough for a person; more of the same only fills the store. */
const MOST_EVIDENCE = 5;

/** A point of an article that is no policy development is at most weak: it may be looked up, but is no news. */
function pointTag({ point, hits, strength }: PointFinding, relevant: boolean, document: Document): readonly Tag[] {
  if (strength === null) return [];
  const counting = hits.filter(({ cancelled }) => cancelled === null);
  const evidence = counting.slice(0, MOST_EVIDENCE).map(({ match, reading }) => evidenceOf(match, reading, document));
  return [{ axis: "point", id: point.id, strength: relevant ? strength : "weak", primary: true, evidence }];
}

/** Why readers should not see the item: what title or lede say of the item itself. */
function findHold(document: Document, { pack }: Rules): string | null {
  for (const { rule, sentence } of document.matches) {
    if (rule.role.kind === "hold" && isLede(document, sentence)) return pack.holds[rule.role.owner]!.reason;
  }
  return null;
}
