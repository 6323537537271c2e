import { dateOf } from "#model/article.ts";
import type { Span } from "#model/tag.ts";
import { datesIn } from "./date-claims.ts";
import { disagree, figuresIn } from "./figure-claims.ts";
import type { Member } from "./member.ts";

type Claim = { readonly member: Member; readonly sentence: Span };

/**
 * Of the sources of a summary the sentences that give a day or a figure which a later one of them moved, by article: they
 * tell of a state that is over. One that names both, the old and the new, tells the new.
 */
export function supersededIn(sources: readonly Member[]): ReadonlyMap<number, readonly Span[]> {
  const voices = sources.toSorted((a, b) => dateOf(a.article).getTime() - dateOf(b.article).getTime());
  const over: Claim[] = [];
  for (const [at, later] of voices.entries()) {
    const earlier = voices.slice(0, at);
    for (const claim of datesIn(later).filter(({ strong }) => strong))
      over.push(
        ...earlier.flatMap(datesIn).filter(({ occasion, day }) => occasion === claim.occasion && day !== claim.day),
      );
    for (const claim of figuresIn(later).filter(({ strong }) => strong))
      over.push(...earlier.flatMap(figuresIn).filter((one) => disagree(one, claim)));
  }
  const byArticle = Map.groupBy(over, ({ member }) => member.article.id);
  return new Map([...byArticle].map(([id, claims]) => [id, claims.map(({ sentence }) => sentence)]));
}
