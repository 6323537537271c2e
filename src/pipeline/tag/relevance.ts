import type { Tag } from "#model/tag.ts";
import { type Document, isLede } from "./document.ts";
import type { Rules } from "./rules.ts";

/** A cue's weights must come to this. */
const ENOUGH = 1;

/** Is the article a policy development on the pack's topic? A topic term, and cues of policy, in title and lede. */
export function weighRelevance(document: Document, { pack }: Rules, tags: readonly Tag[]): boolean {
  const ahead = document.matches.filter(({ sentence }) => isLede(document, sentence));
  if (!ahead.some(({ rule }) => rule.role.kind === "topic")) return false;
  const seen = new Set(ahead.flatMap(({ rule }) => (rule.role.kind === "policy" ? [rule.role.owner] : [])));
  let sum = tags.some(({ axis, strength }) => axis === "point" && strength === "strong") ? 1 : 0;
  for (const cue of seen) sum += pack.relevance[cue]!.weight;
  return sum >= ENOUGH;
}
