import { cutText } from "#text/cut.ts";
import { seenText } from "#text/seen.ts";
import { webAddress } from "#text/web-address.ts";

/** Characters that change how Discord reads a line: markdown, mentions, masked links, timestamps and custom emoji. */
const ACTIVE = /[\\`*_~|[\]()<>#@]/g;

/** List and quote marks act at the start of a line only. */
const LINE_START = /^(?:[-+]|\d+(?=\.))/;

/** An address that stands in a text: Discord links it, up to a mark that ends a sentence, and reads no markdown in it. */
const BARE = /(https?:\/\/[^\s<>]+)/i;
const SENTENCE_ENDS = ".,:;!?\"'”’)]";

/** One that breaks off, and the blank before it. */
const HALF_ADDRESS = /(?: |^)https?:\/\/\S*$/i;

/** An address as it is, but for what would end a masked link around it, as a browser writes that. */
const bare = (address: string): string => address.replace(/[()\\`[\]]/g, encoded);

const encoded = (character: string): string => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;

const inert = (line: string): string =>
  line
    .split(BARE)
    .map((part, at) => {
      if (at % 2 === 0) return part.replace(ACTIVE, "\\$&");
      let end = part.length;
      while (SENTENCE_ENDS.includes(part.charAt(end - 1))) end--;
      return `${bare(part.slice(0, end))}${part.slice(end).replace(ACTIVE, "\\$&")}`;
    })
    .join("")
    .replace(LINE_START, (mark) => (/\d/.test(mark) ? `${mark}\\` : `\\${mark}`));

/** Text of a source as Discord shows it verbatim: one line, nothing in it acts. May be up to three times as long as the text. */
export const escapeText = (text: string): string => inert(seenText(text));

/** Escaped text of at most `limit` characters; longer text is cut between words and ends in an ellipsis. */
export function escapeWithin(text: string, limit: number): string {
  const line = seenText(text);
  const whole = inert(line);
  if (whole.length <= limit) return whole;
  let low = 0;
  let high = Math.min(line.length, limit);
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (inert(line.slice(0, middle)).length < limit) low = middle;
    else high = middle - 1;
  }
  const cut = cutText(line, low, "");
  const space = cut.lastIndexOf(" ");
  const kept = space > low / 2 ? cut.slice(0, space) : cut;
  // Half an address leads nowhere.
  return `${inert(line.charAt(kept.length) === " " ? kept : kept.replace(HALF_ADDRESS, "") || kept)}…`;
}

/**
 * The same for where Discord reads no markdown: names of threads, labels of menus. `otherwise` stands in for what shows nothing.
 */
export function labelWithin(text: string, limit: number, otherwise = "Untitled"): string {
  return cutText(seenText(text), limit) || otherwise;
}

/** Addresses longer than this are left out of a line, which must stay short. */
const MAX_URL = 500;

/** Discord's own limit for the address of an embed, which stands outside its text. */
export const MAX_EMBED_URL = 2_048;

/** The address as a masked link may hold it, or null when it is not one that a reader may be sent to. */
export function linkable(address: string, limit = MAX_URL): string | null {
  const href = webAddress(address)?.replace(/[()<>\\*_~|`[\]]/g, encoded) ?? null;
  return href !== null && href.length <= limit ? href : null;
}

/** `[text](address)`, or the text alone when the address cannot be linked. */
export function link(text: string, address: string): string {
  const target = linkable(address);
  return target === null ? text : `[${text}](${target})`;
}

/** Discord's timestamp form, which every reader sees in their own time zone: `R` is "2 hours ago", `f` a date and time. */
export const timestamp = (at: Date, style: "R" | "f" | "d" = "R") => `<t:${Math.floor(at.getTime() / 1000)}:${style}>`;
