import type { Evidence, Tag } from "#model/tag.ts";
import { type Document, isLede, type Match, overlaps } from "./document.ts";
import { evidenceOf } from "./evidence.ts";
import type { Publisher } from "./publisher.ts";

const NAMING = ["place", "actor", "instrument", "remedy"] as const;
/** Sentences that name a place, as a share of those of the most named one, past which the article is about it too. */
const PRIMARY_SHARE = 0.5;
/** Proof enough for a person; more of the same only fills the store. */
const MOST_EVIDENCE = 3;

/** Places, actors, instruments and remedies: everything named, with its evidence. */
export function nameFacets(document: Document, publisher: Publisher | undefined, at: Date | null): readonly Tag[] {
  const tags: Tag[] = [];
  for (const axis of NAMING) {
    const byOwner = Map.groupBy(
      document.matches.filter((match) => match.rule.role.kind === axis && holds(match, document, at)),
      ({ rule }) => (rule.role as { owner: string }).owner,
    );
    const most = Math.max(0, ...[...byOwner.values()].map(sentencesOf));
    for (const [id, matches] of byOwner) {
      const primary =
        axis !== "place" ||
        matches.some(({ sentence }) => isLede(document, sentence)) ||
        (sentencesOf(matches) > 1 && sentencesOf(matches) >= most * PRIMARY_SHARE);
      tags.push(facetTag(axis, id, primary, matches, document));
    }
  }
  if (publisher?.primary && publisher.place && !tags.some(({ axis, primary }) => axis === "place" && primary)) {
    tags.push({ axis: "place", id: publisher.place, strength: "strong", primary: true, evidence: [] });
  }
  return tags;
}

const sentencesOf = (matches: readonly Match[]): number => new Set(matches.map(({ sentence }) => sentence)).size;

/** Is the alias good in an article of this date, and none of the owner's exclusions? */
function holds(match: Match, document: Document, at: Date | null): boolean {
  const { role } = match.rule;
  if (role.kind === "actor" && at !== null && (role.since !== undefined || role.until !== undefined)) {
    const day = at.toISOString().slice(0, 10);
    if ((role.since !== undefined && day < role.since) || (role.until !== undefined && day >= role.until)) return false;
  }
  return !document.bySentence[match.sentence]!.some(
    (other) =>
      other.rule.role.kind === "not-place" &&
      other.rule.role.owner === (role as { owner: string }).owner &&
      overlaps(other, match),
  );
}

export function facetTag(
  axis: Tag["axis"],
  id: string,
  primary: boolean,
  matches: readonly Match[],
  document: Document,
): Tag {
  const evidence: readonly Evidence[] = matches
    .slice(0, MOST_EVIDENCE)
    .map((match) => evidenceOf(match, "stated", document));
  return { axis, id, strength: "strong", primary, evidence };
}
