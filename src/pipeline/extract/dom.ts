import { parseHTML } from "linkedom";
import { withWordsEscaped } from "#text/html-names.ts";
import { isReadable } from "#text/page-bounds.ts";

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

const CLOSES = /<\/(?:html|body)\b[^<>]*>/gi;
const ROOTS = /<\/?(?:html|head|body)\b[^<>]*>/gi;

/** Whether all that a document shows stands in its body. */
function isWhole({ children: [root, ...others] }: PageDocument): boolean {
  const parts = [...(root?.children ?? [])].map(({ nodeName }) => nodeName);
  return others.length === 0 && parts.includes("BODY") && parts.every((name) => name === "HEAD" || name === "BODY");
}

/** A page as a document with a body; null when it is too large or too deep to be an article. */
export function readPage(html: string): PageDocument | null {
  if (!isReadable(html)) return null;
  const text = withWordsEscaped(html);
  const read = (source: string) => parseHTML(source).document as unknown as PageDocument;
  // What stands behind the end of a body is the body's, as for a browser: Readability climbs to a body, or past the root.
  const document = read(text.replace(CLOSES, ""));
  return isWhole(document)
    ? document
    : read(`<!doctype html><html><head></head><body>${text.replace(ROOTS, "")}</body></html>`);
}
