import { withoutInvisible } from "./invisible.ts";
import { webAddress } from "./web-address.ts";

/** Characters by which Markdown, or HTML in it, would read a text otherwise than it stands there. */
const ACTIVE = /[\\`*_[\]<>|~]/g;

/** What acts at the start of a line. */
const LINE_START = /^(?:[-+#=]|\d+(?=[.)]))/;

/** Text of a source as one line of a Markdown file, in which nothing acts. */
export const markdownText = (text: string): string =>
  withoutInvisible(text)
    .replace(/[\p{Cc}\s]+/gu, " ")
    .trim()
    .replace(ACTIVE, "\\$&")
    .replace(LINE_START, (mark) => (/\d/.test(mark) ? `${mark}\\` : `\\${mark}`));

/** `[text](address)` of text that is escaped already; the text alone where the address is none that a reader may be sent to. */
export function markdownLink(text: string, address: string): string {
  const href = webAddress(address);
  if (href === null) return text;
  return `[${text}](${href.replace(/[()<>\\]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`)})`;
}
