import { readFileSync } from "node:fs";
import type { Entry } from "#model/article.ts";
import type { Source } from "#model/feed.ts";
import { parse } from "#pipeline/parse/parse.ts";

const AT = new Date("2026-06-20T12:00:00Z");

export const fixture = (name: string): Buffer => readFileSync(`tests/fixtures/sources/${name}`);

/** What a source makes of a document of tests/fixtures/sources, or of one given. */
export const readAs = (source: Source, document: string | Uint8Array, url = "https://authority.example/news") =>
  parse(typeof document === "string" ? fixture(document) : document, { contentType: null, url, at: AT }, source);

/** The same in brief: when, what and where of each entry, or the sentence that says why there are none. */
export async function entriesAs(source: Source, document: string | Uint8Array, url?: string) {
  const outcome = await readAs(source, document, url);
  return outcome.kind === "document" ? outcome.document.entries.map(brief) : outcome.reason;
}

const brief = ({ published, updated, title, link }: Entry) =>
  `${(published ?? updated ?? "no date").replace("T00:00:00.000Z", "")} | ${title} | ${link}`;
