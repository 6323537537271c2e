import { generateAtomFeed } from "feedsmith";
import { withoutControls } from "#text/entities.ts";
import { type Entry, updatedOf, type View } from "./view.ts";

/** A view as Atom 1.0. */
export const atom = (view: View): string =>
  unpadded(
    generateAtomFeed({
      id: view.id,
      title: { value: shown(view.title) },
      updated: updatedOf(view),
      authors: [{ name: "Policywire" }],
      links: [
        { rel: "self", type: "application/atom+xml", href: view.self },
        { rel: "alternate", type: "text/html", href: view.home },
      ],
      entries: view.entries.map(entryOf),
    }),
  );

/** Readers show the line breaks that the writer puts around a text with markup in it. */
const unpadded = (xml: string): string =>
  xml.replace(/>\s+<!\[CDATA\[/g, "><![CDATA[").replace(/\]\]>\s+<\//g, "]]></");

const entryOf = ({ id, title, url, source, published, updated, tags, html }: Entry) => ({
  id,
  title: { value: shown(title) },
  published,
  updated,
  links: [
    { rel: "alternate", type: "text/html", href: url },
    ...(source === null ? [] : [{ rel: "via", href: shown(source) }]),
  ],
  categories: tags.map((tag) => ({ term: tag.id, label: tag.name })),
  content: { type: "html" as const, value: shown(html) },
});

/** What XML can hold. */
const shown = (text: string): string => withoutControls(text).toWellFormed();
