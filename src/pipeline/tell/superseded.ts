import { dateOf } from "#model/article.ts";
import type { Span } from "#model/tag.ts";
import { type DateClaim, datesIn, type Occasion } from "./date-claims.ts";
import { disagree, type FigureClaim, figuresIn } from "./figure-claims.ts";
import type { Member } from "./member.ts";

/**
 * Of the sources of a summary the sentences that give a day or a figure which a later one of them moved, by article: they
 * tell of a state that is over. One that names both, the old and the new, tells the new.
 */
export function supersededIn(sources: readonly Member[]): ReadonlyMap<number, readonly Span[]> {
  const over = new Map<number, readonly Span[]>();
  const days = new Map<Occasion, Set<string>>();
  const figures: FigureClaim[] = [];
  // From the last to the first: what was set later is known, and each claim is held against it once.
  for (const voice of sources.toSorted((a, b) => dateOf(a.article).getTime() - dateOf(b.article).getTime()).reverse()) {
    const dated = datesIn(voice);
    const counted = figuresIn(voice);
    const moved = [
      ...dated.filter((claim) => isMoved(claim, days.get(claim.occasion))),
      ...counted.filter((claim) => figures.some((later) => disagree(claim, later))),
    ];
    if (moved.length > 0) over.set(voice.article.id, [...new Set(moved.map(({ sentence }) => sentence))]);
    for (const { occasion, day } of dated.filter(({ strong }) => strong))
      days.set(occasion, (days.get(occasion) ?? new Set()).add(day));
    figures.push(...counted.filter(({ strong }) => strong));
  }
  return over;
}

/** Whether later sources set another day for the occasion, be it beside the same. */
const isMoved = ({ day }: DateClaim, later: ReadonlySet<string> | undefined): boolean =>
  later !== undefined && (later.size > 1 || !later.has(day));
