import type { Span } from "#model/tag.ts";
import { DAY_MS } from "#model/time.ts";
import { fold } from "./tokens.ts";

/** A day that a text names; `day` and `until`, the last of a range or the same, are counted from 1970. */
export type Day = Span & {
  readonly day: number;
  readonly until: number;
  /** Its year stands there; else it is the one that fits when the text was written. */
  readonly dated: boolean;
};

/**
 * The names of the months in the languages of feeds, accents dropped, as they stand beside a day; and abbreviations that are no
 * beginning of theirs, or of two. `listopad` is October in Croatian.
 */
const MONTHS = [
  "january januar januari jaanuar janvier enero gennaio janeiro ianuarie tammikuuta styczen stycznia leden ledna sijecanj sijecnja sausio ocak января януари січень січня ιανουαριου",
  "february februar februari veebruar fevrier febrero febbraio fevereiro februarie helmikuuta luty lutego unor unora veljaca veljace vasario subat февраля февруари лютий лютого φεβρουαριου",
  "march marz maerz mrz mars marzo marco maart mrt marts martie marcius maaliskuuta marzec marca marec brezen brezna ozujak ozujka kovo mart марта березень березня μαρτιου",
  "april avril abril aprile aprilie aprilis huhtikuuta kwiecien kwietnia duben dubna travanj travnja balandzio nisan апреля квітень квітня απριλιου",
  "may mai mayo maggio maio mei maj majus toukokuuta maja kveten kvetna svibanj svibnja geguzes mayıs мая май травень травня μαιου",
  "june juni juuni juin junio giugno junho iunie junius kesakuuta czerwiec czerwca cerven cervna lipanj lipnja birzelio haziran июня юни червень червня ιουνιου",
  "july juli juuli juillet julio luglio julho iulie julius heinakuuta lip lipiec lipca cervenec cervence srpanj srpnja liepos temmuz июля юли липень липня ιουλιου",
  "august aout agosto augustus augusti augusztus elokuuta sierpien sierpnia srp srpen srpna kolovoz kolovoza avgust rugpjucio agustos августа серпень серпня αυγουστου",
  "september septembre septiembre settembre setembro septembrie szeptember syyskuuta wrzesien wrzesnia zari rujan rujna rugsejo eylul сентября септември вересень вересня σεπτεμβριου",
  "october octobre octubre ottobre outubro oktober oktoober octombrie lokakuuta pazdziernik pazdziernika rijen rijna spalio ekim октября октомври жовтень жовтня οκτωβριου",
  "november novembre noviembre novembro noiembrie marraskuuta listopad listopada listopadu studeni studenoga lapkricio kasım ноября ноември листопада νοεμβριου",
  "december decembre diciembre dicembre dezembro dezember desember detsember decembrie joulukuuta grudzien grudnia prosinec prosince prosinac prosinca gruodzio aralık декабря декември грудень грудня δεκεμβριου",
];

const NAMES = new Map(MONTHS.flatMap((names, at) => names.split(" ").map((name) => [fold(name), at + 1] as const)));
/** Letters that tell a month; of two months that begin alike the earlier is meant. */
const FEWEST_LETTERS = 3;
const BEGINNINGS = new Map<string, number>();
for (const [name, month] of NAMES) {
  for (let end = FEWEST_LETTERS; end <= name.length; end++) {
    if (!BEGINNINGS.has(name.slice(0, end))) BEGINNINGS.set(name.slice(0, end), month);
  }
}
/** Abbreviations that stand in prose. */
const SHORT = "jan feb mar apr jun jul aug sep sept oct nov dec";

const ORDINALS = new Map(
  (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth " +
    "seventeenth eighteenth nineteenth twentieth twenty-first twenty-second twenty-third twenty-fourth twenty-fifth twenty-sixth " +
    "twenty-seventh twenty-eighth twenty-ninth thirtieth thirty-first"
  )
    .split(" ")
    .map((word, at) => [word, at + 1]),
);

const WEEKDAYS = "sunday monday tuesday wednesday thursday friday saturday".split(" ");
const RELATIVE: Readonly<Record<string, number>> = {
  yesterday: -1,
  gestern: -1,
  hier: -1,
  today: 0,
  tonight: 0,
  heute: 0,
  tomorrow: 1,
  demain: 1,
};

/** The month whose name a word is, in any of the languages, or null. */
export function monthNamed(word: string): number | null {
  const plain = fold(word);
  return NAMES.get(plain) ?? (SHORT.split(" ").includes(plain) ? BEGINNINGS.get(plain.slice(0, 3))! : null);
}

/** The month that a word in a date is meant for: the one it names, or else one whose name begins so. */
export function monthOf(word: string): number | null {
  const named = monthNamed(word);
  if (named !== null) return named;
  const plain = fold(word);
  for (let end = Math.min(plain.length, 12); end >= FEWEST_LETTERS; end--) {
    const month = BEGINNINGS.get(plain.slice(0, end));
    if (month !== undefined) return month;
  }
  return null;
}

export const isWeekday = (word: string): boolean => WEEKDAYS.includes(word.toLowerCase());

/** A day that exists, counted from 1970, or null. */
export function dayNumber(year: number, month: number, date: number): number | null {
  const at = new Date(Date.UTC(year, month - 1, date));
  return at.getUTCMonth() === month - 1 && at.getUTCDate() === date ? at.getTime() / DAY_MS : null;
}

/** The day on which something was, counted from 1970. */
export const dayOf = (date: Date): number => Math.floor(date.getTime() / DAY_MS);

/** `2026-11-24`. */
export const isoDay = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);

/** Made once: a page has hundreds of days, and making it takes longer than writing ten of them. */
const DAY_TEXT = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });

/** `24 Nov 2026`: a day that nobody reads in another order. */
export const dayText = (date: Date): string => DAY_TEXT.format(date);

/** `24 Nov 2026, 08:00 UTC` */
export const dateText = (date: Date): string => `${dayText(date)}, ${date.toISOString().slice(11, 16)} UTC`;

const GAP = "[ \\u00a0\\u202f]";
const WORD = "\\p{L}[\\p{L}\\p{M}]{2,12}";
const DATE = `(\\d{1,2}|${[...ORDINALS.keys()].toReversed().join("|")})`;
const TO_DATE = "(?:[–-](\\d{1,2}))?";
const SUFFIX = "(?:st|nd|rd|th|er|[.ºª])?";
const OF = "(?:of |de |d['’])?";
const YEAR = `(?:(?: ?,)?${GAP}(?:del? )?(\\d{4})(?!\\d))`;
const YEAR_FIRST =
  /(?<!\d)(\d{4})(?:([-/.]) ?(\d{1,2})\2 ?(\d{1,2})(?!\d)| ?[年년] ?(\d{1,2}) ?[月월] ?(\d{1,2}) ?[日일])/gu;
const NUMBERS = /(?<![\d.])(\d{1,2}) ?([./-]) ?(\d{1,2}) ?\2 ?(\d{4}|\d\d)(?!\d)/gu;
const COMPACT = /(?<!\d)((?:19|20)\d\d)(\d\d)(\d\d)(?!\d)/gu;
const DAY_FIRST = new RegExp(
  `(?<![\\p{L}\\d.,$€£/-])${DATE}${TO_DATE}${SUFFIX}${GAP}{1,3}${OF}(${WORD})\\.?${YEAR}?(?!\\p{L})`,
  "giu",
);
const MONTH_FIRST = new RegExp(
  `(?<![\\p{L}\\d-])(${WORD})\\.?${GAP}{1,3}(?:the )?${DATE}${TO_DATE}${SUFFIX}(?![\\p{L}\\d%]|[.,:]\\d)${YEAR}?`,
  "giu",
);
const BESIDE_TODAY = new RegExp(
  `(?<![\\p{L}-])(?:(${Object.keys(RELATIVE).join("|")})|(by|until|this|coming|last|past) (${WEEKDAYS.join("|")}))(?![\\p{L}-])`,
  "giu",
);

/** A day whose year does not stand there is the next one, if it comes within so many days, or else was the last. */
const NEXT_DAYS = 300;

/** When a text was written, as its days are read by; how the numbers of a date are ordered, and whether eight digits are one. */
export type Reckoning = {
  /** The day, counted from 1970. Null: days that no year stands with are not read. */
  readonly written: number | null;
  /** `03/04/2026` is the 4th of March. Left out, what can be read in two ways is not read. */
  readonly monthFirst?: boolean;
  readonly compact?: boolean;
};

/** The days that a text names, in order, in words and in figures. */
export function daysIn(text: string, { written, monthFirst, compact = false }: Reckoning): readonly Day[] {
  const found: Day[] = [];
  const add = (match: RegExpExecArray, day: number | null, dated = true, days = 0) => {
    const [start, end] = [match.index, match.index + match[0].length];
    if (day !== null) found.push({ start, end, day, until: day + Math.max(0, days), dated });
  };
  const named = (
    match: RegExpExecArray,
    word: string,
    date: string,
    to: string | undefined,
    year: string | undefined,
  ) => {
    const on = ORDINALS.get(date.toLowerCase()) ?? Number(date);
    const days = to === undefined ? 0 : Number(to) - on;
    if (year !== undefined) {
      const month = monthOf(word);
      return add(match, month && dayNumber(Number(year), month, on), true, days);
    }
    // `may 20` and `march 3` are verbs.
    const month = word === "may" || word === "march" ? null : monthNamed(word);
    add(match, month && written && nearest(month, on, written), false, days);
  };
  for (const match of text.matchAll(YEAR_FIRST)) {
    const [, year, , month = match[5], date = match[6]] = match;
    add(match, dayNumber(Number(year), Number(month), Number(date)));
  }
  for (const match of text.matchAll(NUMBERS)) {
    const [, first, mark, second, year = ""] = match;
    const [a, b] = [Number(first), Number(second)];
    const isAmerican = b > 12 || (a <= 12 && mark === "/" && monthFirst === true);
    if (mark === "/" ? a <= 12 && b <= 12 && a !== b && monthFirst === undefined : year.length < 4) continue;
    const full = Number(year) + (year.length === 2 ? 2_000 : 0);
    add(match, isAmerican ? dayNumber(full, a, b) : dayNumber(full, b, a));
  }
  if (compact) {
    for (const match of text.matchAll(COMPACT))
      add(match, dayNumber(Number(match[1]), Number(match[2]), Number(match[3])));
  }
  for (const match of text.matchAll(DAY_FIRST)) named(match, match[3]!, match[1]!, match[2], match[4]);
  for (const match of text.matchAll(MONTH_FIRST)) named(match, match[1]!, match[2]!, match[3], match[4]);
  if (written !== null) {
    for (const match of text.matchAll(BESIDE_TODAY)) add(match, besideToday(match, written), false);
  }
  return found.sort((a, b) => a.start - b.start || b.end - a.end).filter(isFirst);
}

/** Of matches that overlap the first counts, and of those the longest. */
const isFirst = ({ start }: Day, at: number, days: readonly Day[]): boolean => at === 0 || start >= days[at - 1]!.end;

function nearest(month: number, date: number, written: number): number | null {
  const year = new Date(written * DAY_MS).getUTCFullYear();
  const days = [year - 1, year, year + 1].flatMap((each) => dayNumber(each, month, date) ?? []);
  return days.findLast((day) => day - written <= NEXT_DAYS) ?? null;
}

/** `next Tuesday` is said of two days, and of `on Tuesday` the verb says whether it is past: neither is read. */
function besideToday([, relative, which = "", weekday = ""]: RegExpExecArray, written: number): number {
  if (relative !== undefined) return written + RELATIVE[relative.toLowerCase()]!;
  return weekdayFrom(written, weekday) - (/^(?:last|past)$/i.test(which) ? 7 : 0);
}

/** The first such weekday from a day on; the first of January 1970 was a Thursday. */
const weekdayFrom = (day: number, weekday: string): number =>
  day + ((WEEKDAYS.indexOf(weekday.toLowerCase()) - ((day + 4) % 7) + 7) % 7);

/** A weekday alone: beside "next", "last" or a date it says something else, or nothing of its own. */
const BARE_WEEKDAY = new RegExp(
  `(?<![\\p{L}-])(?<!\\b(?:next|last|past|this|coming|by|until|every|each) )(${WEEKDAYS.join("|")})(?!['’\\p{L}-]|,? (?:\\p{L}{3,12}\\.? )?\\d)`,
  "giu",
);

/** The days that bare weekdays of a text are, where it speaks of what is to come: none for the weekday on which it was written. */
export function weekdaysAhead(text: string, written: number): readonly Day[] {
  return [...text.matchAll(BARE_WEEKDAY)].flatMap((match) => {
    const day = weekdayFrom(written, match[1]!);
    const [start, end] = [match.index, match.index + match[0].length];
    return day === written ? [] : [{ start, end, day, until: day, dated: false }];
  });
}

/** Oldest web page that we believe a date of. */
const FIRST_DAY = dayNumber(1995, 1, 1)!;

/** The first day that a text names with its year, as `2026-11-24`, or null. */
export function dayIn(text: string, { monthFirst = false, compact = false } = {}): string | null {
  const first = daysIn(text, { written: null, monthFirst, compact }).find(({ day }) => day >= FIRST_DAY);
  return first === undefined ? null : isoDay(first.day);
}
