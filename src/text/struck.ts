import { isTagAt, readTag, type Tag } from "./markup.ts";

/** Elements whose content is said no longer. */
const STRUCK = new Set(["del", "s", "strike"]);

/** A style, or a class, by which any element is struck, or hidden: newsletters begin with a line for the mail program alone. */
const STYLED =
  /line-through|\bstrike(?:-?through)?\b|\b(?:display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}hidden)\b/i;

/** Whether the content of an element is struck or hidden, by its name or by what its tag says of it. */
export const isStruck = (name: string, said: string): boolean =>
  STRUCK.has(name) || (said.length > 0 && STYLED.test(said));

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
