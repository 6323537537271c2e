import { isAct } from "./gate-claims.ts";
import { type Word, wordsIn } from "./gate-words.ts";

const CALENDAR =
  /^(?:mon|tues|wednes|thurs|fri|satur|sun)day$|^(?:january|february|march|april|may|june|july|august|september|october|november|december)$/;

/** What makes news of a sentence: its acts, figures and names. Days are not: two papers report one thing a day apart. */
function newsIn(sentence: string): ReadonlySet<string> {
  const tells = (word: Word) =>
    isAct(word) || /\d/.test(word.form) || (word.capital && !word.first && !CALENDAR.test(word.lower));
  return new Set(wordsIn(sentence).flatMap((word) => (tells(word) ? [word.stem] : [])));
}

/** Does a sentence name an act, a figure or somebody that another, however alike, does not? */
export function addsNews(sentence: string, to: string): boolean {
  const known = new Set(wordsIn(to).map(({ stem }) => stem));
  return [...newsIn(sentence)].some((stem) => !known.has(stem));
}
