import { getDocumentProxy } from "unpdf";
import { LONGEST_TEXT, LONGEST_TITLE, MOST_PAGES } from "#model/limits.ts";
import { cutText } from "#text/cut.ts";
import type { ExtractedPage } from "../extract.ts";
import { withoutFurniture } from "./furniture.ts";
import { type Line, linesOf, type Run } from "./lines.ts";
import { paragraphsOf } from "./paragraphs.ts";
import { type Prose, proseOf } from "./prose.ts";

/** Signs that stand for no letter: a font without a map to Unicode has next to no others. */
const MEANINGLESS = /[\p{Cc}\p{Co}\p{Cn}\uFFFD]/gu;

/** Of a text that can be read no more than this are; ornaments and bullets of symbol fonts are some. */
const MOST_MEANINGLESS = 0.05;

/** Pages in which nothing was found after which a document is taken for pictures of pages. */
const PICTURES = 10;

/**
 * The text of a PDF, for another thread to call: pdf.js loads here alone. Nothing of what a document asks for is run or fetched.
 * Rejects where it is none, is locked or damaged beyond reading. Empty where it is pictures of text, or its letters mean nothing.
 */
export async function readPdf(body: Uint8Array): Promise<ExtractedPage> {
  // Fonts and character maps are fetched from nowhere, nothing is drawn, and nobody is told of faults.
  const pdf = await getDocumentProxy(new Uint8Array(body), {
    useSystemFonts: true,
    disableFontFace: true,
    verbosity: 0,
  });
  const pages: (readonly Line[])[] = [];
  let length = 0;
  for (let number = 1; number <= Math.min(pdf.numPages, MOST_PAGES) && length < LONGEST_TEXT; number += 1) {
    const page = await pdf.getPage(number);
    const { items } = await page.getTextContent();
    const lines = linesOf((items as readonly object[]).filter(isRun), page.getViewport({ scale: 1 }).transform, number);
    pages.push(lines);
    length += lines.reduce((sum, { text }) => sum + text.length, 0);
    page.cleanup();
    if (number === PICTURES && length === 0) break;
  }
  const { info } = await pdf.getMetadata();
  const title = "Title" in info && typeof info.Title === "string" ? info.Title.trim() : "";
  const { text, pageStarts } = readable(proseOf(paragraphsOf(withoutFurniture(pages)), pages.length));
  return {
    title: title === "" ? null : cutText(title, LONGEST_TITLE),
    text,
    // What a file says of itself is when it was made, not when it was published.
    publishedAt: null,
    pageStarts,
  };
}

const isRun = (item: object): item is Run => "str" in item;

const NOTHING: Prose = { text: "", pageStarts: [] };

function readable({ text, pageStarts }: Prose): Prose {
  const letters = text.replace(/\s+/g, "");
  const meaningless = letters.match(MEANINGLESS)?.length ?? 0;
  if (letters === "" || meaningless > MOST_MEANINGLESS * letters.length) return NOTHING;
  const kept = cutText(text, LONGEST_TEXT, "").toWellFormed();
  return { text: kept, pageStarts: pageStarts.filter((start) => start < kept.length) };
}
