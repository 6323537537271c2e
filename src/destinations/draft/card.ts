import {
  type Card,
  type CitedText,
  citationText,
  citationUrl,
  type DatedText,
  HEADLINE_ONLY,
  sourcesText,
} from "#model/delivery.ts";
import { digestLine } from "#pipeline/summarize/digest-line.ts";
import { moreSourcesText, newsOf, noticeText, placesBeside, statusText } from "#pipeline/words.ts";
import { dateText, dayText } from "#text/calendar.ts";
import { seenText } from "#text/seen.ts";
import { type Block, DOT, type Draft, dotted, type Line, plain, said, strong, WEIGHTS, words } from "./draft.ts";

/** What a phone shows of a message before it is opened: the stage and a headline's length. */
export const MAX_NEWS = 180;

/** The card of a story, with all that it says. */
export function cardDraft(card: Card): Draft {
  return {
    notice: seenText(noticeText(newsOf(card), MAX_NEWS)) || "Untitled",
    title: said(card.title, card.url),
    blocks: [
      ...(card.saga === null ? [] : [text(words(card.saga), WEIGHTS.dispute)]),
      text(statusLine(card), WEIGHTS.state),
      ...(card.change === null ? [] : [text([strong("New:"), plain(" "), ...words(card.change)], WEIGHTS.moved)]),
      ...sentenceBlocks(card),
      ...card.conflicts.map(({ figures: [one, other] }) => text(conflictLine(card, one, other), WEIGHTS.conflict)),
      ...sourceBlocks(card),
      { as: "small", lines: [footLine(card)], weight: WEIGHTS.foot },
    ],
    sources: card.sources.map(({ name, url }, at) => said(`[${at + 1}] ${name}`, url)),
  };
}

const text = (line: Line, weight: number): Block => ({ as: "text", lines: [line], weight });

/** The summary, a sentence a block, so that none is cut where not all fit; the first is the weightiest. */
export function sentenceBlocks(card: Card): readonly Block[] {
  if (card.sentences.length === 0) return [text([plain(HEADLINE_ONLY)], WEIGHTS.summary)];
  return card.sentences.map((sentence, at) => ({
    ...text(citedLine(card, sentence), WEIGHTS.summary - at / card.sentences.length),
    ...(at === 0 ? {} : { joins: " " }),
  }));
}

const citedLine = (card: Card, sentence: CitedText): Line => [
  plain(seenText(sentence.text)),
  ...citation(card, sentence),
];

function citation({ sources }: Card, cited: CitedText): Line {
  const url = citationUrl(sources, cited);
  return url === null ? [] : [plain(" "), said(`[${citationText(cited)}]`, url)];
}

function statusLine(card: Card): Line {
  return dotted([
    ...[card.stage, card.certainty].map((word) => (word === null ? [] : [strong(word)])),
    words(card.places.join(", ")),
    words(card.points.join(", ")),
    [{ text: dateText(card.at), at: card.at }],
  ]);
}

function conflictLine(card: Card, one: DatedText, other: DatedText): Line {
  const claim = (each: DatedText): Line => {
    const name = seenText(card.sources[each.source - 1]?.name ?? "");
    const who = [name, dayText(each.at)].filter((part) => part !== "").join(", ");
    return [plain(`${seenText(each.text)} (${who}`), ...citation(card, each), plain(")")];
  };
  return [strong("Sources differ:"), plain(" "), ...claim(one), plain(" or "), ...claim(other)];
}

/** `[1] The Gazette (primary) · [2] …`. */
export function sourceBlocks(card: Card): readonly Block[] {
  const named = card.sources.map(
    ({ name, url, primary }, at): Line => [
      // A number stays with its name where a line breaks.
      plain(`[${at + 1}]\u00a0`),
      said(name, url),
      ...(primary ? [plain(" (primary)")] : []),
    ],
  );
  const more = words(moreSourcesText(card));
  return [...named, ...(more.length === 0 ? [] : [more])].map((line, at) => ({
    as: "small",
    lines: [line],
    weight: WEIGHTS.sources,
    ...(at === 0 ? {} : { joins: DOT }),
  }));
}

const footLine = ({ storyId, revision }: Card): Line => [plain(`Story ${storyId} · revision ${revision}`)];

/** What a digest says of a card: `Adopted · Council adopts fines`, and behind it `EU · 4 sources · story 12`. */
export function entryOf(card: Card): readonly [said: Line, about: Line] {
  const { text: line, url } = digestLine(card);
  const status = statusText(card);
  return [
    dotted([status === "" ? [] : [strong(status)], [said(line, url)]]),
    dotted([words(placesBeside(line, card.places)), words(sourcesText(card)), words(`story ${card.storyId}`)]),
  ];
}
