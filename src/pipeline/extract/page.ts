import { inThread, type Outcome } from "#text/in-thread.ts";
import type { ExtractedPage } from "./extract.ts";
import { kindOf } from "./kind.ts";

/** What is neither page nor PDF. */
const NOTHING: ExtractedPage = { title: null, text: "", publishedAt: null };

/**
 * Reads what stands at an article's address, a page or a PDF, in another thread: a tree of elements is dear to build, and what a
 * page or a document can make of it dearer. Nothing of the DOM is loaded here, nor of PDF. Of anything else nothing is read.
 */
export async function readPageAside(
  body: Uint8Array,
  contentType: string | null,
  url: string,
): Promise<Outcome<ExtractedPage>> {
  const kind = kindOf(body, contentType);
  if (kind === "html") return inThread(new URL("./extract.ts", import.meta.url), "extractFrom", body, contentType, url);
  return kind === "pdf" ? readPdfAside(body) : { kind: "done", value: NOTHING };
}

/** Reads a PDF alike. */
export const readPdfAside = (body: Uint8Array): Promise<Outcome<ExtractedPage>> =>
  inThread(new URL("./pdf/read-pdf.ts", import.meta.url), "readPdf", body);
