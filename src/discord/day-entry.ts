import type { ShownDay } from "#model/deadline.ts";
import { DAY_MS } from "#model/time.ts";
import { dayText } from "#text/calendar.ts";
import { escapeText, escapeWithin, link, timestamp } from "./escape.ts";

const MAX_QUOTE = 400;
const MAX_TITLE = 150;
const MAX_NAME = 80;

/** Noon, so that "in 3 days" is three days wherever it is read. */
const noonOf = (day: string): Date => new Date(Date.parse(day) + DAY_MS / 2);

/** A day to come in three lines: what is on it, who says so in which words, and in which story. */
export function dayEntry({ day, occasion, quote, source, url, at, more, storyId, title }: ShownDay): string {
  const others = more === 0 ? "" : ` and ${more} more`;
  return [
    `**${dayText(new Date(day))} · ${escapeText(occasion)}** · ${timestamp(noonOf(day))}`,
    `“${escapeWithin(quote, MAX_QUOTE)}” ${link(escapeWithin(source, MAX_NAME), url)}, ${dayText(at)}${others}`,
    `Story ${storyId}: ${escapeWithin(title, MAX_TITLE)}`,
  ].join("\n");
}
