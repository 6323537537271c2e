import { amountsIn, keyOf } from "#text/amounts.ts";
import { isWeekday, monthNamed } from "#text/calendar.ts";
import { ACTS } from "#text/english.ts";
import { type Word, wordsIn } from "./gate-words.ts";

/** A sentence's amounts, whatever each counts, and its words. */
function readingOf(sentence: string) {
  const amounts = amountsIn(sentence);
  const isIn = ({ start, end }: Word) => amounts.some((amount) => start >= amount.start && end <= amount.end);
  return {
    figures: amounts.map((amount) => keyOf({ ...amount, counted: null })),
    words: wordsIn(sentence).map((word) => ({ ...word, counts: isIn(word) })),
  };
}

/** What makes news of a sentence: its acts, figures and names. Days are not: two papers report one thing a day apart. */
function newsIn(sentence: string): readonly string[] {
  const { figures, words } = readingOf(sentence);
  const tells = words.filter(
    (word) =>
      ACTS.has(word.lower) ||
      (!word.counts && /\d/.test(word.form)) ||
      (word.capital && !word.first && !isWeekday(word.lower) && monthNamed(word.lower) === null),
  );
  return [...figures, ...tells.map(({ stem }) => stem)];
}

/** Does a sentence name an act, a figure or somebody that another, however alike, does not? */
export function addsNews(sentence: string, to: string): boolean {
  const { figures, words } = readingOf(to);
  const known = new Set([...figures, ...words.map(({ stem }) => stem)]);
  return newsIn(sentence).some((each) => !known.has(each));
}
