import { ButtonStyle, ComponentType } from "discord.js";
import type { Held, Verdict } from "#model/review.ts";
import { escapeWithin, link, timestamp } from "./escape.ts";
import { type Body, NO_MENTIONS } from "./message.ts";

const MAX_TITLE = 300;
const MAX_SOURCE = 100;
const MAX_HOLD = 200;

/** What marks a message as the one about this article. */
export const heldMark = (articleId: number) => `review:released:${articleId}`;

/** What moderators are told of an article that readers do not get. */
export function heldBody({ articleId, title, url, source, hold, at }: Held): Body {
  const headline = link(escapeWithin(title, MAX_TITLE) || "Untitled", url);
  const content = [
    `**Held for review:** ${headline}`,
    `${escapeWithin(source, MAX_SOURCE)} · ${timestamp(at)} · The item ${escapeWithin(hold, MAX_HOLD)}.`,
  ].join("\n");
  const button = (verdict: Verdict, label: string) => ({
    type: ComponentType.Button as const,
    style: ButtonStyle.Secondary as const,
    label,
    custom_id: `review:${verdict}:${articleId}`,
  });
  const components = [button("released", "Release"), button("dropped", "Drop")];
  return { content, components: [{ type: ComponentType.ActionRow, components }], allowed_mentions: NO_MENTIONS };
}
