import { inThread, type Outcome } from "#text/in-thread.ts";
import type { ExtractedPage } from "./extract.ts";

/**
 * Reads an article's page in another thread: a tree of elements is dear to build, and what a page can make of it dearer. Nothing
 * of the DOM is loaded here.
 */
export const readPageAside = (
  body: Uint8Array,
  contentType: string | null,
  url: string,
): Promise<Outcome<ExtractedPage>> =>
  inThread(new URL("./extract.ts", import.meta.url), "extractFrom", body, contentType, url);
