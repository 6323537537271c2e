import { decodeHTMLStrict } from "entities";

/** XML 1.0's characters: the others are noise wherever they stand. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROL = /[\x00-\x08\x0B\x0C\x0E-\x1F\uFFFE\uFFFF]/g;

/** Text with its references resolved: the names of HTML, since feeds use them without declaring them; a stray `&` stays. */
export function unescapeText(raw: string): string {
  if (!raw.includes("&")) return raw;
  const text = decodeHTMLStrict(raw);
  return raw.includes("&#") ? withoutControls(text) : text;
}

export const escapeText = (text: string): string =>
  text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");

export const withoutControls = (text: string): string => text.replace(CONTROL, "");
