import type { Axis, Evidence, Tag } from "#model/tag.ts";
import { type Document, isLede, type Match, overlaps } from "./document.ts";
import { evidenceOf } from "./evidence.ts";
import type { Publisher } from "./publisher.ts";
import type { Rules } from "./rules.ts";

/** Axes of which an article can name as many as it likes. */
export const NAMING: ReadonlySet<Axis> = new Set(["place", "actor", "instrument", "remedy"] as const);
/** Sentences that name a place, as a share of those of the most named one, past which the article is about it too. */
const PRIMARY_SHARE = 0.5;
/** Proof enough for a person; more of the same only fills the store. */
const MOST_EVIDENCE = 3;

/** Places, actors, instruments and remedies: everything named, with its evidence. */
export function nameFacets(
  document: Document,
  { pack }: Rules,
  publisher: Publisher | undefined,
  at: Date | null,
): readonly Tag[] {
  const tags: Tag[] = [];
  const placeOfLaw = new Map(pack.facets.instruments.map(({ id, place }) => [id, place]));
  for (const axis of NAMING) {
    const named = document.matches.flatMap((match) => {
      const { role } = match.rule;
      if (role.kind === axis && "owner" in role) return holds(match, document, at) ? [{ id: role.owner, match }] : [];
      // A law that is named names its place.
      const place = axis === "place" && role.kind === "instrument" ? placeOfLaw.get(role.owner) : null;
      return place ? [{ id: place, match }] : [];
    });
    const byId = Map.groupBy(named, ({ id }) => id);
    const counts = [...byId.values()].map((all) => sentencesOf(all.map(({ match }) => match)));
    const most = Math.max(0, ...counts);
    for (const [id, all] of byId) {
      const matches = all.map(({ match }) => match).toSorted((one, other) => one.sentence - other.sentence);
      const primary =
        axis !== "place" ||
        matches.some(({ sentence }) => isLede(document, sentence)) ||
        (sentencesOf(matches) > 1 && sentencesOf(matches) >= most * PRIMARY_SHARE);
      tags.push(facetTag(axis, id, primary, matches, document));
    }
  }
  const { place } = publisher ?? {};
  if (
    publisher?.primary &&
    place &&
    !tags.some(({ axis, id, primary }) => axis === "place" && id === place && primary)
  ) {
    const others = tags.filter(({ axis, id }) => axis !== "place" || id !== place);
    return [...others, { axis: "place", id: place, strength: "strong", primary: true, evidence: [] }];
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
