import { isTagAt, readTag, type Tag } from "./markup.ts";

/** Elements whose content is said no longer. */
const STRUCK = new Set(["del", "s", "strike"]);

/** A style by which any element is struck, or hidden: newsletters begin with a line for the mail program alone. */
const STYLES = /\bline-through\b|\bdisplay\s{0,9}:\s{0,9}none\b|\bvisibility\s{0,9}:\s{0,9}hidden\b/i;

/** Classes that content systems strike with. */
const CLASSES = new Set(["strike", "strikethrough", "strike-through", "line-through"]);

/** Whether the content of an element is struck or hidden. */
export const isStruck = (name: string, style: string, classes: string): boolean =>
  STRUCK.has(name) || STYLES.test(style) || classes.split(/\s+/).some((one) => CLASSES.has(one.toLowerCase()));

const STYLE = /(?:^|\s)style\s{0,9}=\s{0,9}(?:"([^"]*)"|'([^']*)')/i;
const CLASS = /(?:^|\s)class\s{0,9}=\s{0,9}(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/i;

const VALUES = /=\s{0,9}(?:"[^"]*"|'[^']*')/g;
const HIDDEN = /(?:^|\s)hidden(?![^\s=/])/i;

/** The same of a start tag, by what stands behind its name; HTML's own attribute hides too. */
export function isStruckBy(name: string, attributes: string): boolean {
  const valueBy = (pattern: RegExp) => pattern.exec(attributes)?.slice(1).join("") ?? "";
  if (attributes.length < 2) return STRUCK.has(name);
  return HIDDEN.test(attributes.replace(VALUES, "=")) || isStruck(name, valueBy(STYLE), valueBy(CLASS));
}

/** Characters that a line is drawn through one by one, where no markup is to be had. */
const OVERLAID = /(?:\P{Mn}\u0336+)+/gu;

/** Text without what is struck in that way. */
export const withoutOverlaid = (text: string): string => text.replace(OVERLAID, "");

/** Names that are searched to the end of a text and not found closed; whoever makes up more gets nothing struck. */
const MOST_UNCLOSED = 20;

/**
 * Where the element ends that `tag` opens, with others of its name inside it; null when it is not closed. `unclosed` remembers the
 * names of those, so that a text is searched once for each.
 */
export function endOfElement(html: string, tag: Tag, unclosed: Set<string>): number | null {
  const name = tag.name.toLowerCase();
  if (unclosed.has(name) || unclosed.size >= MOST_UNCLOSED) return null;
  let depth = 1;
  let from = tag.end;
  for (let at = html.indexOf("<", from); at !== -1; at = html.indexOf("<", from)) {
    const next = isTagAt(html, at) ? readTag(html, at) : null;
    from = next?.end ?? at + 1;
    if (next === null || next.selfClosing || next.name.toLowerCase() !== name) continue;
    depth += next.closing ? -1 : 1;
    if (depth === 0) return next.end;
  }
  unclosed.add(name);
  return null;
}
