import type { Card, Digest, QuietDay, Silences } from "#model/delivery.ts";
import { digestLine } from "#pipeline/summarize/digest-line.ts";
import {
  digestTitle,
  moreDevelopments,
  noticeText,
  quietText,
  silenceText,
  statusText,
  WITHIN_THE_HOUR,
} from "#pipeline/words.ts";
import { seenText } from "#text/seen.ts";
import { entryOf, MAX_NEWS, sentenceBlocks, sourceBlocks } from "./card.ts";
import { type Block, type Draft, dotted, plain, strong, WEIGHTS } from "./draft.ts";

/** A development a line; `told` with the sentences and sources of each, where there is room to read. */
export function digestDraft(digest: Digest, told: boolean): Draft {
  const title = digestTitle(digest);
  const [first] = digest.cards;
  const news =
    first === undefined
      ? null
      : noticeText({ stage: statusText(first) || null, title: digestLine(first).text }, MAX_NEWS);
  return {
    notice: [title, ...(news === null ? [] : [seenText(news)])].join(" · "),
    title: plain(title),
    blocks: digest.cards.flatMap(told ? toldEntry : entry),
  };
}

const entry = (card: Card): readonly Block[] => [
  { as: "item", lines: [dotted(entryOf(card))], weight: WEIGHTS.development, counted: "development" },
];

function toldEntry(card: Card): readonly Block[] {
  const [line, about] = entryOf(card);
  return [
    { as: "heading", lines: [line], weight: WEIGHTS.development, counted: "development" },
    { as: "small", lines: [about], weight: WEIGHTS.about },
    ...sentenceBlocks(card),
    ...sourceBlocks(card),
  ];
}

/** What so many stories moved, in one line. */
export function overflowDraft(stories: number): Draft {
  const title = moreDevelopments(stories);
  return {
    notice: `${title} ${WITHIN_THE_HOUR}`,
    title: plain(title),
    blocks: [{ as: "text", lines: [[strong(title), plain(` ${WITHIN_THE_HOUR}`)]], weight: WEIGHTS.development }],
  };
}

export function quietDraft(quiet: QuietDay): Draft {
  const text = quietText(quiet);
  return {
    notice: text,
    title: plain(quiet.read === 0 ? "No feed was read" : "Nothing moved"),
    blocks: [{ as: "text", lines: [[plain(text)]], weight: WEIGHTS.development }],
  };
}

/** Whether a source is missing is for people to say. */
export function silencesDraft({ points }: Silences): Draft {
  const title = points.length === 1 ? "1 point is silent" : `${points.length} points are silent`;
  return {
    notice: title,
    title: plain(title),
    blocks: points.map((point) => ({
      as: "item",
      lines: [[strong(point.name), plain(` ${silenceText(point)}`)]],
      weight: WEIGHTS.development,
      counted: "point",
    })),
  };
}
