import type { CitedPages } from "./citation.ts";
import { lastPeriod, minuteOf, momentOf, wallOf } from "./due.ts";
import { AT_ONCE, type Filter, type Manner } from "./subscription.ts";
import { DAY_MS, MINUTE_MS } from "./time.ts";

export const PERIODS = ["week", "month", "quarter"] as const;

export type Period = (typeof PERIODS)[number];

/** When a memo that was asked for once and for all comes, in the channel's own zone: the end of a working week. */
const MEMO_TIME = { mode: "weekly", at: "16:00", weekday: 5 } as const;

/** The last time at which the memos of a zone fell due, with its day counted from 1970. */
export function lastMemo(
  { timeZone }: Pick<Manner, "timeZone">,
  now: Date,
): { readonly at: Date; readonly day: number } {
  const { at } = lastPeriod({ ...AT_ONCE, ...MEMO_TIME, timeZone }, now)!;
  return { at, day: dayIn(at, timeZone) };
}

/** When the memo of a day was due. */
export const memoTime = (day: number, timeZone: string): Date =>
  momentOf(day * DAY_MS + (minuteOf(MEMO_TIME.at) ?? 0) * MINUTE_MS, timeZone);

const dayIn = (at: Date, timeZone: string): number => wallOf(at, timeZone).midnight / DAY_MS;

/** The day that it is in a zone, at midnight UTC, for what writes days. */
export const localDay = (at: Date, timeZone: string): Date => new Date(wallOf(at, timeZone).midnight);

/** When the period that ends at `until` began: the same time by the clocks of the zone, a week, a month or a quarter before. */
export function beginOf(period: Period, until: Date, timeZone: string): Date {
  const { midnight, minute } = wallOf(until, timeZone);
  const day = new Date(midnight);
  if (period === "week") day.setUTCDate(day.getUTCDate() - 7);
  else {
    const date = day.getUTCDate();
    day.setUTCMonth(day.getUTCMonth() - (period === "month" ? 1 : 3), 1);
    const last = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 0)).getUTCDate();
    day.setUTCDate(Math.min(date, last));
  }
  return momentOf(day.getTime() + minute * MINUTE_MS, timeZone);
}

/** What a memo is asked of. */
export type MemoAsked = {
  readonly filter: Filter;
  readonly period: Period;
  readonly until: Date;
  readonly timeZone: string;
};

/** Where words stand: the outlet, the address, and the day by the clocks of the memo's zone. */
export type MemoSource = {
  readonly outlet: string;
  readonly url: string;
  readonly day: Date;
  /** Of a document with pages, those on which the words stand; the address opens the first. */
  readonly pages?: Pick<CitedPages, "from" | "to">;
};

/** A story that moved, as it stands. */
export type MemoChange = {
  readonly storyId: number;
  /** `Adopted`, and `reported, unconfirmed`; null where no source says and where readers may take it as known. */
  readonly stage: string | null;
  readonly certainty: string | null;
  readonly places: readonly string[];
  /** `Threatened → Proposed`: the most telling of what moved in the time; null where it only opened. */
  readonly moved: string | null;
  /** What happened in one line, as a digest has it, and the page on which that stands. */
  readonly line: string;
  readonly url: string;
  /** Whether a sentence of its summary says all of that; then the line need not stand before it. */
  readonly isSaid: boolean;
  /** One sentence of its summary; null where there is none, or where it adds nothing to the line. */
  readonly sentence: string | null;
  readonly source: MemoSource;
  readonly outlets: number;
  /** Names of its further points. */
  readonly also: readonly string[];
};

/** What somebody said. */
export type MemoVoice = {
  readonly speaker: string;
  readonly office: string | null;
  /** In marks, or what they are said to have said. */
  readonly isVerbatim: boolean;
  readonly words: string;
  readonly source: MemoSource;
};

/** What one side of a point said; of the side that is null, who argues for none. */
export type MemoSide = { readonly side: string | null; readonly voices: readonly MemoVoice[] };

export type MemoDay = {
  readonly day: Date;
  /** `Hearing · moved from 17 Mar 2026`. */
  readonly what: string;
  readonly quote: string;
  readonly source: MemoSource;
  readonly storyId: number;
};

/** A story whose dispute moved in the time before and not in this one. */
export type MemoQuiet = {
  readonly storyId: number;
  readonly title: string;
  readonly url: string;
  readonly stage: string | null;
  readonly movedOn: Date;
};

/** Of each list the first, and how many there are. */
export type Some<T> = { readonly shown: readonly T[]; readonly of: number };

export type MemoPoint = {
  /** Null for stories on no friction point. */
  readonly id: string | null;
  readonly name: string;
  readonly changes: Some<MemoChange>;
  /** Analysis and opinion: told of, and no development. */
  readonly comments: Some<MemoChange>;
  readonly sides: readonly MemoSide[];
  readonly days: Some<MemoDay>;
  readonly quiet: Some<MemoQuiet>;
};

/** A feed that could not be read for some days of the time; `until` is null where it still cannot. */
export type MemoGap = {
  readonly outlet: string;
  readonly since: Date;
  readonly until: Date | null;
  readonly days: number;
};

/** What a period brought, of what was asked for: all names resolved, all days those of the zone, nothing looked up any more. */
export type Memo = {
  readonly period: Period;
  readonly from: Date;
  readonly until: Date;
  /** The days of the two. */
  readonly days: readonly [from: Date, until: Date];
  /** Points on which something moved first, those with most of weight first. */
  readonly points: readonly MemoPoint[];
  readonly gaps: readonly MemoGap[];
  /** Feeds that what was asked for reads, and that were listed by the end of the time. */
  readonly feeds: number;
};

/** Composes a memo from the store. */
export type MakeMemo = (asked: MemoAsked) => Promise<Memo>;

/** How many stories moved. */
export const developmentsOf = ({ points }: Pick<Memo, "points">): number =>
  points.reduce((sum, { changes }) => sum + changes.of, 0);
