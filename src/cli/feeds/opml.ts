import { parseOpml } from "feedsmith";
import { decode } from "#text/decode.ts";

/** A subscription in an OPML file. */
export type Outline = { readonly name: string; readonly url: string; readonly site: string | null };

type Node = {
  readonly text?: string;
  readonly title?: string;
  readonly xmlUrl?: string;
  readonly htmlUrl?: string;
  readonly outlines?: readonly Node[];
};

function gather(nodes: readonly Node[], feeds: Outline[]): Outline[] {
  for (const { text, title, xmlUrl, htmlUrl, outlines = [] } of nodes) {
    if (xmlUrl !== undefined) feeds.push({ name: title || text || xmlUrl, url: xmlUrl, site: htmlUrl ?? null });
    gather(outlines, feeds);
  }
  return feeds;
}

/** The feeds of a document that is well formed, and not nested past all reason; null of any other. */
function parsed(text: string): Outline[] | null {
  try {
    return gather((parseOpml(text) as { body?: { outlines?: readonly Node[] } }).body?.outlines ?? [], []);
  } catch {
    return null;
  }
}

/** Reads each outline by itself, whatever stands around it. */
const parsedApart = (text: string): Outline[] =>
  text
    .split(/(?=<outline\s)/i)
    .slice(1)
    .flatMap((part) => {
      const tag = part.slice(0, part.indexOf(">")).replace(/\/$/, "");
      return parsed(`<opml version="2.0"><body>${tag}/></body></opml>`) ?? [];
    });

/**
 * Every feed of an OPML document, in whatever encoding and folders: a bad outline costs itself alone. Null when it is no OPML.
 */
export function readOpml(body: Uint8Array): Outline[] | null {
  const text = decode(body, null);
  return parsed(text) ?? (/<opml[\s>]/i.test(text) ? parsedApart(text) : null);
}
