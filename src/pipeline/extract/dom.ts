import { Parser } from "htmlparser2";
import { parseHTML } from "linkedom";

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

/** Articles end long before; more is a list, a data dump or an attack on our patience. */
const MOST_CHARACTERS = 3_000_000;
const MOST_ELEMENTS = 40_000;
/** Real pages nest to about 50. Each level costs stack, and time that grows with the square of the depth. */
const DEEPEST = 256;

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
  parser.end(html);
  return elements <= MOST_ELEMENTS && deepest <= DEEPEST;
}

/** A page as a document with a body; null when it is too large or too deep to be an article. */
export function readPage(html: string): PageDocument | null {
  if (html.length > MOST_CHARACTERS || !isReadable(html)) return null;
  const read = (text: string) => parseHTML(text).document as unknown as PageDocument;
  const document = read(html);
  const whole = document.firstElementChild !== null && document.querySelector("body") !== null;
  return whole ? document : read(`<!doctype html><html><head></head><body>${html}</body></html>`);
}
