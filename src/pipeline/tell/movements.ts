import type { Movement } from "#model/story.ts";
import { type Span, type Tag, tagsOn } from "#model/tag.ts";
import { type DateClaim, datesIn } from "./dates.ts";
import { disagree, figuresIn } from "./figures.ts";
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
    ...pointsAdded(before, fresh),
    ...primaryJoined(before, after),
  ];
}

function stageMoved(before: readonly Member[], after: readonly Member[], ladder: Ladder): Movement[] {
  const then = standingOf(before, ladder);
  const now = standingOf(after, ladder);
  if (now.stage && now.stage !== then.stage) {
    const reversal = then.stage !== null && (then.stage.eases === true) !== (now.stage.eases === true);
    const kind = reversal ? "reversal" : "stage";
    return [{ kind, from: then.stage?.id ?? null, to: now.stage.id, ...shown(now.by!, "stage", now.stage.id) }];
  }
  if (now.certainty?.firm && then.certainty && !then.certainty.firm) {
    const { id } = now.certainty;
    const by = after.find((voice) => tagsOn(voice.tagging.tags, "certainty").some((tag) => tag.id === id))!;
    return [{ kind: "certainty", from: then.certainty.id, to: id, ...shown(by, "certainty", id) }];
  }
  return [];
}

function pointsAdded(before: readonly Member[], fresh: readonly Member[]): Movement[] {
  const known = new Set(before.flatMap(({ tagging }) => tagsOn(tagging.tags, "point").map(({ id }) => id)));
  const added: Movement[] = [];
  for (const voice of fresh) {
    for (const { id, strength } of tagsOn(voice.tagging.tags, "point")) {
      if (strength === "weak" || known.has(id)) continue;
      known.add(id);
      added.push({ kind: "point", from: null, to: id, ...shown(voice, "point", id) });
    }
  }
  return added;
}

function primaryJoined(before: readonly Member[], after: readonly Member[]): Movement[] {
  const primary = after.find((voice) => voice.primary);
  if (!primary || before.some((voice) => voice.primary)) return [];
  return [{ kind: "primary", from: null, to: primary.article.feedId, articleId: primary.article.id, sentence: null }];
}

/** A date moves when a source sets or moves it, and nobody has named that day for that occasion before. */
function datesMoved(before: readonly Member[], fresh: readonly Member[]): Movement[] {
  const known: DateClaim[] = before.flatMap(datesIn);
  const moved: Movement[] = [];
  for (const claim of fresh.flatMap(datesIn)) {
    const sameOccasion = known.filter(({ occasion }) => occasion === claim.occasion);
    const isNew = claim.strong && !sameOccasion.some(({ day }) => day === claim.day);
    const from = (sameOccasion.findLast(({ strong }) => strong) ?? sameOccasion.at(-1))?.day ?? null;
    known.push(claim);
    if (!isNew) continue;
    moved.push({ kind: "date", from, to: claim.day, articleId: claim.member.article.id, sentence: claim.sentence });
  }
  return moved;
}

/** A figure moves when a source changes it, or a primary source gives another than was reported. */
function figuresMoved(before: readonly Member[], fresh: readonly Member[]): Movement[] {
  const known = before.flatMap(figuresIn);
  return fresh.flatMap(figuresIn).flatMap((claim): Movement[] => {
    if (!claim.strong || known.some(({ unit, value }) => unit === claim.unit && value === claim.value)) return [];
    const earlier = known.findLast((each) => disagree(each, claim));
    if (!earlier) return [];
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
