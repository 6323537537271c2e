import { Readability } from "@mozilla/readability";
import type { PageDocument, PageElement } from "./dom.ts";
import { articleParagraphs, paragraphsOf } from "./paragraphs.ts";

export type PageText = { readonly title: string | null; readonly text: string };

/** The article in a page, as Readability sees it once what stands around it is removed. The document is used up. */
export function pageText(document: PageDocument): PageText {
  const pageTitle = document.title || null;
  const reader = new Readability<PageElement>(document as never, {
    keepClasses: true,
    serializer: (node: unknown) => node as PageElement,
  });
  const found = reader.parse();
  const title = found?.title || pageTitle;
  return { title, text: found?.content ? articleParagraphs(paragraphsOf(found.content), title).join("\n\n") : "" };
}
