import type { Feed } from "#model/feed.ts";
import type { Evidence, Tag } from "#model/tag.ts";
import { type Document, isLede, type Match } from "./document.ts";
import { evidenceOf } from "./evidence.ts";
import type { Rules } from "./rules.ts";

const NAMING = ["place", "actor", "instrument", "remedy"] as const;
/** Mentions of a place, as a share of those of the most mentioned one, past which the article is about it too. */
const PRIMARY_SHARE = 0.5;

/** Places, actors, instruments and remedies: everything named, with its evidence. */
export function nameFacets(document: Document, feed: Feed | undefined): readonly Tag[] {
  const tags: Tag[] = [];
  for (const axis of NAMING) {
    const byOwner = Map.groupBy(
      document.matches.filter(({ rule }) => rule.role.kind === axis),
      ({ rule }) => (rule.role as { owner: string }).owner,
    );
    const most = Math.max(0, ...[...byOwner.values()].map((matches) => matches.length));
    for (const [id, matches] of byOwner) {
      const primary =
        axis !== "place" ||
        matches.some(({ sentence }) => isLede(document, sentence)) ||
        (matches.length > 1 && matches.length >= most * PRIMARY_SHARE);
      tags.push({ axis, id, strength: "strong", primary, evidence: evidence(matches, document) });
    }
  }
  if (feed?.primary && !tags.some(({ axis, primary }) => axis === "place" && primary)) {
    tags.push({ axis: "place", id: feed.place, strength: "strong", primary: true, evidence: [] });
  }
  return tags;
}

/** Proof enough for a person; more of the same only fills the store. */
const MOST_EVIDENCE = 3;

const evidence = (matches: readonly Match[], document: Document): readonly Evidence[] =>
  matches.slice(0, MOST_EVIDENCE).map((match) => evidenceOf(match, "stated", document));

/** The stage of the matter: the furthest that title and lede name, held back by a conditional verb beside it. */
export function findStage(document: Document, { pack }: Rules): Tag | null {
  const stages = new Map(pack.facets.stages.map((stage) => [stage.id, stage]));
  const cap = pack.facets.stages.find(({ conditionalCap }) => conditionalCap);
  let best: { id: string; order: number; match: Match } | null = null;
  for (const match of document.matches) {
    if (match.rule.role.kind !== "stage" || !isLede(document, match.sentence)) continue;
    let stage = stages.get(match.rule.role.owner)!;
    if (cap !== undefined && stage.order > cap.order && conditional(match, document)) stage = cap;
    if (best === null || stage.order > best.order) best = { id: stage.id, order: stage.order, match };
  }
  if (best === null) return null;
  return { axis: "stage", id: best.id, strength: "strong", primary: true, evidence: evidence([best.match], document) };
}

const conditional = (match: Match, document: Document): boolean =>
  document.bySentence[match.sentence]!.some(
    ({ rule, to }) => rule.role.kind === "reading" && rule.role.cue === "condition" && to < match.from,
  );

/** How firmly it is known: the least firm certainty that title and lede name. */
export function findCertainty(document: Document, { pack }: Rules): Tag | null {
  const orders = new Map(pack.facets.certainties.map(({ id, order }) => [id, order]));
  let best: { id: string; order: number; match: Match } | null = null;
  for (const match of document.matches) {
    if (match.rule.role.kind !== "certainty" || !isLede(document, match.sentence)) continue;
    const id = match.rule.role.owner;
    const order = orders.get(id)!;
    if (best === null || order > best.order) best = { id, order, match };
  }
  if (best === null) return null;
  return {
    axis: "certainty",
    id: best.id,
    strength: "strong",
    primary: true,
    evidence: evidence([best.match], document),
  };
}
