/** The first letters of the months in the languages that our readers' sources are written in, accents dropped. */
const MONTHS: readonly (readonly [prefixes: string, month: number])[] = [
  ["jan|ene|gen|янв", 1],
  ["feb|fev|фев", 2],
  ["mar|maer|mrt|maa|мар", 3],
  ["apr|avr|abr|апр", 4],
  ["may|mai|maj|mag|mei|мая|май", 5],
  ["jun|juin|giu|июн", 6],
  ["jul|juil|lug|июл", 7],
  ["aug|aou|ago|авг", 8],
  ["sep|set|сен", 9],
  ["oct|okt|ott|out|окт", 10],
  ["nov|ноя", 11],
  ["dec|dez|dic|дек", 12],
];
const PREFIX = new Map(
  MONTHS.flatMap(([prefixes, month]) => prefixes.split("|").map((prefix) => [prefix, month] as const)),
);
const NAME = `(?:${MONTHS.map(([prefixes]) => prefixes).join("|")})\\p{L}{0,8}`;
const YEAR = "((?:19|20)\\d\\d)";

/** Oldest web page that we believe a date of. */
const FIRST_YEAR = 1995;

const ISO = new RegExp(`(?<!\\d)${YEAR}[-/.]\\s?(\\d{1,2})[-/.]\\s?(\\d{1,2})(?!\\d)`);
const COMPACT = new RegExp(`(?<!\\d)${YEAR}(\\d\\d)(\\d\\d)(?!\\d)`);
const HAN = new RegExp(`${YEAR}\\s?[年년]\\s?(\\d{1,2})\\s?[月월]\\s?(\\d{1,2})\\s?[日일]`);
const DOTTED = new RegExp(`(?<![\\d.])(\\d{1,2})\\s?[.-]\\s?(\\d{1,2})\\s?[.-]\\s?${YEAR}(?!\\d)`);
const SLASHED = new RegExp(`(?<!\\d)(\\d{1,2})/(\\d{1,2})/(${YEAR}|\\d\\d)(?!\\d)`);
const DAY_FIRST = new RegExp(
  `(?<!\\d)(\\d{1,2})(?:\\.|st|nd|rd|th|er|º)?\\s+(?:de\\s+|of\\s+)?(${NAME})\\.?,?\\s+(?:de\\s+|del\\s+)?${YEAR}`,
  "u",
);
const MONTH_FIRST = new RegExp(`(?<!\\p{L})(${NAME})\\.?\\s+(\\d{1,2})(?:st|nd|rd|th)?,?\\s+${YEAR}`, "u");

function day(year: number, month: number, date: number): string | null {
  if (year < FIRST_YEAR || month < 1 || month > 12 || date < 1 || date > 31) return null;
  return `${year}-${String(month).padStart(2, "0")}-${String(date).padStart(2, "0")}`;
}

const monthOf = (name: string): number => PREFIX.get(name.slice(0, 4)) ?? PREFIX.get(name.slice(0, 3)) ?? 0;

/**
 * The first day that a text names, as `2026-11-24`, or null. `monthFirst` settles `03/04/2026`, which Americans write
 * month first. Eight digits in a row count only when `compact` is asked for: elsewhere they are an article's number.
 */
export function dayIn(text: string, { monthFirst = false, compact = false } = {}): string | null {
  const plain = text
    .toLowerCase()
    .normalize("NFD")
    .replace(/[\u0300-\u0305\u0307\u0308\u030a-\u036f]/g, "");
  const found: { at: number; day: string }[] = [];
  const add = (match: RegExpExecArray | null, read: (groups: string[]) => string | null) => {
    const value = match === null ? null : read(match.slice(1) as string[]);
    if (match !== null && value !== null) found.push({ at: match.index, day: value });
  };
  add(ISO.exec(plain), ([y, m, d]) => day(Number(y), Number(m), Number(d)));
  if (compact) add(COMPACT.exec(plain), ([y, m, d]) => day(Number(y), Number(m), Number(d)));
  add(HAN.exec(plain), ([y, m, d]) => day(Number(y), Number(m), Number(d)));
  add(DOTTED.exec(plain), ([d, m, y]) => day(Number(y), Number(m), Number(d)));
  add(SLASHED.exec(plain), ([a, b, y]) => {
    const year = Number(y) < 100 ? 2000 + Number(y) : Number(y);
    const american = Number(b) > 12 || (monthFirst && Number(a) <= 12);
    return american ? day(year, Number(a), Number(b)) : day(year, Number(b), Number(a));
  });
  add(DAY_FIRST.exec(plain), ([d, name, y]) => day(Number(y), monthOf(name!), Number(d)));
  add(MONTH_FIRST.exec(plain), ([name, d, y]) => day(Number(y), monthOf(name!), Number(d)));
  return found.sort((a, b) => a.at - b.at)[0]?.day ?? null;
}
