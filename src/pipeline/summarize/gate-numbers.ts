import type { Word } from "./gate-words.ts";

const UNITS =
  "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(
    " ",
  );
const TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split(" ");
const ORDINALS = "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split(" ");
const NAMED = new Map<string, number>([
  ...UNITS.map((name, i) => [name, i] as const),
  ...TENS.map((name, i) => [name, 20 + 10 * i] as const),
  ...ORDINALS.map((name, i) => [name, i] as const),
  ["dozen", 12],
  ["dozens", 12],
  ["half", 0.5],
  ["quarter", 0.25],
  ["thirds", 2 / 3],
  ["twice", 2],
  ["double", 2],
  ["doubled", 2],
  ["triple", 3],
  ["tripled", 3],
]);
/** `one` is more often a pronoun, `first` and `second` are order. */
const NO_NUMBER = new Set(["one", "first", "second"]);

const SCALES: Readonly<Record<string, number>> = {
  hundred: 1e2,
  hundreds: 1e2,
  thousand: 1e3,
  thousands: 1e3,
  million: 1e6,
  millions: 1e6,
  billion: 1e9,
  billions: 1e9,
  bn: 1e9,
  trillion: 1e12,
};

export type Amount = {
  readonly value: number;
  /** What it counts: the stems of the words right behind it, up to the next comma. */
  readonly counted: readonly string[];
};

/** `12 large frontier developers`: what is counted stands this near. */
const COUNTED_WITHIN = 4;

/** The value of a word: `3,200`, `72-hour`, `2.1`, `12th`, `twenty-one`; null when it is no number. */
function amountOf(lower: string): number | null {
  const digits = /^(\d[\d,]*(?:\.\d+)?)(?:st|nd|rd|th|m|bn|k|s)?$/.exec(lower);
  if (digits !== null) {
    const scale = lower.endsWith("bn") ? 1e9 : lower.endsWith("m") ? 1e6 : lower.endsWith("k") ? 1e3 : 1;
    return Number(digits[1]!.replaceAll(",", "")) * scale;
  }
  if (NO_NUMBER.has(lower)) return null;
  const known = NAMED.get(lower);
  if (known !== undefined) return known;
  const [ten, unit] = lower.split("-");
  const a = NAMED.get(ten!);
  const b = NAMED.get(unit ?? "");
  return a !== undefined && a >= 20 && b !== undefined && b < 10 ? a + b : null;
}

type Part = { readonly lower: string; readonly stem: string; readonly joined: boolean };

/** Every number of a text with what it counts. A hyphen joins a number to its unit: `72-hour`. */
export function amountsIn(words: readonly Word[]): readonly Amount[] {
  const parts = words.flatMap(({ lower, stem, joined }): readonly Part[] => {
    if (!lower.includes("-") || amountOf(lower) !== null) return [{ lower, stem, joined }];
    return lower.split("-").map((part, i) => ({ lower: part, stem: part, joined: joined || i > 0 }));
  });
  const found: Amount[] = [];
  for (let i = 0; i < parts.length; i++) {
    const { lower } = parts[i]!;
    let value = amountOf(lower) ?? (lower in SCALES ? 1 : null);
    if (value === null) {
      // `SB53`, `GPT4`, `Q3`: the digits belong to a name, but they are still digits.
      for (const run of lower.match(/\d+/g) ?? []) found.push({ value: Number(run), counted: [] });
      continue;
    }
    let at = lower in SCALES ? i : i + 1;
    while (at < parts.length && parts[at]!.lower in SCALES) value *= SCALES[parts[at++]!.lower]!;
    const counted: string[] = [];
    for (const part of parts.slice(at, at + COUNTED_WITHIN)) {
      if (!part.joined) break;
      counted.push(part.stem.replace(/s$/, ""));
    }
    found.push({ value, counted });
    i = at - 1;
  }
  return found;
}

/** The same number, written to another precision: not a rounder one. */
export const isSame = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a));

const MONEY = /([$€£¥])\s?(\d[\d,]*(?:\.\d+)?)/gu;
const PERCENT = /(\d[\d,]*(?:\.\d+)?)\s?(?:%|percent\b|per cent\b)/giu;

/** What money and shares a text gives: `$3.2`, `12%`. */
export function marksIn(text: string): ReadonlySet<string> {
  const plain = (digits: string) => String(Number(digits.replaceAll(",", "")));
  return new Set([
    ...[...text.matchAll(MONEY)].map(([, sign, digits]) => `${sign}${plain(digits!)}`),
    ...[...text.matchAll(PERCENT)].map(([, digits]) => `${plain(digits!)}%`),
  ]);
}

const BOUNDS =
  /\b(within|after|before|until|over|under|above|below|at least|at most|more than|less than|fewer than|up to|nearly|almost|about|roughly|only|maximum of|minimum of|by)\s+(?:[$€£¥]\s?)?(\d[\d,]*(?:\.\d+)?|\p{L}+)/giu;

/** What bounds a number: `within 72` is not `after 72`. */
export function boundsIn(text: string): ReadonlySet<string> {
  return new Set(
    [...text.matchAll(BOUNDS)]
      .filter(([, , amount]) => amountOf(amount!.toLowerCase()) !== null)
      .map(([, bound, amount]) => `${bound!.toLowerCase()} ${amountOf(amount!.toLowerCase())}`),
  );
}

const MONTH =
  "(?<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)";
const DATES: readonly RegExp[] = [
  new RegExp(`\\b(?<day>\\d{1,2})(?:st|nd|rd|th)?\\.? (?:of )?${MONTH}\\b\\.?(?:,? (?<year>\\d{4}))?`, "giu"),
  new RegExp(`\\b${MONTH}\\.? (?<day>\\d{1,2})(?:st|nd|rd|th)?\\b(?:,? (?<year>\\d{4}))?`, "giu"),
  new RegExp(`\\b${MONTH}\\.?,? (?:of )?(?<year>\\d{4})\\b`, "giu"),
];
const RELATIVE =
  /\b(?:yesterday|today|tomorrow|tonight|(?:next|last|this|later this|earlier this) (?:week|month|year|spring|summer|autumn|fall|winter|quarter|session))\b/giu;

/** The days, months and relative times of a text: `1 mar`, `mar 2027`, `next week`. */
export function datesIn(text: string): ReadonlySet<string> {
  const found = new Set<string>();
  for (const pattern of DATES) {
    for (const match of text.matchAll(pattern)) {
      const { day, month, year } = match.groups!;
      const key = month!.slice(0, 3).toLowerCase();
      if (day !== undefined) found.add(`${Number(day)} ${key}`);
      if (year !== undefined) found.add(`${key} ${year}`);
    }
  }
  for (const [relative] of text.matchAll(RELATIVE)) found.add(relative.toLowerCase());
  return found;
}
