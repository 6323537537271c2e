import type { Movement } from "#model/story.ts";
import { type Tag, tagsOn } from "#model/tag.ts";
import { once } from "#text/once.ts";
import { actsAdded } from "./acts-added.ts";
import { type DateClaim, datesIn } from "./date-claims.ts";
import { figuresIn, knownFigures } from "./figure-claims.ts";
import type { Member } from "./member.ts";
import type { Ladder } from "./standing.ts";
import { standingMoved } from "./standing-moved.ts";
import { toldBy } from "./told-acts.ts";

/**
 * What moved for readers between two tellings, most telling first. Both are voices: a copy of what was said moves
 * nothing. A voice of `after` counts as new when `before` has none with its text.
 */
export function movementsBetween(before: readonly Member[], after: readonly Member[], ladder: Ladder): Movement[] {
  const said = new Set(before.map(({ article }) => article.textHash));
  const fresh = after.filter(({ article }) => !said.has(article.textHash));
  const told = toldBy(before);
  const standing = standingMoved(before, after, fresh, told, ladder);
  // Who moved the stage is told with it.
  const isTold = ({ kind, articleId }: Movement) => kind !== "primary" && articleId === standing[0]?.articleId;
  return [
    ...standing,
    ...actsAdded(fresh, told).filter((movement) => !isTold(movement)),
    ...datesMoved(before, fresh),
    ...figuresMoved(before, fresh),
    ...pointsAdded(before, after, fresh),
  ];
}

/** A friction point is added once it is established; that a second report words the same matter otherwise adds none. */
function pointsAdded(before: readonly Member[], after: readonly Member[], fresh: readonly Member[]): Movement[] {
  const known = establishedPoints(before);
  return [...establishedPoints(after)].flatMap((id): Movement[] => {
    const by = fresh.findLast((voice) => strongPoints(voice).includes(id));
    return known.has(id) || !by ? [] : [{ kind: "point", from: null, to: id, ...shown(by, "point", id) }];
  });
}

/** The points of the first voice, and those that a primary source or two voices name. */
function establishedPoints(voices: readonly Member[]): Set<string> {
  const named = new Map<string, string>();
  const established = new Set<string>();
  for (const voice of voices) {
    for (const id of strongPoints(voice)) {
      // An outlet that says it twice is one voice.
      const first = named.get(id) ?? voice.article.feedId;
      if (voice === voices[0] || voice.primary || first !== voice.article.feedId) established.add(id);
      named.set(id, first);
    }
  }
  return established;
}

const strongPoints = once(({ tagging }: Member): readonly string[] =>
  tagsOn(tagging.tags, "point").flatMap(({ id, strength }) => (strength === "strong" ? [id] : [])),
);

/** A date moves when a source sets or moves it, and nobody has named that day for that occasion before. */
function datesMoved(before: readonly Member[], fresh: readonly Member[]): Movement[] {
  const named = new Set<string>();
  const latest = new Map<string, DateClaim>();
  const remember = (claim: DateClaim): void => {
    named.add(`${claim.day} ${claim.occasion}`);
    // What was set stands until something else is set, whoever recalls what.
    if (claim.strong || latest.get(claim.occasion)?.strong !== true) latest.set(claim.occasion, claim);
  };
  before.flatMap(datesIn).forEach(remember);
  const moved: Movement[] = [];
  for (const claim of fresh.flatMap(datesIn)) {
    const isNew = claim.strong && !named.has(`${claim.day} ${claim.occasion}`);
    const from = latest.get(claim.occasion)?.day ?? null;
    remember(claim);
    if (!isNew) continue;
    moved.push({ kind: "date", from, to: claim.day, articleId: claim.member.article.id, sentence: claim.sentence });
  }
  return moved;
}

/** A figure moves when a source changes it, or a primary source gives another than was reported. */
function figuresMoved(before: readonly Member[], fresh: readonly Member[]): Movement[] {
  const known = knownFigures(before.flatMap(figuresIn));
  return fresh.flatMap(figuresIn).flatMap((claim): Movement[] => {
    if (!claim.strong || known.has(claim)) return [];
    const earlier = known.disagreeing(claim);
    if (!earlier) return [];
    known.add(claim);
    const { figure, member, sentence } = claim;
    return [{ kind: "figure", from: earlier.figure, to: figure, articleId: member.article.id, sentence }];
  });
}

/** The article that carries a tag, and the sentence of its text that proves it. */
function shown({ article, tagging }: Member, axis: Tag["axis"], id: string): Pick<Movement, "articleId" | "sentence"> {
  const tag = tagging.tags.find((each) => each.axis === axis && each.id === id);
  return { articleId: article.id, sentence: tag?.evidence.find(({ field }) => field === "text")?.sentence ?? null };
}
