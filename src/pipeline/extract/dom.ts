import { Parser } from "htmlparser2";
import { parseHTML } from "linkedom";
import { DEEPEST_PAGE, LONGEST_PAGE, MOST_ELEMENTS } from "#model/limits.ts";
import { withWordsEscaped } from "#text/html-names.ts";

/** Values of `nodeType`. */
export const ELEMENT = 1;
export const TEXT = 3;

/** As much of the DOM as reading a page takes. */
export type PageNode = {
  readonly nodeType: number;
  readonly nodeName: string;
  readonly textContent: string | null;
  readonly firstChild: PageNode | null;
  readonly nextSibling: PageNode | null;
};

export type PageElement = PageNode & {
  readonly parentElement: PageElement | null;
  readonly firstElementChild: PageElement | null;
  readonly children: ArrayLike<PageElement> & Iterable<PageElement>;
  readonly className: unknown;
  getAttribute(name: string): string | null;
  querySelector(selector: string): PageElement | null;
  querySelectorAll(selector: string): Iterable<PageElement>;
  closest(selector: string): PageElement | null;
  removeAttribute(name: string): void;
  remove(): void;
};

export type PageDocument = PageElement & { readonly title: string; readonly body: PageElement | null };

/** Characters that are read before what they hold is judged. */
const COUNTED_AT_ONCE = 4_096;

/** Counts before a tree is built, since building one is what a hostile page makes dear. */
function isReadable(html: string): boolean {
  let elements = 0;
  let depth = 0;
  let deepest = 0;
  const parser = new Parser({
    onopentagname() {
      elements += 1;
      depth += 1;
      if (depth > deepest) deepest = depth;
    },
    onclosetag() {
      depth -= 1;
    },
  });
  // Part by part, for the parser's own time grows with the square of the depth: what is too deep is not read to its end.
  for (let at = 0; at < html.length; at += COUNTED_AT_ONCE) {
    parser.write(html.slice(at, at + COUNTED_AT_ONCE));
    if (elements > MOST_ELEMENTS || deepest > DEEPEST_PAGE) return false;
  }
  parser.end();
  return elements <= MOST_ELEMENTS && deepest <= DEEPEST_PAGE;
}

const CLOSES = /<\/(?:html|body)\b[^<>]*>/gi;
const ROOTS = /<\/?(?:html|head|body)\b[^<>]*>/gi;

/** Whether all that a document shows stands in its body. */
function isWhole({ children: [root, ...others] }: PageDocument): boolean {
  const parts = [...(root?.children ?? [])].map(({ nodeName }) => nodeName);
  return others.length === 0 && parts.includes("BODY") && parts.every((name) => name === "HEAD" || name === "BODY");
}

/** A page as a document with a body; null when it is too large or too deep to be an article. */
export function readPage(html: string): PageDocument | null {
  if (html.length > LONGEST_PAGE || !isReadable(html)) return null;
  const text = withWordsEscaped(html);
  const read = (source: string) => parseHTML(source).document as unknown as PageDocument;
  // What stands behind the end of a body is the body's, as for a browser: Readability climbs to a body, or past the root.
  const document = read(text.replace(CLOSES, ""));
  return isWhole(document)
    ? document
    : read(`<!doctype html><html><head></head><body>${text.replace(ROOTS, "")}</body></html>`);
}
