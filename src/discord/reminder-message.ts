import { type APIEmbed, ButtonStyle, ComponentType } from "discord.js";
import type { ShownDay } from "#model/deadline.ts";
import type { Claim } from "#model/delivery.ts";
import { reminderTitle } from "#pipeline/words.ts";
import { dayText } from "#text/calendar.ts";
import { dayEntry } from "./day-entry.ts";
import { escapeWithin } from "./escape.ts";
import { type Body, NO_MENTIONS } from "./message.ts";

const MAX_DESCRIPTION = 4_096;
const MAX_CONTENT = 2_000;
const MAX_NOTICE = 180;

/** Space for the line that says how many are left out. */
const REST_LINE = 80;

/** What marks a message as this reminder. */
export const reminderMark = ({ deliveryId }: Claim) => `reminder:${deliveryId}`;

/** The days as an embed; what a notification shows is the nearest. */
export function reminderEmbed(claim: Claim, days: readonly ShownDay[]): Body {
  const embed: APIEmbed = {
    title: reminderTitle(days),
    description: entries(days, MAX_DESCRIPTION),
    color: 0x5865f2,
  };
  const notices = days
    .slice(0, 1)
    .map(({ day, occasion, title }) => `${dayText(new Date(day))}: ${occasion}: ${title}`);
  const content = notices.map((notice) => ({ content: escapeWithin(notice, MAX_NOTICE) }))[0];
  return { ...content, embeds: [embed], components: [buttonOf(claim)], allowed_mentions: NO_MENTIONS };
}

/** The same as plain text, where embeds are not permitted. */
export function reminderPlain(claim: Claim, days: readonly ShownDay[]): Body {
  const heading = `**${reminderTitle(days)}**\n`;
  const content = `${heading}${entries(days, MAX_CONTENT - heading.length)}`;
  return { content, components: [buttonOf(claim)], allowed_mentions: NO_MENTIONS };
}

/** As many as there is room for, and how many are left out: their button lists them. */
function entries(days: readonly ShownDay[], limit: number): string {
  let text = "";
  for (const [at, day] of days.entries()) {
    const longer = `${text}${at === 0 ? "" : "\n\n"}${dayEntry(day)}`;
    if (longer.length > limit - REST_LINE) return `${text}\n\nand ${days.length - at} more: press “All deadlines”`;
    text = longer;
  }
  return text;
}

const buttonOf = (claim: Claim): NonNullable<Body["components"]>[number] => ({
  type: ComponentType.ActionRow,
  components: [
    {
      type: ComponentType.Button,
      style: ButtonStyle.Secondary,
      label: "All deadlines",
      custom_id: reminderMark(claim),
    },
  ],
});
