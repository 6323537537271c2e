import type { Memo, MemoChange, MemoDay, MemoPoint, MemoQuiet, MemoSource, Some } from "#model/memo.ts";
import { gapText, memoCount, memoTitle, moreText } from "#pipeline/memo/words.ts";
import { statusText } from "#pipeline/words.ts";
import { dayText } from "#text/calendar.ts";
import { seenText } from "#text/seen.ts";
import { type Block, type Draft, dotted, type Line, plain, said, strong, words } from "./draft.ts";

/** What a period brought of what `of` says, by friction point. The Markdown file has it with what each side said. */
export function memoDraft(memo: Memo, of: string): Draft {
  const title = memoTitle(memo);
  const moved = memo.points.filter(({ changes }) => changes.of > 0);
  const still = memo.points.filter(({ changes }) => changes.of === 0);
  return {
    notice: `${title} · ${memoCount(memo)}`,
    title: plain(title),
    blocks: [
      { as: "text", lines: [[plain(`${seenText(of)}. ${memoCount(memo)}.`)]], weight: 10 },
      ...moved.flatMap(pointBlocks),
      ...stillBlocks(still),
      ...gapBlocks(memo),
    ],
  };
}

function pointBlocks({ name, changes, days, quiet }: MemoPoint): readonly Block[] {
  return [
    heading(name),
    ...changes.shown.map((change, at): Block => item(changeLines(change), at === 0 ? 9 : 8, "development")),
    ...rest(changes),
    ...days.shown.map((day): Block => item([dayLine(day)], 7, "deadline")),
    ...quiet.shown.map((story): Block => item([quietLine(story)], 4, "quiet matter")),
  ];
}

/** Points on which nothing moved, by what went quiet and what is to come. */
function stillBlocks(points: readonly MemoPoint[]): readonly Block[] {
  const blocks = points.flatMap(({ name, days, quiet }): readonly Block[] =>
    [...quiet.shown.map(quietLine), ...days.shown.map(dayLine)].map((line) =>
      item([[strong(name), plain(" · "), ...line]], 5, "line"),
    ),
  );
  return blocks.length === 0 ? [] : [heading("Points on which nothing moved"), ...blocks];
}

function gapBlocks({ gaps }: Memo): readonly Block[] {
  const blocks = gaps.map((gap): Block => item([[said(gap.outlet), plain(`: ${gapText(gap)}`)]], 6, "feed"));
  return blocks.length === 0 ? [] : [heading("Feeds that were not read"), ...blocks];
}

const heading = (name: string): Block => ({ as: "heading", lines: [[strong(name)]], weight: 9.5 });

const item = (lines: readonly Line[], weight: number, counted: string): Block => ({
  as: "item",
  lines,
  weight,
  counted,
});

const rest = (some: Some<unknown>): readonly Block[] =>
  moreText(some) === "" ? [] : [{ as: "small", lines: [[plain(moreText(some))]], weight: 8 }];

const sourceLine = ({ outlet, url, day }: MemoSource): Line => [said(outlet, url), plain(`, ${dayText(day)}`)];

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
