import { Readability } from "@mozilla/readability";
import type { PageDocument, PageElement, PageNode } from "./dom.ts";

/** Elements that never belong to an article's text. */
const NOISE =
  "script,style,noscript,template,iframe,svg,form,button,input,select,textarea,nav,footer,aside,dialog,figcaption,[aria-hidden=true],[hidden],[role=navigation],[role=dialog],[role=alert],[role=complementary]";

/** Elements that start a new paragraph. */
const BLOCKS = new Set(
  "P,DIV,SECTION,ARTICLE,MAIN,HEADER,BLOCKQUOTE,UL,OL,LI,DL,DT,DD,H1,H2,H3,H4,H5,H6,TABLE,TR,PRE,FIGURE,HR,ADDRESS,DETAILS,SUMMARY".split(
    ",",
  ),
);

const ELEMENT = 1;
const TEXT = 3;

export type PageText = { readonly title: string | null; readonly text: string };

/** Plain text of an element: paragraphs parted by a blank line. */
export function textOfElement(root: PageNode): string {
  const parts: string[] = [];
  let line = "";
  const flush = () => {
    const text = line.replace(/\s+/g, " ").trim();
    if (text !== "") parts.push(text);
    line = "";
  };
  const walk = (node: PageNode) => {
    if (node.nodeType === TEXT) {
      line += node.textContent ?? "";
      return;
    }
    if (node.nodeType !== ELEMENT) return;
    const name = node.nodeName.toUpperCase();
    const block = BLOCKS.has(name) || name === "BR";
    if (block) flush();
    for (let child = node.firstChild; child !== null; child = child.nextSibling) walk(child);
    if (block) flush();
    else if (name === "TD" || name === "TH") line += " ";
  };
  walk(root);
  flush();
  return parts.join("\n\n");
}

/** The article in a page, as Readability sees it once noise is removed. The document is used up. */
export function pageText(document: PageDocument): PageText {
  for (const element of [...document.querySelectorAll(NOISE)]) element.remove();
  const reader = new Readability<PageElement>(document as never, {
    keepClasses: true,
    serializer: (node: unknown) => node as PageElement,
  });
  const found = reader.parse();
  return { title: found?.title || document.title || null, text: found?.content ? textOfElement(found.content) : "" };
}
