import { decode } from "#text/decode.ts";
import { isElement } from "#text/html-names.ts";

/** What stands at an address: a page, a PDF, or what nobody reads as an article, such as a picture, an archive, JSON or a film. */
export type Kind = "html" | "pdf" | "other";

/** Characters in which a document's first element begins: licences and build notes stand before it. */
const HEAD = 4_096;

/** Bytes within which a PDF says that it is one: some servers put lines of their own before it. */
const PDF_HEAD = 1_024;

/** What may stand before a document's first element: white space, marks, comments, processing instructions. */
const PREAMBLE = /^(?:[\s\uFEFF\u200B]|<!--(?:[^-]|-(?!->))*-->|<\?[^>]*>)+/;

/** What a server sent, by how it begins, whatever the server calls it; a PDF that does not say so is one by its type. */
export function kindOf(body: Uint8Array, contentType: string | null): Kind {
  // Of an encoding of four bytes a character.
  if (isHtml(decode(body.subarray(0, 4 * HEAD), contentType))) return "html";
  const head = String.fromCharCode(...body.subarray(0, PDF_HEAD));
  return head.includes("%PDF-") || /^\s*application\/(?:x-)?pdf\b/i.test(contentType ?? "") ? "pdf" : "other";
}

/**
 * Whether a text is HTML, by how it begins, whatever a server calls it: a PDF, JSON, a table of values, a feed, a picture or an
 * archive is read by nobody as an article.
 */
export function isHtml(text: string): boolean {
  const head = text.slice(0, HEAD).replace(PREAMBLE, "");
  if (/^<!doctype\s/i.test(head)) return /^<!doctype\s+html\b/i.test(head);
  const name = /^<([a-z][^\s/<>]*)/i.exec(head)?.[1] ?? "";
  return head.startsWith("<!--") || (isElement(name) && !/^(?:svg|math)$|:/i.test(name));
}
