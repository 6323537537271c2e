import type { Span } from "./tag.ts";

/** The document with pages, such as a PDF, that an article's text was read from. */
export type PagedDocument = {
  /** The address that it was asked for at. */
  readonly url: string;
  /** Where each page begins in the text, the first at 0; one without text begins where the next one does. */
  readonly pageStarts: readonly number[];
  /** What the feed said of it, where that was kept: of a hundred pages it names what matters. */
  readonly said?: string;
};

/** Pages of a document, counted from 1, and the address that opens it at the first of them. */
export type CitedPages = { readonly from: number; readonly to: number; readonly url: string };

/** The pages that a span of an article's text stands on; null where the text has none, and of what stands in no text. */
export function pagesOf(document: PagedDocument | undefined, { start, end }: Partial<Span>): CitedPages | null {
  if (document === undefined || start === undefined || end === undefined) return null;
  const { url, pageStarts } = document;
  const pageAt = (offset: number) => pageStarts.findLastIndex((begins) => begins <= offset) + 1;
  const from = pageAt(start);
  return { from, to: pageAt(Math.max(start, end - 1)), url: atPage(url, from) };
}

/** The address at which a span of an article's text is read: of a document at its page, else the article's own. */
export const addressOf = (url: string, document: PagedDocument | undefined, span: Partial<Span>): string =>
  pagesOf(document, span)?.url ?? url;

/** RFC 8118: `#page=3`, which browsers and viewers open a PDF at. */
function atPage(address: string, page: number): string {
  const url = new URL(address);
  url.hash = `page=${page}`;
  return url.href;
}

/** `p. 3`, `pp. 3–4`: on one line wherever it stands. */
export const pagesText = ({ from, to }: Pick<CitedPages, "from" | "to">): string =>
  from === to ? `p.\u00a0${from}` : `pp.\u00a0${from}–${to}`;
