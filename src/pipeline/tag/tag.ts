import type { Feed } from "#model/feed.ts";
import type { Tag, Tagging } from "#model/tag.ts";
import { type Document, isLede, readDocument } from "./document.ts";
import { evidenceOf } from "./evidence.ts";
import { findCertainty, findStage, nameFacets } from "./facets.ts";
import { judgePoints, type PointFinding } from "./points.ts";
import { weighRelevance } from "./relevance.ts";
import type { Rules } from "./rules.ts";

export { compileRules, type Rules } from "./rules.ts";

/** Everything that was found in an article, the cancelled too: what `tag` says in short and `--explain` in full. */
export type Judgement = {
  readonly document: Document;
  readonly points: readonly PointFinding[];
  readonly tagging: Tagging;
};

/** What an article is about: friction points and facets with their proof. `feed` tells the place when the text does not. */
export function tag(article: { readonly title: string; readonly text: string }, rules: Rules, feed?: Feed): Tagging {
  return judge(article, rules, feed).tagging;
}

export function judge(
  article: { readonly title: string; readonly text: string },
  rules: Rules,
  feed?: Feed,
): Judgement {
  const document = readDocument(article, rules);
  const points = judgePoints(document, rules);
  const tags = [
    ...points.flatMap((finding) => pointTag(finding, document)),
    ...nameFacets(document, feed),
    ...[findStage(document, rules), findCertainty(document, rules)].filter((found) => found !== null),
  ];
  const tagging = { relevant: weighRelevance(document, rules, tags), hold: findHold(document, rules), tags };
  return { document, points, tagging };
}

/** Proof enough for a person; more of the same only fills the store. */
const MOST_EVIDENCE = 5;

function pointTag({ point, hits, strength }: PointFinding, document: Document): readonly Tag[] {
  if (strength === null) return [];
  const counting = hits.filter(({ cancelled }) => cancelled === null);
  const evidence = counting.slice(0, MOST_EVIDENCE).map(({ match, reading }) => evidenceOf(match, reading, document));
  return [{ axis: "point", id: point.id, strength, primary: true, evidence }];
}

/** Why readers should not see the item: what title or lede say of the item itself. */
function findHold(document: Document, { pack }: Rules): string | null {
  for (const { rule, sentence } of document.matches) {
    if (rule.role.kind === "hold" && isLede(document, sentence)) return pack.holds[rule.role.owner]!.reason;
  }
  return null;
}
