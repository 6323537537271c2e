import type { PageDocument } from "./dom.ts";

/**
 * The address of the one PDF that a page links to, without what stands around its article; null where it links to none, or to
 * several, of which nobody knows which is meant.
 */
export function linkedPdf(document: PageDocument, url: string): string | null {
  const base = document.querySelector("base")?.getAttribute("href") ?? "";
  const home = URL.canParse(base, url) ? new URL(base, url).href : url;
  const found = new Set<string>();
  for (const anchor of document.querySelectorAll("a[href]")) {
    const href = anchor.getAttribute("href") ?? "";
    if (!URL.canParse(href, home)) continue;
    const target = new URL(href, home);
    target.hash = "";
    if (/^https?:$/.test(target.protocol) && /\.pdf$/i.test(target.pathname)) found.add(target.href);
    if (found.size > 1) return null;
  }
  return [...found][0] ?? null;
}
