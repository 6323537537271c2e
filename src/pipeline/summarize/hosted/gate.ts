import { MOST_WORDS_OF_SOURCE } from "#model/limits.ts";
import { daysIn, isWeekday } from "#text/calendar.ts";
import { DENYING, GUARDS, RELATIVES } from "#text/english.ts";
import { type Word, wordsIn } from "../gate-words.ts";
import type { Ranges } from "../ranges.ts";

/** Why a sentence of a model is dropped: it is no sentence, says what no source says in these words and order, or leaves out what must stay. */
export type Fault = "form" | "words" | "cut";

/** A reader's patience; a model that rambles is cut whole. */
const MOST_WORDS = 60;
const FEWEST_WORDS = 4;

const SENTENCE_END = /[.!?。！？]["”’»)]*$/u;

/**
 * Judges a sentence that a model wrote against the source sentences that it says it rests on, and against nothing else. Null when it is
 * one of them with words left out, and with none left out that the rest depends on. A model may shorten: it never says anything itself,
 * so there is nothing to believe it. When in doubt it finds a fault: a dropped sentence costs little, a false one the reader's trust.
 */
export function faultIn(written: string, sources: readonly string[]): Fault | null {
  const words = wordsIn(written);
  if (words.length < FEWEST_WORDS || words.length > MOST_WORDS || !SENTENCE_END.test(written.trim())) return "form";
  if (sources.some((source) => keptRanges(written, source) !== null)) return null;
  return sources.some((source) => isWithin(words, wordsIn(source))) ? "cut" : "words";
}

/**
 * The ranges of the source that the written sentence keeps; null when it is no cut of the source, or no safe one. What readers see is
 * these: not one character of a model's.
 */
export function keptRanges(written: string, source: string): Ranges | null {
  const words = wordsIn(source);
  const kept = words.length > MOST_WORDS_OF_SOURCE ? null : safestCut(wordsIn(written), words, source);
  if (kept === null) return null;
  const ranges: [number, number][] = [];
  let at = 0;
  for (const { from, to } of gapsIn(kept, words.length)) {
    const [start, end] = cutOf({ from, to }, words, source);
    if (start > at) ranges.push([at, start]);
    at = end;
  }
  if (at < source.length) ranges.push([at, source.length]);
  return ranges;
}

const isWithin = (own: readonly Word[], given: readonly Word[]): boolean => {
  let at = 0;
  for (const { lower } of given) if (lower === own[at]?.lower) at += 1;
  return at === own.length;
};

/** A run of words that is left out: those from `from` to before `to`. */
type Gap = { readonly from: number; readonly to: number };

function gapsIn(kept: readonly number[], count: number): readonly Gap[] {
  const gaps: Gap[] = [];
  let from = 0;
  for (const at of [...kept, count]) {
    if (at > from) gaps.push({ from, to: at });
    from = at + 1;
  }
  return gaps;
}

/** The places in the source of the written words, in order, with only safe gaps between; null where there are none. */
function safestCut(own: readonly Word[], given: readonly Word[], source: string): readonly number[] | null {
  const failed = new Set<string>();
  const place = (next: number, after: number): readonly number[] | null => {
    if (next === own.length) {
      return after + 1 === given.length || isSafe({ from: after + 1, to: given.length }, given, source) ? [] : null;
    }
    const key = `${next} ${after}`;
    if (failed.has(key)) return null;
    for (let at = after + 1; at < given.length; at++) {
      if (given[at]!.lower !== own[next]!.lower) continue;
      if (at > after + 1 && !isSafe({ from: after + 1, to: at }, given, source)) continue;
      const rest = place(next + 1, at);
      if (rest !== null) return [at, ...rest];
    }
    failed.add(key);
    return null;
  };
  return place(0, -1);
}

const isGuard = ({ lower }: Word): boolean => GUARDS.has(lower);

/** `which was denied`, `which hasn't begun`. */
const denies = ({ lower }: Word): boolean => DENYING.has(lower) || lower.endsWith("n't");

const PARTS = /[,;:—–()]/u;
const QUOTES = /["“”«»]/u;

/** `on Tuesday`, `on 1 March 2027`, `on March 3`: when it happened can go wherever it stands. */
function isOnDay(phrase: string): boolean {
  if (!/^on /i.test(phrase)) return false;
  const named = phrase.slice(3).replace(/^the /i, "");
  return isWeekday(named) || daysIn(named, { written: 0 }).some(({ start, end }) => end - start === named.length);
}

/** `in Harrow`, `at New Coast`: where it happened. */
const isPlace = ([preposition, ...names]: readonly Word[]): boolean =>
  ["in", "at", "near", "from"].includes(preposition?.lower ?? "") &&
  names.length > 0 &&
  names.every(({ capital }) => capital);

/** `a duty that begins in March`: what was named is named again. */
const isNaming = ([article, , that]: readonly Word[]): boolean =>
  ["a", "an"].includes(article?.lower ?? "") && that?.lower === "that";

/**
 * Whether the words of a gap can go, and leave what the rest says as it was: a day, or between marks a clause that adds and denies nothing, a
 * place, or another name. Any other part may be what the sentence depends on (`, barring an injunction`, `in theory`), and a phrase that no mark
 * sets off may say of whom it is true (`models from abroad`): both stay.
 */
function isSafe({ from, to }: Gap, words: readonly Word[], source: string): boolean {
  const gone = words.slice(from, to);
  const [first, last, next] = [gone[0]!, gone.at(-1)!, words[to]];
  const opened = source.slice(0, first.start).match(new RegExp(QUOTES, "gu"))?.length ?? 0;
  // Nothing within quotation marks, nor one of the marks.
  if (opened % 2 === 1 || QUOTES.test(source.slice(first.start, last.end))) return false;
  const before = from > 0 && PARTS.test(source.slice(words[from - 1]!.end, first.start));
  const after = next === undefined || PARTS.test(source.slice(last.end, next.start));
  const isAside = before && after && RELATIVES.has(first.lower);
  // Of what an aside says the conditions are its own affair; a denial may be of what it stands behind.
  if (gone.some(isAside ? denies : isGuard)) return false;
  const isDay = isOnDay(source.slice(first.start, last.end));
  if (from === 0) return after && next?.capital === true && (isDay || isPlace(gone));
  if (isAside || (before && after && (isPlace(gone) || isNaming(gone)))) return true;
  // Of `did not act on Monday` the day is what is denied.
  return isDay && !words.slice(0, from).some(isGuard);
}

/** The characters that go with a gap: with the comma behind an aside, or else with what parts it from the word before. */
function cutOf({ from, to }: Gap, words: readonly Word[], source: string): readonly [start: number, end: number] {
  const next = words[to];
  if (from === 0) return [0, next?.start ?? 0];
  const start = words[from - 1]!.end;
  const end = words[to - 1]!.end;
  const opens = /^\s*([,(—–])/u.exec(source.slice(start, words[from]!.start))?.[1];
  const closes = next === undefined ? undefined : /^\s*([,)—–])/u.exec(source.slice(end, next.start))?.[0];
  return [start, opens !== undefined && closes !== undefined ? end + closes.length : end];
}
