import { decodeHTMLStrict } from "entities";

/** XML 1.0's characters: the others are noise wherever they stand. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROL = /[\x00-\x08\x0B\x0C\x0E-\x1F\uFFFE\uFFFF]/g;

/** Two references that are the halves of one character, as programs write them that count in UTF-16. */
const HALVES = /&#(?:x(d[89ab][\da-f]{2})|(5[56]\d{3}));&#(?:x(d[c-f][\da-f]{2})|(5[67]\d{3}));/gi;

/** HTML with such halves as the character that they are. */
export function withWholeCharacters(html: string): string {
  return html.replace(HALVES, (halves, highHex?: string, high?: string, lowHex?: string, low?: string) => {
    const unit = (hex: string | undefined, decimal: string | undefined) =>
      hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    const whole = String.fromCharCode(unit(highHex, high), unit(lowHex, low));
    return whole.isWellFormed() ? whole : halves;
  });
}

/** Text with its references resolved: the names of HTML, since feeds use them without declaring them; a stray `&` stays. */
export function unescapeText(raw: string): string {
  if (!raw.includes("&")) return raw;
  const text = decodeHTMLStrict(withWholeCharacters(raw));
  return raw.includes("&#") ? withoutControls(text) : text;
}

export const escapeText = (text: string): string =>
  text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");

export const withoutControls = (text: string): string => text.replace(CONTROL, "");
