/** Characters that change how Discord reads a line: markdown, mentions, masked links, timestamps and custom emoji. */
const ACTIVE = /[\\`*_~|[\]()<>#@]/g;

/** List and quote marks act at the start of a line only. */
const LINE_START = /^(?:[-+]|\d+(?=\.))/;

/** Control, zero-width and direction-changing characters: they hide or reorder what a reader sees. */
const UNSEEN = /[\p{Cc}\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]+/gu;

/** Text of a source as Discord shows it verbatim: one line, nothing in it acts. May be up to twice as long as the text. */
export function escapeText(text: string): string {
  const line = text.replace(UNSEEN, " ").replace(/\s+/g, " ").trim();
  return line.replace(ACTIVE, "\\$&").replace(LINE_START, (mark) => (/\d/.test(mark) ? `${mark}\\` : `\\${mark}`));
}

/** Escaped text of at most `limit` characters; longer text is cut between words and ends in an ellipsis. */
export function escapeWithin(text: string, limit: number): string {
  const whole = escapeText(text);
  if (whole.length <= limit) return whole;
  let low = 0;
  let high = text.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (escapeText(text.slice(0, middle)).length < limit) low = middle;
    else high = middle - 1;
  }
  const cut = text.slice(0, low);
  const space = cut.search(/\s+\S*$/);
  return `${escapeText(wellFormed(space > low / 2 ? cut.slice(0, space) : cut))}…`;
}

/** Half a surrogate pair at the end of a cut is dropped. */
const wellFormed = (text: string) => text.replace(/[\ud800-\udbff]$/, "");

/** Addresses longer than this are left out of a message: Discord's own limit for an embed's link is 2,048, and a line must stay short. */
const MAX_URL = 500;

/** The address as a masked link may hold it, or null when it is not one that a reader may be sent to. */
export function linkable(address: string): string | null {
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  if (url.protocol !== "https:" && url.protocol !== "http:") return null;
  const href = url.href.replace(
    /[()<>\\*_~|`[\]]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return href.length <= MAX_URL ? href : null;
}

/** `[text](address)`, or the text alone when the address cannot be linked. */
export function link(text: string, address: string): string {
  const target = linkable(address);
  return target === null ? text : `[${text}](${target})`;
}

/** Discord's timestamp form, which every reader sees in their own time zone: `R` is "2 hours ago", `f` a date and time. */
export const timestamp = (at: Date, style: "R" | "f" | "d" = "R") => `<t:${Math.floor(at.getTime() / 1000)}:${style}>`;
