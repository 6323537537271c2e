import { type Day, dayIn, dayNumber, daysIn, isoDay } from "#text/calendar.ts";
import { wordsOf } from "#text/tokens.ts";
import { readDate } from "../dates.ts";
import { all, type Element, first, isElement, lineOf, linesOf } from "./tree.ts";

/** How the dates of a page are read. */
export type Reckoning = {
  /** `03/04` is the 4th of March. */
  readonly monthFirst: boolean;
  /** When the page was read: what lies more than a day ahead of it is a day on which something is due, and no date of publication. */
  readonly latest: string;
};

/** One entry of a list: what holds it, and the link that it is about. */
export type Item = {
  readonly root: Element;
  readonly link: Element;
  readonly url: string;
  /** Lines that stand beside it and are of no other item. */
  readonly beside: readonly string[];
  /** The year of the heading that it stands under, or null. */
  readonly year: number | null;
};

/** Words from which on a text is a headline: fewer name a section, a format or a firm. */
const TELLING_WORDS = 3;
/** Of scripts that write no spaces between words. */
const TELLING_LETTERS = 8;

export function isTelling(text: string): boolean {
  return (
    wordsOf(text).length >= TELLING_WORDS ||
    (/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/u.test(text) &&
      text.length >= TELLING_LETTERS)
  );
}

const HEADING = "h1, h2, h3, h4, h5, h6";

/** The title of an item: its link's text, unless that says the same of others (`again`), else its heading, else its longest line. */
export function titleOf({ root, link, beside }: Item, again: ReadonlySet<string>): string {
  const heading = first(HEADING, root);
  const linked = first(HEADING, link) ?? link;
  const headed = heading === null ? "" : lineOf(heading);
  const said = withoutDate(saidBy(linked));
  const isHeaded = headed !== "" && !isDate(headed);
  // "Continue reading", and the headline.
  if (isHeaded && said.includes(headed)) return headed;
  if (isTelling(said) && !again.has(said)) return said;
  if (isHeaded) return headed;
  const lines = [...linesOf(root), ...beside]
    .map(withoutDate)
    .filter((line) => isTelling(line) && !isDate(line) && !again.has(line));
  const longest = lines.toSorted((a, b) => b.length - a.length)[0];
  return longest ?? (said || headed);
}

/** What a link says: where it is put together of elements alone (a date, a category, a title) the longest of them. */
function saidBy(link: Element): string {
  const parts = link.children.filter((node) => linesOf(node).length > 0);
  if (parts.length < 2 || !parts.every(isElement))
    return linesOf(link)
      .filter((line) => !isDate(line))
      .join(" ");
  const lines = parts.flatMap((part) => linesOf(part)).filter((line) => !isDate(line));
  return lines.toSorted((a, b) => b.length - a.length)[0] ?? "";
}

/** Characters of a line that is read for a date: longer ones are prose, which speaks of other days. */
const LONGEST_DATED = 120;

/** When an item says that it was published, in ISO 8601, or null: as it marks it, else as it writes it, else by its address or title. */
export function dateOf(item: Item, title: string, reckoning: Reckoning): string | null {
  return ownDate(item, title, reckoning) ?? dateIn(item.beside, reckoning) ?? lastResort(item, title, reckoning);
}

/** As far as it stands in the item itself, and not in its title. */
export function ownDate({ root }: Item, title: string, reckoning: Reckoning): string | null {
  for (const time of all("time", root)) {
    const date = markedDate(time, reckoning);
    if (date !== null) return date;
  }
  return dateIn(
    linesOf(root).map((line) => line.replace(title, " ")),
    reckoning,
  );
}

/** The date of an element that is there to hold it. */
export function markedDate(element: Element, reckoning: Reckoning): string | null {
  const { datetime, content } = element.attribs;
  const marked = readDate(datetime) ?? readDate(content);
  if (marked !== null && marked <= reckoning.latest) return marked;
  return dateIn([lineOf(element)], reckoning);
}

/** No page is older than the Web: what a list says of earlier days is history. */
const EARLIEST = "1995";

/** The first date of lines: of those that say nothing else, else of any that is no prose. */
function dateIn(lines: readonly string[], reckoning: Reckoning): string | null {
  for (const line of [...lines.filter(isDate), ...lines]) {
    if (line.length > LONGEST_DATED || !/\d/.test(line)) continue;
    const days = daysIn(line, { written: null, monthFirst: reckoning.monthFirst });
    const date = days.map(({ day }) => midnight(isoDay(day), reckoning)).find((one) => one !== null);
    if (date !== undefined) return date;
  }
  return null;
}

const midnight = (day: string | null, { latest }: Reckoning): string | null => {
  const date = day === null ? null : `${day}T00:00:00.000Z`;
  return date === null || date < EARLIEST || date > latest ? null : date;
};

function lastResort({ root, url, year, beside }: Item, title: string, reckoning: Reckoning): string | null {
  const under = year === null ? null : dayUnder([...linesOf(root), ...beside], year);
  const path = URL.parse(url)?.pathname ?? "";
  return midnight(under, reckoning) ?? midnight(dayIn(path), reckoning) ?? dateIn([title], reckoning);
}

/** A day without a year, under a heading that names it: `12 May`, `12.05.`. */
function dayUnder(lines: readonly string[], year: number): string | null {
  for (const line of lines) {
    const [named] = daysIn(line, { written: dayNumber(year, 7, 1) }).filter((day) => !day.dated);
    const day = named === undefined ? null : inYear(line, named, year);
    const numbers = /^\d{1,2}\.\s?\d{1,2}\.(?!\d)/.exec(line)?.[0];
    const found = day ?? (numbers === undefined ? null : dayIn(numbers.replace(/\s/g, "") + year));
    if (found !== null) return found;
  }
  return null;
}

const inYear = (line: string, { start, end }: Day, year: number): string | null =>
  dayIn(`${line.slice(start, end)} ${year}`);

/** What parts a date from a title. */
const MARK = /[\s\p{Pd}()[\],.:;|/·•]/u;

/** A title without the date before it, or behind a mark after it. */
function withoutDate(title: string): string {
  const days = daysIn(title.slice(0, LONGEST_DATED * 4), { written: null, monthFirst: false });
  const [first] = days;
  const last = days.at(-1);
  if (first !== undefined && first.start <= 1) {
    let start = first.end;
    while (start < title.length && MARK.test(title[start]!)) start++;
    if (isTelling(title.slice(start))) return title.slice(start);
  }
  if (last !== undefined && title.length - last.end <= 1) {
    let end = last.start;
    while (end > 0 && MARK.test(title[end - 1]!)) end--;
    const isParted = title.slice(end, last.start).trim() !== "";
    if (isParted && isTelling(title.slice(0, end))) return title.slice(0, end);
  }
  return title;
}

/** Whether a line is a date and next to nothing else. */
function isDate(line: string): boolean {
  const [day] = line.length > LONGEST_DATED ? [] : daysIn(line, { written: null, monthFirst: false });
  return day !== undefined && wordsOf(line.slice(0, day.start) + line.slice(day.end)).length < TELLING_WORDS;
}

/** Characters from which on a line beside a title is a summary. */
const LEAST_SUMMARY = 30;

/** What an item says beside its title and date. */
export function summaryOf({ root, beside }: Item, title: string): string | null {
  const lines = [...linesOf(root), ...beside].filter(
    (line) => line.length >= LEAST_SUMMARY && !line.includes(title) && !title.includes(line) && !isDate(line),
  );
  return lines.length === 0 ? null : lines.join("\n");
}

/** Whether the dates of a list are written with the month first: one that can be read in one way only says so for all. */
export function writesMonthFirst(lines: readonly string[], language: string): boolean {
  for (const line of lines) {
    const [, first, second] = /(?<!\d)(\d{1,2})\/(\d{1,2})\/(?:\d{4}|\d\d)(?!\d)/.exec(line) ?? [];
    if (Number(first) > 12) return false;
    if (Number(second) > 12) return true;
  }
  return /^(?:en|en[-_]us|)$/i.test(language);
}
