import type { Source } from "#model/feed.ts";
import { decode } from "#text/decode.ts";
import { isObject, readJson } from "../json-feed.ts";
import type { Origin } from "../outcome.ts";

type Mapping = NonNullable<Source["json"]>;
type Fields = Readonly<Record<string, readonly string[]>>;

/** What interfaces call the fields of an entry, the surest first. */
const NAMES: Fields = {
  title: ["title", "headline", "name", "caseName", "case_name", "subject", "label"],
  link: ["html_url", "web_url", "webUrl", "permalink", "absolute_url", "link", "url", "href"],
  date: [
    ...["publication_date", "publicationDate", "published_at", "publishedAt", "date_published", "published", "pubDate"],
    ...["dateFiled", "date_filed", "dateIssued", "date", "created_at", "created", "updated"],
  ],
  id: ["id", "document_number", "number", "guid", "uuid", "celex"],
  summary: ["abstract", "summary", "description", "teaser", "excerpt", "snippet"],
};
const NEXT = ["next", "next_page_url", "nextPage", "next_url"];

/** How deep within an answer its list is looked for. */
const DEEPEST_LIST = 4;

/** What kind of source a document is that is no feed, and of JSON how it is to be read; null for what is none. */
export function guessSource(body: Uint8Array, { contentType }: Origin): Source | null {
  const text = decode(body, contentType);
  const start = text.slice(0, 4_096).trimStart();
  if (/^[[{]/.test(start)) {
    const json = guessMapping(readJson(text));
    return json === null ? null : { source: "json", json };
  }
  if ((body[0] === 0x1f && body[1] === 0x8b) || /<(?:urlset|sitemapindex)[\s>]/i.test(start))
    return { source: "sitemap" };
  return /<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]/i.test(start) ? { source: "page" } : null;
}

/** The mapping of the list that has titles and links, the longest; null when there is none. */
function guessMapping(answer: unknown): Mapping | null {
  const lists: { readonly path: string; readonly items: readonly Readonly<Record<string, unknown>>[] }[] = [];
  const walk = (value: unknown, path: string, depth: number): void => {
    if (Array.isArray(value)) lists.push({ path, items: value.filter(isObject) });
    else if (isObject(value) && depth < DEEPEST_LIST)
      for (const [name, inner] of Object.entries(value)) walk(inner, `${path}${step(name)}`, depth + 1);
  };
  walk(answer, "$", 0);
  for (const { path, items } of lists.toSorted((a, b) => b.items.length - a.items.length)) {
    const [item] = items;
    const { title, link, ...others } = item === undefined ? {} : fieldsOf(item);
    if (title !== undefined && link !== undefined)
      return { list: `${path}[*]`, title, link, ...others, ...nextOf(answer) } as Mapping;
  }
  return null;
}

/** A step of a JSONPath. */
const step = (name: string): string => (/^[A-Za-z_]\w*$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`);

function fieldsOf(item: Readonly<Record<string, unknown>>): Partial<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(NAMES).flatMap(([field, names]) => {
      const name = names.find(
        (one) => typeof item[one] === "string" || (field === "id" && typeof item[one] === "number"),
      );
      return name === undefined ? [] : [[field, `$${step(name)}`]];
    }),
  );
}

function nextOf(answer: unknown): Pick<Mapping, "next"> {
  const name = isObject(answer) ? NEXT.find((one) => one in answer) : undefined;
  return name === undefined ? {} : { next: `$${step(name)}` };
}
