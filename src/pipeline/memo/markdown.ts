import { pagesText } from "#model/citation.ts";
import type { Memo, MemoChange, MemoDay, MemoPoint, MemoQuiet, MemoSide, MemoSource, Some } from "#model/memo.ts";
import { dayText } from "#text/calendar.ts";
import { markdownLink, markdownText } from "#text/markdown.ts";
import { gapText, memoCount, memoTitle, moreText, voiceText } from "./words.ts";

/** Feeds that are named; of more the number says enough. */
const MOST_GAPS = 20;

/** A memo as a Markdown file: by friction point what changed, both sides in their own words, and the next dates; each with its source. */
export function memoMarkdown(memo: Memo, of: string): string {
  const moved = memo.points.filter(({ changes }) => changes.of > 0);
  const still = memo.points.filter(({ changes }) => changes.of === 0);
  const blocks = [
    `# ${memoTitle(memo)}`,
    `${markdownText(of)}. ${memoCount(memo)}.`,
    ...moved.flatMap(pointBlocks),
    ...stillBlocks(still),
    ...gapBlocks(memo),
  ];
  return `${blocks.join("\n\n")}\n`;
}

function pointBlocks({ name, changes, comments, sides, days, quiet }: MemoPoint): readonly string[] {
  return [
    `## ${markdownText(name)}`,
    listOf("What changed", changes, changeItem),
    ...(sides.length === 0 ? [] : [sidesBlock(sides)]),
    ...(days.of === 0 ? [] : [listOf("Next dates", days, dayItem)]),
    ...(quiet.of === 0 ? [] : [listOf("Went quiet", quiet, quietItem)]),
    ...(comments.of === 0 ? [] : [listOf("Analysis and opinion", comments, changeItem)]),
  ];
}

/** Points on which nothing moved, with what is to come and what was thought of them. */
function stillBlocks(points: readonly MemoPoint[]): readonly string[] {
  if (points.length === 0) return [];
  const lines = points.flatMap(({ name, comments, quiet, days }) => [
    `### ${markdownText(name)}`,
    [...itemsOf(quiet, quietItem), ...itemsOf(days, dayItem), ...itemsOf(comments, changeItem)].join("\n"),
  ]);
  return ["## Points on which nothing moved", ...lines];
}

function gapBlocks({ gaps }: Memo): readonly string[] {
  if (gaps.length === 0) return [];
  const lines = itemsOf(
    { shown: gaps.slice(0, MOST_GAPS), of: gaps.length },
    (gap) => `${markdownText(gap.outlet)}: ${gapText(gap)}`,
  );
  return ["## Feeds that were not read", "What they published then is missing here.", lines.join("\n")];
}

const listOf = <T>(heading: string, some: Some<T>, item: (one: T) => string): string =>
  `### ${heading}\n\n${itemsOf(some, item).join("\n")}`;

function itemsOf<T>(some: Some<T>, item: (one: T) => string): readonly string[] {
  const more = moreText(some);
  return [...some.shown.map((one) => `- ${item(one)}`), ...(more === "" ? [] : [`- … ${more}`])];
}

const sourceText = ({ outlet, url, day, pages }: MemoSource): string =>
  [markdownLink(markdownText(outlet), url), ...(pages ? [pagesText(pages)] : []), dayText(day)].join(", ");

const dotted = (parts: readonly (string | null)[]): string =>
  parts.filter((part) => part !== null && part !== "").join(" · ");

function changeItem(change: MemoChange): string {
  const { stage, certainty, places, moved, line, url, isSaid, sentence, source, outlets, also, storyId } = change;
  const head = dotted([
    stage === null ? null : `**${markdownText(stage)}**`,
    ...[certainty, moved, places.join(", ")].map((part) => part && markdownText(part)),
  ]);
  const what = [
    ...(isSaid && sentence !== null ? [] : [markdownLink(markdownText(line), url)]),
    ...(sentence === null ? [] : [markdownText(sentence)]),
  ];
  const foot = dotted([
    sourceText(source),
    outlets > 1 ? `${outlets} outlets` : null,
    also.length === 0 ? null : `also ${markdownText(also.join(", "))}`,
    `story ${storyId}`,
  ]);
  return `${head === "" ? "" : `${head}: `}${what.join(" — ")} (${foot})`;
}

function sidesBlock(sides: readonly MemoSide[]): string {
  const lines = sides.flatMap(({ side, voices }) => {
    const head = side === null ? "" : `**${markdownText(side)}** · `;
    return voices.length === 0
      ? [`- **${markdownText(side ?? "")}** · nobody was quoted`]
      : voices.map((voice) => `- ${head}${voiceText(voice, markdownText)} (${sourceText(voice.source)})`);
  });
  return `### In their own words\n\n${lines.join("\n")}`;
}

const dayItem = ({ day, what, quote, source, storyId }: MemoDay): string =>
  `**${dayText(day)}** ${markdownText(what)}: “${markdownText(quote)}” (${dotted([sourceText(source), `story ${storyId}`])})`;

const quietItem = ({ title, url, stage, movedOn, storyId }: MemoQuiet): string =>
  `${markdownLink(markdownText(title), url)} (${dotted([stage === null ? null : markdownText(stage), `moved last on ${dayText(movedOn)}`, `story ${storyId}`])})`;
