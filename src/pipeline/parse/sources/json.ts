import { compile, type JSONPathQuery } from "json-p3";
import type { Entry } from "#model/article.ts";
import type { Source } from "#model/feed.ts";
import { MOST_ITEMS } from "#model/limits.ts";
import { decode } from "#text/decode.ts";
import { boundedEntry } from "../bounds.ts";
import { readDate } from "../dates.ts";
import { readJson, text } from "../json-feed.ts";
import { addressIn } from "../links.ts";
import type { Origin, ParseOutcome } from "../outcome.ts";
import { unread } from "./unread.ts";

type Mapping = NonNullable<Source["json"]>;
type Value = Parameters<JSONPathQuery["query"]>[0];

/** What a field of the mapping makes of an item; `within` is done to each value that is put into a longer text. */
type Field = (item: Value, within?: (value: string) => string) => string | null;

/** Reads an answer of a JSON interface as its mapping says. */
export function readJsonSource(body: Uint8Array, { contentType, url, at }: Origin, mapping: Mapping): ParseOutcome {
  const fault = faultInPaths(mapping);
  if (fault !== null) return unread(fault);
  const answer = readJson(decode(body, contentType)) as Value;
  if (answer === null) return unread("The answer is no JSON, or nests too deep.");
  const items = compile(mapping.list).query(answer).values() as Value[];
  if (items.length === 0 && !isEmptyList(mapping.list, answer))
    return unread(`The answer is not as feeds.yaml says: \`list: ${mapping.list}\` finds nothing. ${MEND}`);
  const fields = fieldsOf(mapping);
  const entries = items.slice(0, MOST_ITEMS).flatMap((item) => entryOf(item, fields, url, at) ?? []);
  if (items.length > 0 && entries.length === 0)
    return unread(`The answer is not as feeds.yaml says: no item has a title and a link. ${MEND}`);
  const next = mapping.next === undefined ? null : addressIn(text(firstOf(mapping.next, answer)), url);
  return {
    kind: "document",
    document: { format: "json", feed: { title: null, link: null }, entries, minIntervalMs: null },
    ...(next === null ? {} : { more: { addresses: [next], dated: true } }),
  };
}

const MEND = "Look at it, and mend `json` in feeds.yaml.";

const firstOf = (path: string, item: Value): unknown => compile(path).query(item).values()[0];

/** Whether the path of a list leads to one that is there and empty: a search without results is no fault. */
const isEmptyList = (list: string, answer: Value): boolean =>
  list.endsWith("[*]") && Array.isArray(firstOf(list.slice(0, -"[*]".length), answer));

/** Paths within a longer text. */
const HOLES = /\{(\$[^{}]*)\}/g;

const pathsIn = (template: string): readonly string[] =>
  template.startsWith("$") ? [template] : [...template.matchAll(HOLES)].map(([, path = ""]) => path);

/** A path that cannot be read, in a sentence; null when all can. */
export function faultInPaths(mapping: Mapping): string | null {
  for (const [name, value] of Object.entries(mapping)) {
    for (const path of typeof value === "string" ? pathsIn(value) : []) {
      try {
        compile(path);
      } catch (error) {
        return `\`${name}: ${value}\` is no JSONPath: ${error instanceof Error ? error.message : error}. ${MEND}`;
      }
    }
  }
  return null;
}

function fieldsOf({ title, link, date, id, summary }: Mapping) {
  const field = (template: string | undefined): Field => (template === undefined ? () => null : compiled(template));
  return { title: field(title), link: field(link), date: field(date), id: field(id), summary: field(summary) };
}

/** A text of which a part is missing is none. */
function compiled(template: string): Field {
  const queries = new Map(pathsIn(template).map((path) => [path, compile(path)]));
  const valueAt = (path: string, item: Value) => text(queries.get(path)?.query(item).values()[0]);
  if (template.startsWith("$")) return (item) => valueAt(template, item);
  return (item, within = (value) => value) => {
    let whole = true;
    const filled = template.replace(HOLES, (_, path: string) => {
      const value = valueAt(path, item);
      whole &&= value !== null;
      return within(value ?? "");
    });
    return whole ? filled : null;
  };
}

function entryOf(
  item: Value,
  fields: ReturnType<typeof fieldsOf>,
  url: string | null,
  at: Date | undefined,
): Entry | null {
  const title = fields.title(item);
  const link = addressIn(fields.link(item, encodeURIComponent), url);
  if (title === null || link === null) return null;
  return boundedEntry({
    id: fields.id(item),
    title,
    link,
    published: readDate(fields.date(item), at),
    updated: null,
    author: null,
    summary: fields.summary(item),
    content: null,
    enclosures: [],
  });
}
