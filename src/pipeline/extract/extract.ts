import { LONGEST_TEXT, LONGEST_TITLE } from "#model/limits.ts";
import { cutText } from "#text/cut.ts";
import { decode } from "#text/decode.ts";
import { publicationDate } from "./date.ts";
import { readPage } from "./dom.ts";
import { isHtml } from "./kind.ts";
import { linkedPdf } from "./linked-pdf.ts";
import { pageText } from "./page-text.ts";
import { prune } from "./surroundings.ts";

export type ExtractedPage = {
  readonly title: string | null;
  /** Paragraphs parted by a blank line; empty when the page holds no article, is too large or too deep to be one, or no HTML. */
  readonly text: string;
  /** ISO 8601; a day alone when the page gives no time. */
  readonly publishedAt: string | null;
  /** Of a document with pages: where each begins in `text`. */
  readonly pageStarts?: readonly number[];
  /** Of a page: the one PDF that it links to. */
  readonly pdf?: string;
};

/** The article in a page: its title, its text without what stands around it, and when it was published. */
export function extract(html: string, url: string): ExtractedPage {
  const document = isHtml(html) ? readPage(html) : null;
  if (document === null) return { title: null, text: "", publishedAt: null };
  const publishedAt = publicationDate(document, url);
  prune(document);
  const pdf = linkedPdf(document, url);
  return { ...pageText(document), publishedAt, ...(pdf !== null && { pdf }) };
}

/** The same, from what a server sent, with no more of anything than is kept of it. */
export function extractFrom(body: Uint8Array, contentType: string | null, url: string): ExtractedPage {
  const { title, text, ...rest } = extract(decode(body, contentType), url);
  return {
    ...rest,
    title: title === null ? null : cutText(title, LONGEST_TITLE),
    text: cutText(text, LONGEST_TEXT, "").toWellFormed(),
  };
}
