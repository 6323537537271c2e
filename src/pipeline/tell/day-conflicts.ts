import type { Span } from "#model/tag.ts";
import { type DateClaim, datesIn } from "./date-claims.ts";
import { SAME_THING, shares, stemsIn } from "./figure-claims.ts";
import type { Member } from "./member.ts";

/** A day as one source names it. */
export type NamedDay = Span & { readonly text: string; readonly articleId: number };

/**
 * Days on which sources differ, one pair for an occasion. Careful rather than complete: each outlet names one day for it, in sentences
 * that share their subject. Where a primary source gives the day, or anybody says that it was set or moved, that settles it.
 */
export function dayConflicts(voices: readonly Member[]): readonly (readonly [NamedDay, NamedDay])[] {
  const open = [...Map.groupBy(voices.flatMap(datesIn), ({ occasion }) => occasion).values()].filter(
    (claims) => !claims.some(({ strong }) => strong),
  );
  return open.flatMap((claims) => {
    const alone = [...Map.groupBy(claims, ({ member }) => member.article.feedId).values()].flatMap((ofOne) =>
      new Set(ofOne.map(({ day }) => day)).size === 1 ? ofOne.slice(0, 1) : [],
    );
    for (const [at, one] of alone.entries()) {
      const other = alone.slice(at + 1).find((each) => each.day !== one.day && isOfSame(one, each));
      if (other !== undefined) return [[namedDay(one), namedDay(other)] as const];
    }
    return [];
  });
}

const isOfSame = (a: DateClaim, b: DateClaim): boolean => shares(stemsOf(a), stemsOf(b), SAME_THING);

const stemsOf = ({ member: { article }, sentence, named }: DateClaim) =>
  stemsIn(article.text.slice(sentence.start, sentence.end), sentence.start, [named]);

const namedDay = ({ member: { article }, named }: DateClaim): NamedDay => ({
  text: article.text.slice(named.start, named.end),
  articleId: article.id,
  start: named.start,
  end: named.end,
});
