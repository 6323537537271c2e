import type { Point } from "#model/pack.ts";
import type { Span } from "#model/tag.ts";
import { once } from "#text/once.ts";
import type { Candidate, SourceArticle } from "./candidates.ts";
import { cuePattern } from "./cue.ts";
import { quotationIn, speakerIn } from "./speech.ts";
import { wordsOf } from "./terms.ts";

/** What one side of a friction point says in the sources: `quote` is the article's text from `start` to `end`. */
export type SideStatement = Span & {
  readonly pointId: string;
  readonly side: string;
  /** As the sentence names them. */
  readonly speaker: string;
  readonly quote: string;
  readonly articleId: number;
};

/** A sentence that argues for a side of a friction point. */
export type Stance = { readonly pointId: string; readonly side: string; readonly strength: number };

type Reader = {
  readonly pointId: string;
  readonly side: string;
  readonly cues: RegExp | null;
  readonly terms: ReadonlySet<string>;
};

/** A cue of the pack counts as much as this many words of what the side argues. */
const CUE_STRENGTH = 2;
/** A single word in common is chance. */
const LEAST_STRENGTH = 2;

const readersOf = once(({ id, sides }: Pick<Point, "id" | "sides">): readonly Reader[] => {
  const terms = sides.map(({ argues }) => new Set(wordsOf(argues).terms));
  return sides.map(({ name, cues }, i) => ({
    pointId: id,
    side: name,
    cues: cuePattern(cues),
    // A word that both sides argue with tells nothing.
    terms: new Set([...terms[i]!].filter((term) => terms.every((other, j) => j === i || !other.has(term)))),
  }));
});

function stanceOf({ text, terms }: Pick<Candidate, "text" | "terms">, sides: readonly Reader[]): Stance | null {
  const said = new Set(terms);
  const strengths = sides.map(({ cues, terms: argued }) => {
    const hits = cues === null ? 0 : (text.match(cues)?.length ?? 0);
    return CUE_STRENGTH * hits + [...argued].filter((term) => said.has(term)).length;
  });
  const best = Math.max(...strengths);
  const at = strengths.indexOf(best);
  if (best < LEAST_STRENGTH || strengths.lastIndexOf(best) !== at) return null;
  const { pointId, side } = sides[at]!;
  return { pointId, side, strength: best };
}

/** The side that somebody's words argue for, of the points' sides: the plainest; null where they argue for none. */
export function stanceIn(text: string, points: readonly Pick<Point, "id" | "sides">[]): Stance | null {
  const said = { text, terms: wordsOf(text).terms };
  const readers = points.map(readersOf).filter((sides) => sides.length === 2);
  const found = readers.flatMap((sides) => stanceOf(said, sides) ?? []);
  return found.sort((a, b) => b.strength - a.strength)[0] ?? null;
}

export type Stances = ReadonlyMap<Candidate, readonly Stance[]>;

/** Which sides each sentence argues for. */
export function stancesOf(candidates: readonly Candidate[], points: readonly Pick<Point, "id" | "sides">[]): Stances {
  const readers = points.map(readersOf).filter((sides) => sides.length === 2);
  const stances = new Map<Candidate, readonly Stance[]>();
  for (const candidate of candidates) {
    const found = readers.flatMap((sides) => stanceOf(candidate, sides) ?? []);
    if (found.length > 0) stances.set(candidate, found);
  }
  return stances;
}

/** The first point of which both sides speak, and its sides. */
export function disputeIn(
  stances: Stances,
  points: readonly Pick<Point, "id" | "sides">[],
): readonly [string, string] | null {
  const all = [...stances.values()].flat();
  for (const { id, sides } of points) {
    const spoken = sides.filter(({ name }) => all.some((stance) => stance.pointId === id && stance.side === name));
    if (spoken.length === 2) return [`${id}:${spoken[0]!.name}`, `${id}:${spoken[1]!.name}`];
  }
  return null;
}

export const argues = (stances: Stances, candidate: Candidate, key: string): boolean =>
  stances.get(candidate)?.some(({ pointId, side }) => `${pointId}:${side}` === key) ?? false;

/** Who said what: for each side the statement that names its speaker and argues it most plainly, in its own words. */
export function statementsOf(stances: Stances, articles: readonly SourceArticle[]): readonly SideStatement[] {
  const best = new Map<string, { readonly rank: number; readonly statement: SideStatement }>();
  for (const [candidate, found] of stances) {
    const source = articles[candidate.article]!;
    const sentence = source.text.slice(candidate.start, candidate.end);
    const speaker = speakerIn(sentence);
    if (speaker === null) continue;
    const quotation = quotationIn(sentence);
    const span = quotation ?? { start: 0, end: sentence.length };
    for (const { pointId, side, strength } of found) {
      const rank = strength + (quotation === null ? 0 : CUE_STRENGTH);
      const key = `${pointId}:${side}`;
      if (rank <= (best.get(key)?.rank ?? 0)) continue;
      const statement = {
        pointId,
        side,
        speaker: speaker.name,
        quote: sentence.slice(span.start, span.end),
        articleId: source.id,
        start: candidate.start + span.start,
        end: candidate.start + span.end,
      };
      best.set(key, { rank, statement });
    }
  }
  return [...best.values()].map(({ statement }) => statement);
}
