import { type APIEmbed, ButtonStyle, ComponentType } from "discord.js";
import { type Card, type Claim, type Digest, sourcesText } from "#model/delivery.ts";
import { escapeWithin, link } from "./escape.ts";
import { type Body, NO_MENTIONS, noticeOf } from "./message.ts";

const MAX_DESCRIPTION = 4_096;
const MAX_CONTENT = 2_000;

/** Space for the line that says how many are left out. */
const REST_LINE = 80;

/** What is seen of a development, so that six and their heading are read within 900 characters. */
const MAX_LINE = 126;
const MAX_STATUS = 40;
const MAX_PLACES = 16;
const MIN_TITLE = 34;
const MAX_NOTICE = 85;

const NAMES = { hourly: "Hourly digest", daily: "Daily digest", weekly: "Weekly digest" } as const;

/** What marks a message as this digest. */
export const digestMark = ({ deliveryId }: Claim, { subscriptionId }: Digest) =>
  `digest:${subscriptionId}:${deliveryId}`;

export function digestEmbed(claim: Claim, digest: Digest): Body {
  const embed: APIEmbed = { title: headline(digest), description: entries(digest, MAX_DESCRIPTION), color: 0x5865f2 };
  const [first] = digest.cards;
  const notice = first === undefined ? {} : { content: noticeOf(first, MAX_NOTICE) };
  return { ...notice, embeds: [embed], components: [whyButton(claim, digest)], allowed_mentions: NO_MENTIONS };
}

export function digestPlain(claim: Claim, digest: Digest): Body {
  const heading = `**${headline(digest)}**`;
  const content = `${heading}\n${entries(digest, MAX_CONTENT - heading.length - 1)}`;
  return { content, components: [whyButton(claim, digest)], allowed_mentions: NO_MENTIONS };
}

/** What marks a message as this line. */
export const overflowMark = ({ deliveryId }: Claim) => `overflow:${deliveryId}`;

/** One line, and the way to what it stands for. */
export function overflowLine(claim: Claim, stories: number): Body {
  const developments = stories === 1 ? "1 more development" : `${stories} more developments`;
  const content = `**${developments}** within the hour, beside those that were posted one by one.`;
  return { content, components: [button(overflowMark(claim), "Show all")], allowed_mentions: NO_MENTIONS };
}

export function headline({ mode, cards, folded }: Digest): string {
  const developments = cards.length === 1 ? "1 development" : `${cards.length} developments`;
  return `${NAMES[mode]} · ${developments}${folded === 0 ? "" : `, ${folded} folded`}`;
}

/** One line a development. */
function entries({ cards }: Digest, limit: number): string {
  const lines = cards.map(entry);
  let text = "";
  for (const [at, next] of lines.entries()) {
    const longer = text === "" ? next : `${text}\n${next}`;
    if (longer.length > limit - REST_LINE) return `${text}\nand ${lines.length - at} more; \`/latest\` lists them.`;
    text = longer;
  }
  return text;
}

/** `Adopted · Council adopts fines for unreported incidents · EU · 4 sources · story 12`: the title takes the room that the rest leaves. */
function entry(card: Card): string {
  const { stage, certainty, places, storyId } = card;
  const status = [stage, certainty].flatMap((word) => word ?? []).join(", ");
  const head = escapeWithin(status, MAX_STATUS);
  const tail = [escapeWithin(places.join(", "), MAX_PLACES), sourcesText(card), `story ${storyId}`].filter(
    (part) => part !== "",
  );
  const room = MAX_LINE - [head, "", ...tail].join(" · ").length;
  const title = link(escapeWithin(card.title, Math.max(room, MIN_TITLE)) || "Untitled", card.url);
  return [...(head === "" ? [] : [`**${head}**`]), title, ...tail].join(" · ");
}

const whyButton = (claim: Claim, digest: Digest) => button(digestMark(claim, digest), "Why these?");

function button(mark: string, label: string): NonNullable<Body["components"]>[number] {
  const only = {
    type: ComponentType.Button as const,
    style: ButtonStyle.Secondary as const,
    label,
    custom_id: mark,
  };
  return { type: ComponentType.ActionRow, components: [only] };
}
