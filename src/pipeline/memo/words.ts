import { developmentsOf, type Memo, type MemoGap, type MemoVoice, type Period } from "#model/memo.ts";
import { dayOf, dayText, isoDay } from "#text/calendar.ts";

const NAMES: Readonly<Record<Period, string>> = {
  week: "Weekly memo",
  month: "Monthly memo",
  quarter: "Quarterly memo",
};

const counted = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;

/** `Weekly memo · 20 Nov 2026 – 27 Nov 2026`, the days those of the zone. */
export const memoTitle = ({ period, days: [from, until] }: Pick<Memo, "period" | "days">): string =>
  `${NAMES[period]} · ${dayText(from)} – ${dayText(until)}`;

/** `9 developments on 4 points; 2 of 60 feeds not read`: silence is not "no news". */
export function memoCount(memo: Memo): string {
  const moved = memo.points.filter(({ id, changes }) => id !== null && changes.of > 0).length;
  const developments = developmentsOf(memo);
  const what =
    developments === 0
      ? "Nothing moved"
      : `${counted(developments, "development")} on ${counted(moved, "friction point")}`;
  const lost = new Set(memo.gaps.map(({ outlet }) => outlet)).size;
  const read =
    memo.feeds === 0
      ? "no feed is polled for it"
      : lost === 0
        ? "every feed was read"
        : `${lost} of ${counted(memo.feeds, "feed")} not read for a day or more`;
  return `${what}; ${read}`;
}

/** `not read since 24 Nov 2026, 3 days`. */
export function gapText({ since, until, days }: MemoGap): string {
  const long = counted(days, "day");
  return until === null
    ? `not read since ${dayText(since)}, ${long}`
    : `not read from ${dayText(since)} to ${dayText(until)}, ${long}`;
}

/** `and 3 more`; nothing where all is shown. */
export const moreText = ({ shown, of }: { readonly shown: readonly unknown[]; readonly of: number }): string =>
  of === shown.length ? "" : `and ${of - shown.length} more`;

/** `memo-2026-11-27-week.md`. */
export const memoFileName = ({ period, days: [, until] }: Pick<Memo, "period" | "days">): string =>
  `memo-${isoDay(dayOf(until))}-${period}.md`;

/** `A. Moss, Minister: “…”`, or what they are said to have said; foreign words as `shown` has them. */
export function voiceText({ speaker, office, isVerbatim, words }: MemoVoice, shown: (text: string) => string): string {
  const who = [speaker, office].flatMap((part) => part ?? []).map(shown);
  const said = isVerbatim ? `: “${shown(words)}”` : `${office === null ? "" : ","} said that ${shown(words)}`;
  return `${who.join(", ")}${said}`;
}
