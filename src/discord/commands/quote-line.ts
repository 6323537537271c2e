import { escapeWithin, link, timestamp } from "#discord/escape.ts";
import type { Pack } from "#model/pack.ts";
import { type CitedQuote, saidText, wordsOf } from "#model/quote.ts";

const MAX_WORDS = 400;
const MAX_SPEAKER = 80;
const MAX_OFFICE = 120;
const MAX_OUTLET = 60;

/** One quote with who speaks, the side that they argue for, when and where. */
export function quoteLine(quote: CitedQuote, { feeds }: Pick<Pack, "feeds">): string {
  const words = escapeWithin(wordsOf(quote), MAX_WORDS);
  const office = quote.office === null ? "" : `, ${escapeWithin(quote.office, MAX_OFFICE)}`;
  const side = quote.stance === null ? "" : ` · ${escapeWithin(quote.stance.side, MAX_OFFICE)}`;
  const outlet = escapeWithin(feeds.find(({ id }) => id === quote.feedId)?.name ?? quote.feedId, MAX_OUTLET);
  const source = `${link(outlet, quote.url)} ${timestamp(quote.at, "d")}`;
  return `**${escapeWithin(quote.speaker, MAX_SPEAKER)}**${office}${side}: ${saidText(quote, words)} (${source})`;
}
