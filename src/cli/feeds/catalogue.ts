import { readFileSync } from "node:fs";
import { type Document, isMap, isSeq, parseDocument, type YAMLSeq } from "yaml";
import { replaceFile } from "#cli/replace-file.ts";
import type { Feed, Source } from "#model/feed.ts";
import { feedsFile } from "#model/feeds-file.ts";

/** A feed as feeds.yaml has it. */
export type Listed = Source & Pick<Feed, "id" | "name" | "url" | "site" | "place" | "kind" | "language">;

type Edited = { readonly ok: true } | { readonly ok: false; readonly reason: string };

const failed = (reason: string): Edited => ({ ok: false, reason });

/** Why a feed cannot stand in a catalogue; null when it can. */
export function faultOf(feed: Listed): string | null {
  const [issue] = feedsFile.shape.feeds.element.safeParse(feed).error?.issues ?? [];
  return issue === undefined ? null : `${issue.path.join(".")}: ${issue.message}`;
}

/** Edits feeds.yaml, comments and order kept. Nothing is written unless the whole file still fits its schema. */
function edit(file: string, change: (feeds: YAMLSeq, document: Document) => string | null): Edited {
  const document = parseDocument(readFileSync(file, "utf8"));
  const feeds = document.get("feeds");
  if (document.errors.length > 0 || !isSeq(feeds))
    return failed(`${file} has no list of feeds; \`policywire check\` says more.`);
  const reason = change(feeds, document);
  if (reason !== null) return failed(reason);
  const checked = feedsFile.safeParse(document.toJS());
  if (!checked.success) {
    const [issue] = checked.error.issues;
    return failed(`${issue?.path.at(-1)?.toString() ?? file}: ${issue?.message}. Nothing was written.`);
  }
  replaceFile(file, document.toString({ lineWidth: 0 }));
  return { ok: true };
}

const idOf = (node: unknown): unknown => (isMap(node) ? node.get("id") : null);

/** Adds feeds at the end of the catalogue. */
export function addFeeds(file: string, added: readonly Listed[]): Edited {
  return edit(file, (feeds, document) => {
    const taken = new Set(feeds.items.map(idOf));
    for (const feed of added) {
      if (taken.has(feed.id)) return `There is a feed ${feed.id} already; give another id.`;
      const node = document.createNode({ ...feed });
      node.spaceBefore = true;
      feeds.add(node);
      taken.add(feed.id);
    }
    return null;
  });
}

/** Takes a feed out of the catalogue; a comment that stood above it stays. */
export function removeFeed(file: string, id: string): Edited {
  return edit(file, (feeds) => {
    const index = feeds.items.findIndex((node) => idOf(node) === id);
    const removed = feeds.items[index];
    if (!isMap(removed)) return `There is no feed ${id}; \`policywire feeds list\` shows them all.`;
    feeds.items.splice(index, 1);
    const next = feeds.items[index];
    const comment = removed.commentBefore;
    if (comment && isMap(next)) next.commentBefore = next.commentBefore ? `${comment}\n${next.commentBefore}` : comment;
    return null;
  });
}

function baseOf(name: string): string {
  const plain = name.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const base = plain
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "")
    .slice(0, 40)
    .replace(/-$/, "");
  return base || "feed";
}

/** Makes ids of names that are not among those taken; whoever uses one adds it to them. */
export function idsBeside(taken: ReadonlySet<string>): (name: string) => string {
  // A name that comes again goes on where it was: counting from the start each time takes time with its square.
  const counts = new Map<string, number>();
  return (name) => {
    const base = baseOf(name);
    for (let n = counts.get(base) ?? 1; ; n++) {
      const id = n === 1 ? base : `${base}-${n}`;
      if (taken.has(id)) continue;
      counts.set(base, n);
      return id;
    }
  };
}
