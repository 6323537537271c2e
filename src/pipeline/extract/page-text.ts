import { Readability } from "@mozilla/readability";

/** Elements that never belong to an article's text. */
const NOISE =
  "script,style,noscript,template,iframe,svg,form,button,input,select,textarea,nav,footer,aside,dialog,figure figcaption,figcaption,[aria-hidden=true],[hidden],[role=navigation],[role=dialog],[role=alert],[role=complementary]";

/** Elements that start a new paragraph. */
const BLOCKS = new Set(
  "P,DIV,SECTION,ARTICLE,MAIN,HEADER,BLOCKQUOTE,UL,OL,LI,DL,DT,DD,H1,H2,H3,H4,H5,H6,TABLE,TR,PRE,FIGURE,HR,ADDRESS,DETAILS,SUMMARY".split(","),
);

export type PageText = { readonly title: string | null; readonly text: string };

/** Plain text of an element: paragraphs parted by a blank line. */
export function textOfElement(root: Node): string {
  const parts: string[] = [];
  let line = "";
  const flush = () => {
    const text = line.replace(/\s+/g, " ").trim();
    if (text !== "") parts.push(text);
    line = "";
  };
  const walk = (node: Node) => {
    if (node.nodeType === 3) {
      line += node.textContent ?? "";
      return;
    }
    if (node.nodeType !== 1) return;
    const name = node.nodeName.toUpperCase();
    if (name === "BR") return flush();
    const block = BLOCKS.has(name);
    if (block) flush();
    for (let child = node.firstChild; child !== null; child = child.nextSibling) walk(child);
    if (block) flush();
    else if (name === "TD" || name === "TH") line += " ";
  };
  walk(root);
  flush();
  return parts.join("\n\n");
}

/** The article in a page, as Readability sees it once noise is removed. */
export function pageText(document: Document): PageText {
  for (const element of document.querySelectorAll(NOISE)) element.remove();
  const found = new Readability(document, { keepClasses: true, serializer: (element) => element }).parse();
  if (found === null) return { title: document.title || null, text: "" };
  return { title: found.title || null, text: textOfElement(found.content as unknown as Node) };
}
