import { decodeHTML } from "entities";
import { withoutControls, withWholeCharacters } from "./entities.ts";
import { tagsOf } from "./html-names.ts";
import { withoutInvisible } from "./invisible.ts";
import { isTagAt, readTag } from "./markup.ts";
import { endOfElement, isStruckBy, withoutOverlaid } from "./struck.ts";

/** Elements that stand on their own: a paragraph ends where one begins or ends. */
const BLOCKS = new Set(
  "address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main nav ol p pre section summary table tbody tfoot thead tr ul".split(
    " ",
  ),
);

/** Elements whose content is no text. */
const SILENT = new Set("script style svg math template iframe object noscript textarea select head title".split(" "));

const PARAGRAPH = "\n\n";

/** Where `</name` next stands, so that a silent element is skipped whole; remembers failures to stay linear. */
function skipSilent(html: string, from: number, name: string, missing: Set<string>): number {
  if (missing.has(name)) return from;
  const end = new RegExp(`</${name}\\s*>`, "gi");
  end.lastIndex = from;
  if (end.test(html)) return end.lastIndex;
  missing.add(name);
  return from;
}

/**
 * HTML as plain text, paragraphs parted by one blank line and a `<br>` kept as a line break, without what is struck; text without
 * markup comes back with its white space settled, and a name in angle brackets that is no element's stays. Takes time linear in
 * its length, whatever the input.
 */
export const plainText = (html: string): string => textIn(html, false);

function textIn(given: string, line: boolean): string {
  const html = withWholeCharacters(given);
  const isTag = tagsOf(html, { line });
  const parts: string[] = [];
  const missing = new Set<string>();
  const unclosed = new Set<string>();
  let at = 0;
  const text = (to: number): void => {
    if (to > at) parts.push(decodeHTML(html.slice(at, to)).replace(/[^\S\uFEFF]+/g, " "));
  };
  for (let next = html.indexOf("<"); next !== -1; next = html.indexOf("<", next)) {
    if (html.startsWith("<!--", next)) {
      text(next);
      const end = missing.has("-->") ? -1 : html.indexOf("-->", next + 4);
      if (end === -1) missing.add("-->");
      next = end === -1 ? next + 4 : end + 3;
    } else if (html.charCodeAt(next + 1) === 33 || html.charCodeAt(next + 1) === 63) {
      text(next);
      const end = missing.has(">") ? -1 : html.indexOf(">", next);
      if (end === -1) missing.add(">");
      next = end === -1 ? next + 2 : end + 1;
    } else if (isTagAt(html, next)) {
      const tag = readTag(html, next);
      // `a<b` at the end of a text is no tag.
      if (tag === null) break;
      const name = tag.name.toLowerCase();
      if (!isTag(name)) {
        next++;
        continue;
      }
      text(next);
      next = tag.end;
      if (BLOCKS.has(name)) parts.push(PARAGRAPH);
      else if (name === "br") parts.push("\n");
      else if (name === "td" || name === "th") parts.push(" ");
      if (!tag.closing && !tag.selfClosing && isStruckBy(name, html.slice(tag.from, tag.to)))
        next = endOfElement(html, tag, unclosed) ?? next;
      else if (SILENT.has(name) && !tag.closing && !tag.selfClosing) next = skipSilent(html, next, name, missing);
    } else {
      next++;
      continue;
    }
    at = next;
  }
  text(html.length);
  return settled(parts.join(""));
}

/** White space as promised: none at the ends of lines, at most one blank line. */
function settled(text: string): string {
  return withoutInvisible(withoutOverlaid(withoutControls(text)))
    .split("\n")
    .map((line) => line.replace(/[\s\u00A0]+/g, " ").trim())
    .join("\n")
    .replace(/\n{3,}/g, PARAGRAPH)
    .trim();
}

/** HTML as one line of plain text: for titles and names. */
export const plainLine = (html: string): string => textIn(html, true).replace(/\s+/g, " ");
