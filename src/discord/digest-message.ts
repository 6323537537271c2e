import { type APIEmbed, ButtonStyle, ComponentType } from "discord.js";
import {
  type Card,
  type Claim,
  type Digest,
  type QuietDay,
  type Silences,
  type SilentPoint,
  sourcesText,
} from "#model/delivery.ts";
import { digestLine } from "#pipeline/summarize/digest-line.ts";
import {
  digestTitle,
  moreDevelopments,
  placesBeside,
  quietText,
  silenceText,
  statusText,
  WITHIN_THE_HOUR,
} from "#pipeline/words.ts";
import { clauseWithin } from "#text/clause.ts";
import { escapeWithin, link } from "./escape.ts";
import { type Body, NO_MENTIONS, noticeOf } from "./message.ts";

const MAX_DESCRIPTION = 4_096;
const MAX_CONTENT = 2_000;

/** Developments of one digest: two screens of a phone. The others are a press away. */
const MOST_LINES = 10;

/** Space for the line that says how many are left out. */
const REST_LINE = 80;

/** What is seen of a development, so that six and their heading are read within 900 characters. */
const MAX_LINE = 124;
const MAX_STATUS = 40;
const MAX_PLACES = 16;
const MIN_TITLE = 34;
const MAX_NOTICE = 85;
const MAX_POINT = 80;

/** What marks a message as this digest. */
export const digestMark = ({ deliveryId }: Claim, { subscriptionId }: Digest) =>
  `digest:${subscriptionId}:${deliveryId}`;

export function digestEmbed(claim: Claim, digest: Digest): Body {
  const embed: APIEmbed = {
    title: digestTitle(digest),
    description: entries(digest, MAX_DESCRIPTION),
    color: 0x5865f2,
  };
  const [first] = digest.cards;
  const notice = first === undefined ? {} : { content: noticeOf(lineAs(first), MAX_NOTICE) };
  return { ...notice, embeds: [embed], components: buttonsOf(claim, digest), allowed_mentions: NO_MENTIONS };
}

/** What marks a message as the one of that time. */
export const quietMark = ({ subscriptionId, at }: QuietDay) => `quiet:${subscriptionId}:${at.getTime()}`;

export const quietLine = (quiet: QuietDay): Body => ({
  content: quietText(quiet),
  components: [button(quietMark(quiet), "Feeds")],
  allowed_mentions: NO_MENTIONS,
});

/** What marks a message as the one of that time. */
export const silencesMark = ({ subscriptionId, at }: Silences) => `silences:${subscriptionId}:${at.getTime()}`;

/** Points that are named before the message is long enough. */
const MOST_SILENT = 5;

/** What is silent, since when, what is usual, and that feeds were read: whether a source is missing is for people to say. */
export function silencesBody(silences: Silences): Body {
  const { points } = silences;
  const rest = points.length - MOST_SILENT;
  const lines = [...points.slice(0, MOST_SILENT).map(silenceLine), ...(rest > 0 ? [`And ${rest} more.`] : [])];
  const content = lines.join("\n");
  return { content, components: [button(silencesMark(silences), "Feeds")], allowed_mentions: NO_MENTIONS };
}

const silenceLine = (point: SilentPoint): string => `**${escapeWithin(point.name, MAX_POINT)}** ${silenceText(point)}`;

export function digestPlain(claim: Claim, digest: Digest): Body {
  const heading = `**${digestTitle(digest)}**`;
  const content = `${heading}\n${entries(digest, MAX_CONTENT - heading.length - 1)}`;
  return { content, components: buttonsOf(claim, digest), allowed_mentions: NO_MENTIONS };
}

/** A card as one line says it, so that what a notification shows is what the first line tells. */
const lineAs = (card: Card) => ({ stage: card.stage, title: digestLine(card).text });

/** What marks a message as this line. */
export const overflowMark = ({ deliveryId }: Claim) => `overflow:${deliveryId}`;

/** One line, and the way to what it stands for. */
export function overflowLine(claim: Claim, stories: number): Body {
  const content = `**${moreDevelopments(stories)}** ${WITHIN_THE_HOUR}`;
  return { content, components: [button(overflowMark(claim), "Show all")], allowed_mentions: NO_MENTIONS };
}

/** Keeps what stands beside it on one line of a phone. */
const NARROW = "\u00a0";

/** Parts of a line, parted by dots none of which begins a line. */
const dotted = (parts: readonly string[]) => parts.filter((part) => part !== "").join(`${NARROW}· `);

/** One line a development. */
function entries({ cards }: Digest, limit: number): string {
  const rest = (shown: number) => {
    const more = cards.length - shown;
    return more === 0 ? "" : `\nand ${moreDevelopments(more)}: press “All ${cards.length}”`;
  };
  let text = "";
  for (const [at, card] of cards.slice(0, MOST_LINES).entries()) {
    const longer = text === "" ? entry(card) : `${text}\n${entry(card)}`;
    if (longer.length > limit - REST_LINE) return `${text}${rest(at)}`;
    text = longer;
  }
  return `${text}${rest(Math.min(MOST_LINES, cards.length))}`;
}

/**
 * `- Adopted · Council adopts fines for unreported incidents · EU · 4 sources · story 12`: what happened takes the room that the rest
 * leaves.
 */
function entry(card: Card): string {
  const { places, storyId } = card;
  const { text, url } = digestLine(card);
  const head = escapeWithin(statusText(card), MAX_STATUS);
  const tail = dotted([
    escapeWithin(placesBeside(text, places), MAX_PLACES),
    sourcesText(card).replace(" ", NARROW),
    `story${NARROW}${storyId}`,
  ]);
  const room = Math.max(MAX_LINE - [head, "", tail].join(" · ").length, MIN_TITLE);
  const said = link(escapeWithin(clauseWithin(text, room), room) || "Untitled", url);
  return `- ${dotted([head === "" ? "" : `**${head}**`, said, tail])}`;
}

/** What leads to all that a digest carried. */
const allMark = ({ deliveryId }: Claim) => `digest-all:${deliveryId}`;

function buttonsOf(claim: Claim, digest: Digest): Row[] {
  const why = buttonFor(digestMark(claim, digest), "Why these?");
  const { length } = digest.cards;
  const all = length > 1 ? [buttonFor(allMark(claim), `All ${length}`)] : [];
  return [{ type: ComponentType.ActionRow, components: [why, ...all] }];
}

type Row = NonNullable<Body["components"]>[number];

const button = (mark: string, label: string): Row => ({
  type: ComponentType.ActionRow,
  components: [buttonFor(mark, label)],
});

const buttonFor = (mark: string, label: string) => ({
  type: ComponentType.Button as const,
  style: ButtonStyle.Secondary as const,
  label,
  custom_id: mark,
});
