import type { ShownDay } from "#model/deadline.ts";
import { reminderTitle } from "#pipeline/words.ts";
import { dayText } from "#text/calendar.ts";
import { seenText } from "#text/seen.ts";
import { type Block, type Draft, plain, said, strong, WEIGHTS } from "./draft.ts";

/** The days of which a channel is reminded, the nearest first. */
export function remindersDraft(days: readonly ShownDay[]): Draft {
  const title = reminderTitle(days);
  const [first] = days;
  const nearest =
    first === undefined ? [] : [seenText(`${dayText(new Date(first.day))}: ${first.occasion}: ${first.title}`)];
  return { notice: [title, ...nearest].join(" · "), title: plain(title), blocks: days.map(dayBlock) };
}

/** What is on a day, who says so in which words, and in which story. */
const dayBlock = ({ day, occasion, quote, source, url, at, more, storyId, title }: ShownDay): Block => ({
  as: "item",
  lines: [
    [strong(`${dayText(new Date(day))} · ${occasion}`)],
    [
      plain(`“${seenText(quote)}” `),
      said(source, url),
      plain(`, ${dayText(at)}${more === 0 ? "" : ` and ${more} more`}`),
    ],
    [plain(`Story ${storyId}: ${seenText(title)}`)],
  ],
  weight: WEIGHTS.day,
  counted: "deadline",
});
