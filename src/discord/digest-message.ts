import { type APIEmbed, ButtonStyle, ComponentType } from "discord.js";
import type { Card, Claim, Digest } from "#model/delivery.ts";
import { escapeWithin, link } from "./escape.ts";
import { type Body, NO_MENTIONS } from "./message.ts";

const MAX_DESCRIPTION = 4_096;
const MAX_CONTENT = 2_000;

/** Space for the line that says how many are left out. */
const REST_LINE = 80;
const MAX_TITLE = 180;
const MAX_CHANGE = 240;
const MAX_ABOUT = 300;

const NAMES = { hourly: "Hourly digest", daily: "Daily digest", weekly: "Weekly digest" } as const;

/** What marks a message as this digest. */
export const digestMark = ({ deliveryId }: Claim, { subscriptionId }: Digest) =>
  `digest:${subscriptionId}:${deliveryId}`;

export function digestEmbed(claim: Claim, digest: Digest): Body {
  const embed: APIEmbed = { title: headline(digest), description: entries(digest, MAX_DESCRIPTION), color: 0x5865f2 };
  return { embeds: [embed], components: [whyButton(claim, digest)], allowed_mentions: NO_MENTIONS };
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

function entries({ cards }: Digest, limit: number): string {
  const texts = cards.map(entry);
  let text = "";
  for (const [at, next] of texts.entries()) {
    const longer = text === "" ? next : `${text}\n\n${next}`;
    if (longer.length > limit - REST_LINE) return `${text}\n\nand ${texts.length - at} more; \`/latest\` lists them.`;
    text = longer;
  }
  return text;
}

function entry(card: Card): string {
  const status = [card.stage, card.certainty].flatMap((word) => word ?? []);
  const outlets = card.sources.length + card.moreSources;
  const about = escapeWithin([...status, ...card.points, ...card.places].join(" · "), MAX_ABOUT);
  const count = outlets === 1 ? "1 source" : `${outlets} sources`;
  const title = `**${link(escapeWithin(card.title, MAX_TITLE), card.url)}**`;
  const news = card.change ?? card.sentences[0]?.text ?? null;
  return [
    title,
    [about, count].filter((part) => part !== "").join(" · "),
    ...(news === null ? [] : [escapeWithin(news, MAX_CHANGE)]),
  ].join("\n");
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
