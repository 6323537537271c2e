import { isElement } from "#text/html-names.ts";

/** Characters in which a document's first element begins: licences and build notes stand before it. */
const HEAD = 4_096;

/** What may stand before a document's first element: white space, marks, comments, processing instructions. */
const PREAMBLE = /^(?:[\s\uFEFF\u200B]|<!--(?:[^-]|-(?!->))*-->|<\?[^>]*>)+/;

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
