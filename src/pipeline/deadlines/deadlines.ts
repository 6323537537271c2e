import { type Article, dateOf } from "#model/article.ts";
import type { Change, Deadline, Occasion } from "#model/deadline.ts";
import { MOST_DATES } from "#model/limits.ts";
import type { Span } from "#model/tag.ts";
import { type Day, dayOf, isoDay, weekdaysAhead } from "#text/calendar.ts";
import { glossedOf } from "#text/gloss.ts";
import { daysOf, sentencesOf, within } from "#text/reading.ts";
import {
  AHEAD,
  CANCELS,
  CHOICE,
  CONDITION,
  ELECTION,
  ELSEWHERE,
  LEFT,
  MOVES,
  OF_YEAR,
  OVER,
  REPLACED,
  TENTATIVE,
  WEEK,
} from "./cues.ts";
import { occasionOf, type Window } from "./occasion.ts";
import { countedIn } from "./periods.ts";
import { isWeekdayAhead } from "./weekday.ts";

/** What deadlines are read from. */
export type Dated = Pick<Article, "text" | "publishedAt" | "firstSeenAt"> &
  Partial<Pick<Article, "textHash" | "language">>;

/** Beyond so many days a day without a year is more likely the past one, where the sentence speaks of the past. */
const FAR = 150;
/** Characters before a day that say how it is spoken of. */
const CLAUSE = 60;
/** Characters before a day in which the word stands that makes it the new one. */
const GOAL = 24;
/** Characters before a day that say that another takes its place. */
const LEAVING = 40;
/** Characters of a sentence before a day in which its occasion is looked for. */
const LEAD = 400;

/** A day, counted or called by its weekday or neither. */
type Named = Day & { readonly base?: Span; readonly weekday?: true };

/**
 * The days to come that a text names for an occasion, each with the sentence that sets it, in order; one of another language is read
 * by its gloss. A day of which the text does not say what it is for, or that is over, is none. Linear in the text.
 */
export function deadlinesIn(article: Dated): readonly Deadline[] {
  const gloss = glossedOf({ title: "", ...article });
  if (gloss === null) return deadlinesInEnglish(article);
  const back = gloss.back.text;
  return deadlinesInEnglish(gloss.english).map((each) => ({
    ...each,
    sentence: back(each.sentence),
    date: back(each.date),
    base: each.base === null ? null : back(each.base),
  }));
}

function deadlinesInEnglish(article: Dated): readonly Deadline[] {
  const { text } = article;
  const written = dayOf(dateOf(article));
  const named = namedIn(article, written);
  if (!named.some(({ until }) => until > written)) return [];
  const found = new Map<string, Deadline>();
  for (const sentence of sentencesOf(article)) {
    if (found.size >= MOST_DATES) break;
    const days = within(named, sentence);
    if (!days.some(({ until }) => until > written)) continue;
    const said = text.slice(sentence.start, sentence.end);
    if (ELSEWHERE.test(said)) continue;
    for (const each of deadlinesOf({ said, sentence, named: days.map((day) => from(day, sentence)), written })) {
      const key = `${each.occasion} ${each.day}`;
      // Where two sentences name a day, the one that moves it says more.
      const other = found.get(key);
      if (other === undefined || (other.change === "set" && each.change !== "set")) found.set(key, each);
    }
  }
  return [...found.values()];
}

/** The days of a text, in order: those that it names, counts, or calls by their weekday. */
function namedIn(article: Dated, written: number): readonly Named[] {
  const { text } = article;
  const days = daysOf(article);
  const counted = days.length === 0 ? [] : countedIn({ text, sentences: () => sentencesOf(article), days });
  const covering = new Set(counted.map(({ end }) => end));
  const weekdays = weekdaysAhead(text, written).map((day) => ({ ...day, weekday: true as const }));
  if (counted.length === 0 && weekdays.length === 0) return days;
  return [...days.filter(({ end }) => !covering.has(end)), ...counted, ...weekdays].sort((a, b) => a.start - b.start);
}

/** A day with its place counted from the beginning of its sentence. */
const from = (day: Named, { start }: Span): Named => ({ ...day, start: day.start - start, end: day.end - start });

/** "the Jan. 6 attack" is what happened on that day. */
const EVENT = /^(?: \p{L}+){0,2} (?:attack(?:er)?|riot|insurrection|siege|shooting|bombing|massacre|uprising)s?\b/u;

type Sentence = {
  readonly said: string;
  readonly sentence: Span;
  readonly named: readonly Named[];
  readonly written: number;
};

function deadlinesOf({ said, sentence, named, written }: Sentence): readonly Deadline[] {
  const moves = MOVES.exec(said)?.index ?? null;
  const windows = named.map((_, at) => windowOf(said, named, at, moves));
  const isReplaced = windows.map(({ before }, at) => at > 0 && REPLACED.test(before.slice(-LEAVING)));
  const goals = windows.map((window, at) => !isReplaced[at] && isGoal(window, at + 1 < named.length));
  const isMoved = goals.includes(true);
  const lastGoal = goals.lastIndexOf(true);
  const isOver = !AHEAD.test(said) && OVER.test(said);
  const isHistory = Number(OF_YEAR.exec(said)?.[1] ?? Infinity) < Number(isoDay(written).slice(0, 4));
  const cancels = moves === null && CANCELS.test(said);
  return named.flatMap((day, at): Deadline[] => {
    const window = windows[at]!;
    const isLeft = !goals[at] && (at < lastGoal || (isMoved && isReplaced[at]));
    if (isHistory && !day.dated) return [];
    if (EVENT.test(window.after) || WEEK.test(window.before)) return [];
    if (day.until <= written || isLeft || !isAhead(day, window, written, isOver)) return [];
    const occasion = occasionOf(window);
    if (occasion === null || isOfPersons(occasion, said)) return [];
    const start = day.start + sentence.start;
    return [
      {
        occasion,
        day: isoDay(day.until),
        change: goals[at] ? "moved" : changeOf(occasion, cancels),
        from: goals[at] ? leftFor(said, named.slice(0, at)) : null,
        tentative: TENTATIVE.test(window.before.slice(-CLAUSE)) || CONDITION.test(window.after),
        sentence,
        date: { start, end: start + day.end - day.start },
        base: day.base ?? null,
      },
    ];
  });
}

const isOfPersons = (occasion: Occasion, said: string): boolean =>
  (occasion === "vote" && ELECTION.test(said)) || (occasion === "decision" && CHOICE.test(said));

/** What is to take place can be called off; a rule or a limit is moved. */
const changeOf = (occasion: Occasion, cancels: boolean): Change =>
  cancels && (occasion === "hearing" || occasion === "vote") ? "cancelled" : "set";

/** What stands around a day: from the day before it, and to the day behind it. */
function windowOf(said: string, named: readonly Named[], at: number, moves: number | null): Window {
  const { start, end, base } = named[at]!;
  const from = Math.max(named[at - 1]?.end ?? 0, start - LEAD);
  const to = named[at + 1]?.start ?? said.length;
  return {
    before: said.slice(from, start),
    lead: said.slice(Math.max(0, start - LEAD), start),
    name: said.slice(start, end),
    after: said.slice(end, Math.min(Math.max(to, end), end + LEAD)),
    counted: base !== undefined,
    moves: moves !== null && moves < start,
  };
}

/** Whether a day is one to which something is moved; of "from March 3 to April 7" the first is not. */
const isGoal = ({ before, after, moves }: Window, more: boolean): boolean =>
  moves &&
  /\b(?:to|until|till|for|now|by|back|through)\b/i.test(before.slice(-GOAL)) &&
  !(more && /^,? ?(?:to|until)\b/i.test(after));

/** The day that another takes the place of: the last before it that is spoken of as one that was planned. */
function leftFor(said: string, earlier: readonly Named[]): string | null {
  const left = earlier.findLast(({ start }) => LEFT.test(said.slice(Math.max(0, start - LEAVING), start)));
  return left === undefined ? null : isoDay(left.day);
}

/** Whether a day is spoken of as one to come. */
function isAhead(day: Named, window: Window, written: number, isOver: boolean): boolean {
  if (day.weekday) return isWeekdayAhead(window);
  return day.dated || day.day - written <= FAR || !isOver;
}
