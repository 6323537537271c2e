import type { Movement } from "#model/story.ts";
import { type Span, type Tag, tagsOn } from "#model/tag.ts";
import { once } from "#text/once.ts";
import { type DateClaim, datesIn } from "./date-claims.ts";
import { figuresIn, knownFigures } from "./figure-claims.ts";
import type { Member } from "./member.ts";
import { type Ladder, standingOf } from "./standing.ts";

/**
 * What moved for readers between two tellings, most telling first. Both are voices: a copy of what was said moves
 * nothing. A voice of `after` counts as new when `before` has none with its text.
 */
export function movementsBetween(before: readonly Member[], after: readonly Member[], ladder: Ladder): Movement[] {
  const said = new Set(before.map(({ article }) => article.textHash));
  const fresh = after.filter(({ article }) => !said.has(article.textHash));
  return [
    ...stageMoved(before, after, ladder),
    ...datesMoved(before, fresh),
    ...figuresMoved(before, fresh),
    ...pointsAdded(before, after, fresh),
    ...primaryJoined(before, after),
  ];
}

function stageMoved(before: readonly Member[], after: readonly Member[], ladder: Ladder): Movement[] {
  const then = standingOf(before, ladder);
  const now = standingOf(after, ladder);
  if (now.stage && (now.stage !== then.stage || now.step !== then.step)) {
    const reversal = then.stage !== null && (then.stage.eases === true) !== (now.stage.eases === true);
    const kind = reversal ? "reversal" : "stage";
    const [from, to] = [then.step ?? then.stage, now.step ?? now.stage];
    return [{ kind, from: from?.id ?? null, to: to.id, ...shown(now.by!, "stage", now.stage.id) }];
  }
  if (now.certainty?.firm && then.certainty && !then.certainty.firm) {
    const { id } = now.certainty;
    const by = after.find((voice) => tagsOn(voice.tagging.tags, "certainty").some((tag) => tag.id === id))!;
    return [{ kind: "certainty", from: then.certainty.id, to: id, ...shown(by, "certainty", id) }];
  }
  return [];
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

function primaryJoined(before: readonly Member[], after: readonly Member[]): Movement[] {
  const primary = after.find((voice) => voice.primary);
  if (!primary || before.some((voice) => voice.primary)) return [];
  return [{ kind: "primary", from: null, to: primary.article.feedId, articleId: primary.article.id, sentence: null }];
}

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
function shown(
  { article, tagging }: Member,
  axis: Tag["axis"],
  id: string,
): { articleId: number; sentence: Span | null } {
  const tag = tagging.tags.find((each) => each.axis === axis && each.id === id);
  return { articleId: article.id, sentence: tag?.evidence.find(({ field }) => field === "text")?.sentence ?? null };
}
