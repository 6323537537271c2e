import { pagesText } from "#model/citation.ts";
import type {
  Memo,
  MemoChange,
  MemoDay,
  MemoPoint,
  MemoQuiet,
  MemoSide,
  MemoSource,
  MemoVoice,
  Some,
} from "#model/memo.ts";
import { gapText, memoCount, memoTitle, moreText, voiceText } from "#pipeline/memo/words.ts";
import { statusText } from "#pipeline/words.ts";
import { dayText } from "#text/calendar.ts";
import { seenText } from "#text/seen.ts";
import { type Block, DOT, type Draft, dotted, type Line, plain, said, strong, WEIGHTS, words } from "./draft.ts";

/** What a period brought of what `of` says, by friction point, as its Markdown has it. */
export function memoDraft(memo: Memo, of: string): Draft {
  const title = memoTitle(memo);
  const moved = memo.points.filter(({ changes }) => changes.of > 0);
  const still = memo.points.filter(({ changes }) => changes.of === 0);
  return {
    notice: `${title} · ${memoCount(memo)}`,
    title: plain(title),
    blocks: [
      { as: "text", lines: [[plain(`${seenText(of)}. ${memoCount(memo)}.`)]], weight: WEIGHTS.state },
      ...moved.flatMap(pointBlocks),
      ...stillBlocks(still),
      ...gapBlocks(memo),
    ],
  };
}

const pointBlocks = ({ name, changes, sides, days, quiet, comments }: MemoPoint): readonly Block[] => [
  heading(name),
  ...itemsOf(changes, "development", changeLines),
  ...sides.flatMap(sideBlocks),
  ...itemsOf(days, "day", (day) => [dayLine(day)]),
  ...itemsOf(quiet, "quiet", (story) => [quietLine(story)]),
  ...itemsOf(comments, "comment", changeLines),
];

/** Points on which nothing moved, with what went quiet, what is to come and what was thought of them. */
function stillBlocks(points: readonly MemoPoint[]): readonly Block[] {
  const blocks = points.flatMap(({ name, days, quiet, comments }): readonly Block[] => {
    const named = (line: Line): Line => [strong(name), plain(DOT), ...line];
    return [
      ...itemsOf(quiet, "quiet", (story) => [named(quietLine(story))]),
      ...itemsOf(days, "day", (day) => [named(dayLine(day))]),
      ...itemsOf(comments, "comment", changeLines),
    ];
  });
  return blocks.length === 0 ? [] : [heading("Points on which nothing moved"), ...blocks];
}

function gapBlocks({ gaps }: Memo): readonly Block[] {
  const lines = { shown: gaps, of: gaps.length };
  const blocks = itemsOf(lines, "day", (gap) => [[said(gap.outlet), plain(`: ${gapText(gap)}`)]], "feed");
  return blocks.length === 0 ? [] : [heading("Feeds that were not read"), ...blocks];
}

const heading = (name: string): Block => ({ as: "heading", lines: [[strong(name)]], weight: WEIGHTS.moved });

/** What each is called where some are left out. */
const CALLED = { development: "development", day: "deadline", quiet: "quiet matter", comment: "comment" } as const;

/** A list, and how many more there are than the memo itself names. */
function itemsOf<T>(
  some: Some<T>,
  weighs: keyof typeof CALLED,
  linesOf: (one: T) => readonly Line[],
  counted: string = CALLED[weighs],
): readonly Block[] {
  const weight = WEIGHTS[weighs];
  const more = moreText(some);
  return [
    ...some.shown.map((one): Block => ({ as: "item", lines: linesOf(one), weight, counted })),
    ...(more === "" ? [] : [{ as: "small", lines: [[plain(more)]], weight } as const]),
  ];
}

/** What a side said, in its own words. */
function sideBlocks({ side, voices }: MemoSide): readonly Block[] {
  const head: Line = side === null ? [] : [strong(side), plain(DOT)];
  const lines =
    voices.length === 0 ? [[...head, plain("nobody was quoted")]] : voices.map((one) => [...head, ...voiceLine(one)]);
  return lines.map((line) => ({ as: "item", lines: [line], weight: WEIGHTS.voice, counted: "quote" }));
}

const voiceLine = (voice: MemoVoice): Line => [
  plain(`${voiceText(voice, seenText)} (`),
  ...sourceLine(voice.source),
  plain(")"),
];

const sourceLine = ({ outlet, url, pages, day }: MemoSource): Line => [
  said(outlet, url),
  plain([...(pages ? [pagesText(pages)] : []), dayText(day)].map((part) => `, ${part}`).join("")),
];

function changeLines(change: MemoChange): readonly Line[] {
  const { places, moved, line, url, isSaid, sentence, source, storyId } = change;
  const status = statusText(change);
  const head: readonly Line[] = [status === "" ? [] : [strong(status)], words(moved ?? ""), words(places.join(", "))];
  const what: readonly Line[] = [
    ...(isSaid && sentence !== null ? [] : [[said(line, url)]]),
    ...(sentence === null ? [] : [words(sentence)]),
  ];
  return [
    dotted([...head, ...what.slice(0, 1)]),
    ...what.slice(1),
    dotted([sourceLine(source), words(`story ${storyId}`)]),
  ];
}

const dayLine = ({ day, what, quote, source, storyId }: MemoDay): Line => [
  strong(dayText(day)),
  plain(` ${seenText(what)}: “${seenText(quote)}” (`),
  ...dotted([sourceLine(source), words(`story ${storyId}`)]),
  plain(")"),
];

const quietLine = ({ title, url, stage, movedOn, storyId }: MemoQuiet): Line => [
  said(title, url),
  plain(" ("),
  ...dotted([words(stage ?? ""), words(`moved last on ${dayText(movedOn)}`), words(`story ${storyId}`)]),
  plain(")"),
];
