import type { Card, Digest, QuietDay, SilentPoint } from "#model/delivery.ts";
import { dayText } from "#text/calendar.ts";
import { clauseWithin } from "#text/clause.ts";

/** What is said alike wherever it is read: plain text, which each destination escapes and makes bold in its own way. */

const counted = (count: number, one: string): string => `${count} ${count === 1 ? one : `${one}s`}`;

const DIGESTS = { hourly: "Hourly digest", daily: "Daily digest", weekly: "Weekly digest" } as const;

/** `Daily digest · 6 developments in 41 articles` */
export const digestTitle = ({ mode, cards, folded }: Digest): string =>
  `${DIGESTS[mode]} · ${counted(cards.length, "development")}${folded === 0 ? "" : ` in ${cards.length + folded} articles`}`;

/** `Reminder · 2 deadlines` */
export const reminderTitle = ({ length }: readonly unknown[]): string => `Reminder · ${counted(length, "deadline")}`;

/** `3 more developments` */
export const moreDevelopments = (count: number): string => counted(count, "more development");

/** What a line says behind that number, where one by one would be too many. */
export const WITHIN_THE_HOUR = "within the hour, beside those that were posted one by one.";

/** `Adopted, reported, unconfirmed` */
export const statusText = ({ stage, certainty }: Pick<Card, "stage" | "certainty">): string =>
  [stage, certainty].flatMap((word) => word ?? []).join(", ");

/** `Adopted: Council adopts fines for unreported incidents`: for a line that shows a title and nothing else. */
export function noticeText({ stage, title }: Pick<Card, "stage" | "title">, limit: number): string {
  const before = stage === null ? "" : `${stage}: `;
  return `${before}${clauseWithin(title, Math.max(limit - before.length, 1))}`;
}

/**
 * What a notification says of a card: its title, or where something moved and the title is of before, the sentence of the article that
 * moved it. Who heard of a fine is not told of it again when it is appealed.
 */
export function newsOf({
  stage,
  title,
  url,
  change,
  sentences: [first],
  sources,
}: Card): Pick<Card, "stage" | "title"> {
  if (change === null || first === undefined) return { stage, title };
  const source = sources[first.source - 1];
  return { stage, title: source === undefined || source.url === url ? title : first.text };
}

/** Silence is not "no news": without a feed that was read nobody knows whether anything moved. */
export function quietText({ read, feeds }: Pick<QuietDay, "read" | "feeds">): string {
  const of = `${read} of ${feeds} ${feeds === 1 ? "feed" : "feeds"} read`;
  return read === 0 ? `Nobody knows whether anything moved: ${of}.` : `Nothing moved; ${of}.`;
}

/** What is said of a silent point behind its name: since when, what is usual, and that feeds were read. */
export function silenceText({ since, days, perWeek, read, feeds }: SilentPoint): string {
  const usual = perWeek < 1.5 ? "about once" : `about ${Math.round(perWeek)} times`;
  const those = feeds === 1 ? "the feed that tells" : `${read} of the ${feeds} feeds that tell`;
  return (
    `is silent: nothing has moved since ${dayText(since)}, for ${days} days; usually it moves ${usual} a week. ` +
    `In the last day ${those} of it ${read === 1 ? "was" : "were"} read: it rests, or a source is missing.`
  );
}

/** Places that a line does not name anyway: none is said twice. */
export const placesBeside = (text: string, places: readonly string[]): string =>
  places.filter((place) => !text.includes(place)).join(", ");

/** `also: 3 sources`, behind those that are listed; nothing where all are. */
export const moreSourcesText = ({ moreSources }: Pick<Card, "moreSources">): string =>
  moreSources === 0 ? "" : `also: ${counted(moreSources, "source")}`;
