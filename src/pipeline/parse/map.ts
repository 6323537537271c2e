import RssParser from "rss-parser";
import { ALL_HIDDEN, ALL_LISTED, type ListedName } from "./elements.ts";
import type { Branch, Scanned, Twig } from "./scan.ts";

type CustomField = readonly [from: string, to: string, options: { readonly keepArray: true }];

const RENAMED: ReadonlyMap<string, string> = new Map([...ALL_HIDDEN].map((name) => [name, `raw:${name}`]));

const CUSTOM_FIELDS: ReadonlyMap<string, CustomField> = new Map([
  ...[...RENAMED].map(([name, hidden]): [string, CustomField] => [hidden, [hidden, name, { keepArray: true }]]),
  ...[...ALL_LISTED].map((name): [string, CustomField] => [name, [name, name, { keepArray: true }]]),
]);

/** An item or a feed as rss-parser maps it: custom fields as lists of all their occurrences, its own as strings. */
export type Mapped = { readonly [field: string]: unknown };

const NONE: readonly Twig[] = [];

/** All occurrences of a custom field, in the order of the document. */
export const listOf = (mapped: Mapped, name: ListedName): readonly Twig[] => {
  const value = mapped[name];
  return Array.isArray(value) ? value : NONE;
};

/** rss-parser's own reading of a field, where it is a plain string. */
export function fieldOf(mapped: Mapped, name: string): string | null {
  const value = mapped[name];
  return typeof value === "string" ? value : null;
}

/** Hides the traps of a branch; `custom` gathers the fields that this document needs. */
function withoutTraps(branch: Branch, custom: Set<CustomField>): Branch {
  const copy = {} as Branch;
  for (const name in branch) {
    const hidden = RENAMED.get(name) ?? name;
    const field = CUSTOM_FIELDS.get(hidden);
    if (field !== undefined) custom.add(field);
    copy[hidden] = branch[name] as Twig[];
  }
  return copy;
}

/**
 * Lets rss-parser map the tree. A fresh parser for every document, because a shared one can wedge for ever; its XML
 * engine is replaced by the tree that `scan` has already read, through the property it keeps that engine in.
 */
export async function map({
  root,
  channel,
  items,
}: Scanned): Promise<{ readonly feed: Mapped; readonly items: readonly Mapped[] }> {
  const feedFields = new Set<CustomField>();
  const itemFields = new Set<CustomField>();
  const feed = withoutTraps(channel, feedFields);
  const entries = items.map((item) => withoutTraps(item, itemFields));
  const parser = new RssParser({ customFields: { item: [...itemFields], feed: [...feedFields] } as never });
  const tree =
    root === "feed"
      ? { feed: { ...feed, entry: entries } }
      : { rss: { $: { version: "2.0" }, channel: [{ ...feed, item: entries }] } };
  Object.assign(parser, {
    xmlParser: { parseString: (_: string, done: (error: null, tree: unknown) => void) => done(null, tree) },
  });
  const { items: mapped, ...rest } = await parser.parseString("");
  return { feed: rest, items: mapped as Mapped[] };
}
