import type { Span } from "#model/tag.ts";
import { monthNamed } from "./calendar.ts";
import { FUNCTION_WORDS, OPENERS } from "./english.ts";

/**
 * A quantity that stands in a text: `text.slice(start, end)` writes it, number, scale and unit or what is counted. `$250k`,
 * `250,000 dollars` and `250.000 US-Dollar` have one value and one unit.
 */
export type Amount = Span & {
  readonly value: number;
  /** A currency (`$`, `€`, `A$`), `%`, a span of time in the singular (`day`), or null: then `counted` says what is counted. */
  readonly unit: string | null;
  /** What a number without a unit counts, in the singular; null where nothing is said to be counted, as of a year. */
  readonly counted: string | null;
};

/** Of a list of words for each name, the name of each word. */
const namesOf = <T>(lists: readonly (readonly [name: T, words: string])[]): ReadonlyMap<string, T> =>
  new Map(lists.flatMap(([name, words]) => words.split(" ").map((word) => [word.replaceAll("_", " "), name] as const)));

/** Languages that write `1.234,5`; the others write `1,234.5`. */
const DECIMAL_COMMA = new Set(
  "bg cs da de el es et fi fr hr hu id it lt lv nl no pl pt ro ru sk sl sv tr uk vi".split(" "),
);

/** Languages in which a billion is a million millions. */
const LONG_SCALE = new Set("cs da de es et fi fr hr hu it lt lv nl no pl pt ro sk sl sv".split(" "));

const SCALES = namesOf([
  [1e2, "hundred"],
  [1e3, "thousand tausend duizend mille mil"],
  [1e5, "lakh lakhs"],
  [1e6, "mn mio mio. million millions millionen miljoen millón millones milione milioni milhão milhões miljoner"],
  [1e7, "crore crores"],
  [1e9, "bn mrd mrd. md billion billions milliard milliards milliarde milliarden miljard miliardo miliardi"],
  [1e12, "tn trn trillion trillions"],
]);
const LONG_SCALES = namesOf([[1e12, "billion billions billionen billones bilioni"]]);
/** Letters that scale a number only when nothing parts them from it: `3.5b`, `10m`; `10 m` is a length. */
const LETTERS = namesOf([
  [1e3, "k"],
  [1e6, "m mm"],
  [1e9, "b"],
  [1e12, "t"],
]);

const CURRENCIES = namesOf([
  ["$", "$ us$ usd dollar dollars us-dollar us-dollars us_dollars u.s._dollars dólares"],
  ["A$", "a$ aud australian_dollars"],
  ["C$", "c$ cad canadian_dollars"],
  ["HK$", "hk$ hkd"],
  ["NZ$", "nz$ nzd"],
  ["S$", "s$ sgd"],
  ["R$", "r$ brl reais"],
  ["€", "€ eur euro euros"],
  ["£", "£ gbp pound pounds"],
  ["¥", "¥ jpy yen"],
  ["CN¥", "cny rmb yuan"],
  ["₹", "₹ inr rs rs. rupee rupees"],
  ["₩", "₩ krw won"],
  ["CHF", "chf franken"],
]);

const UNITS = new Map([
  ...CURRENCIES,
  ...namesOf([
    ["%", "% percent per_cent pct prozent pour_cent por_ciento por_cento per_cento procent"],
    ["second", "second seconds sekunden secondes segundos"],
    ["minute", "minute minutes minuten minutos"],
    ["hour", "hour hours hrs stunde stunden heure heures horas"],
    ["day", "day days tag tage tagen jour jours días dias giorni"],
    ["week", "week weeks woche wochen semaine semaines semanas"],
    ["month", "month months monat monate monaten mois meses mesi"],
    ["year", "year years jahr jahre jahren an ans années años anos anni"],
  ]),
]);

/** Spans of time that are others over and over, so that 72 hours are three days. */
const IN_HOURS: Readonly<Record<string, number>> = { second: 1 / 3_600, minute: 1 / 60, hour: 1, day: 24, week: 168 };
const IN_MONTHS: Readonly<Record<string, number>> = { month: 1, year: 12 };

/** Digits that a number in print can be told by; what a machine adds behind them is its own. */
const PRECISION = 12;

const ONES =
  "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen";
const TENS = "twenty thirty forty fifty sixty seventy eighty ninety";
const WORDS: ReadonlyMap<string, number> = new Map([
  ...ONES.split(" ").map((word, value) => [word, value] as const),
  ...TENS.split(" ").map((word, at) => [word, 20 + 10 * at] as const),
]);

/** Any of these words, the longest first. */
const anyOf = (words: Iterable<string>): string =>
  `(?:${[...words]
    .sort((a, b) => b.length - a.length)
    .map((word) => word.replace(/[.$]/g, "\\$&"))
    .join("|")})`;

const SPACE = "[ \\u00a0\\u202f]";
const SIGN = `(?:${anyOf([...CURRENCIES.keys()].filter((word) => /[$€£¥₹₩]|^[a-z]{3}$|^rs/.test(word) && !/^(?:won|yen)$/.test(word)))})`;
const MARK = /[.,'’\u00a0\u202f ]/g;
const DIGITS = `\\d{1,3}(?:${SPACE}\\d{3})+(?!\\d)(?:[.,]\\d+)?|\\d+(?:[.,'’]\\d+)*`;
const UNDER_HUNDRED = `(?:${anyOf(TENS.split(" "))}(?:[ -]${anyOf(ONES.split(" ").slice(1, 10))})?|${anyOf(ONES.split(" "))})(?!\\p{L})`;
const WRITTEN = `(?<!of )(?:half )?an?(?= (?:hundred|thousand|million|billion|trillion|dozen)\\b)|${UNDER_HUNDRED}(?: hundred and ${UNDER_HUNDRED})?`;

/** A number with the sign before it, or written out: not within a word, an address, a date or the name of a paragraph. */
const NUMBER = new RegExp(
  `(?<![\\p{L}\\p{N}.,:/§#_&]|\\p{L}-)(?:(${SIGN})${SPACE}?)?(${DIGITS})|(?<![\\p{L}\\p{N}-])(${WRITTEN})`,
  "giu",
);
const SCALE = new RegExp(
  `(?:(?:${SPACE}|-)?(${anyOf([...SCALES.keys(), ...LONG_SCALES.keys(), "dozen"])})|(${anyOf(LETTERS.keys())}))(?![\\p{L}\\p{N}])`,
  "iuy",
);
const UNIT = new RegExp(
  `(?:${SPACE}de${SPACE}|${SPACE}d['’]|${SPACE}|-)?(${anyOf(UNITS.keys())})(?![\\p{L}\\p{N}]|[- ]old\\b| of age\\b)`,
  "iuy",
);
/** Words behind a number, of which one is counted: `1,200 full-time jobs`. */
const COUNTED = /[ \u00a0-](\p{Ll}[\p{Ll}’'-]{2,40}(?: \p{Ll}[\p{Ll}’'-]{2,40}){0,2})/uy;
/** What has a number for its name counts nothing: `section 5 requires`. */
const NUMBERED =
  /(?:^|[^\p{L}])(?:sections?|sec\.|articles?|art\.|title|chapter|part|rule|clause|paragraph|annex|nos?\.|page|phase|level|round|form|version)\s$/iu;

/** The quantities of a text, in order, as its language writes them. */
export function amountsIn(text: string, language?: string | null): readonly Amount[] {
  const found: Amount[] = [];
  let last = 0;
  for (const match of text.matchAll(NUMBER)) {
    const amount = match.index < last ? null : amountAt(text, match, language);
    if (amount === null) continue;
    found.push(amount);
    last = amount.end;
  }
  return found;
}

function amountAt(text: string, match: RegExpExecArray, language: string | null | undefined): Amount | null {
  const [whole, sign, digits, written] = match;
  let value = digits === undefined ? valueOfWords(written!) : valueOfDigits(digits, language);
  if (value === null) return null;
  let end = match.index + whole.length;
  const scaled = (at: number): readonly [times: number, length: number] | null => {
    const scale = stickyAt(SCALE, text, at);
    return scale === null ? null : [scaleOf(scale, language), scale[0].length];
  };
  for (let scale = scaled(end); scale !== null; scale = scaled(end)) {
    // 1.1 million are 1,100,000 to the last digit.
    value = Number((value * scale[0]).toPrecision(PRECISION));
    end += scale[1];
  }
  const bare = end === match.index + whole.length;
  // `5G`, `1st` and `1990s` are names.
  if (bare && digits !== undefined && /\p{L}/u.test(text.charAt(end)) && stickyAt(UNIT, text, end) === null)
    return null;
  const start = match.index;
  if (sign !== undefined) return { start, end, value, unit: CURRENCIES.get(sign.toLowerCase())!, counted: null };
  const unit = stickyAt(UNIT, text, end);
  if (unit !== null) {
    return { start, end: end + unit[0].length, value, unit: UNITS.get(unit[1]!.toLowerCase())!, counted: null };
  }
  // `one` by itself is a pronoun.
  if (bare && written?.toLowerCase() === "one") return null;
  const isYear = bare && /^(?:19|20)\d\d$/.test(digits ?? "");
  const before = text.slice(Math.max(0, start - 12), start);
  const named = isYear || NUMBERED.test(before) || monthNamed(/\p{L}{3,10}(?=\.? $)/u.exec(before)?.[0] ?? "") !== null;
  const counted = named ? null : countedAt(text, end);
  return { start, end: end + (counted?.length ?? 0), value, unit: null, counted: counted?.noun ?? null };
}

function stickyAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

function scaleOf([, word, letter]: RegExpExecArray, language: string | null | undefined): number {
  if (letter !== undefined) return LETTERS.get(letter.toLowerCase())!;
  const lower = word!.toLowerCase();
  if (lower === "dozen") return 12;
  const long = language != null && LONG_SCALE.has(language) ? LONG_SCALES.get(lower) : undefined;
  return long ?? SCALES.get(lower) ?? LONG_SCALES.get(lower)!;
}

/**
 * The noun among the words behind a number, in the singular: the first plural, or else the last of two; `length` goes to its end.
 */
function countedAt(text: string, at: number): { readonly noun: string; readonly length: number } | null {
  const words = stickyAt(COUNTED, text, at)?.[1]?.split(" ") ?? [];
  const end = words.findIndex((word) => FUNCTION_WORDS.has(word) || OPENERS.has(word));
  const nouns = end < 0 ? words : words.slice(0, end);
  const plural = nouns.findIndex((word) => /[^su]s$/.test(word));
  const last = plural < 0 ? Math.min(1, nouns.length - 1) : plural;
  const noun = nouns[last]?.replace(/s$/, "");
  return noun === undefined || monthNamed(nouns[0]!) !== null
    ? null
    : { noun, length: nouns.slice(0, last + 1).join(" ").length + 1 };
}

/** `twenty-one`, `two hundred and fifty`, the `half a` of `half a million`. */
function valueOfWords(written: string): number {
  const [before = "", after] = written.toLowerCase().split(" hundred and ");
  if (/^(?:half )?an?$/.test(before)) return before.startsWith("half") ? 0.5 : 1;
  const sum = (words: string) => words.split(/[ -]/).reduce((total, word) => total + (WORDS.get(word) ?? 0), 0);
  return after === undefined ? sum(before) : 100 * sum(before) + sum(after);
}

/**
 * The value of digits with whatever parts thousands and decimals in them; null where no language writes a number so: a date, a
 * version.
 */
function valueOfDigits(digits: string, language: string | null | undefined): number | null {
  const groups = digits.split(MARK);
  const marks: readonly string[] = digits.match(MARK) ?? [];
  const last = marks.at(-1);
  const tail = groups.at(-1)!;
  const ownMark = language != null && DECIMAL_COMMA.has(language) ? "," : ".";
  const isDecimal =
    (last === "." || last === ",") &&
    marks.indexOf(last) === marks.length - 1 &&
    (marks.length > 1 || last === ownMark || tail.length < 3 || groups[0] === "0");
  const whole = isDecimal ? groups.slice(0, -1) : groups;
  const isGrouped = whole.every((group, at) =>
    at === 0 ? group.length <= 3 : group.length === 3 || (group.length === 2 && at < whole.length - 1),
  );
  const oneMark = new Set(isDecimal ? marks.slice(0, -1) : marks).size <= 1;
  if (whole.length > 1 && !(isGrouped && oneMark)) return null;
  return Number(`${whole.join("")}${isDecimal ? `.${tail}` : ""}`);
}

/** What an amount is of; null where a number says nothing of that. Only amounts of one kind can differ. */
export const kindOf = ({ unit, counted }: Amount): string | null => unit ?? counted;

/** Equal for amounts that say the same, however they are written. */
export function keyOf(amount: Amount): string {
  const { unit, value } = amount;
  const [hours, months] = [IN_HOURS[unit ?? ""], IN_MONTHS[unit ?? ""]];
  if (hours !== undefined) return `hour ${value * hours}`;
  return months === undefined ? `${kindOf(amount)} ${value}` : `month ${value * months}`;
}
