import { expect, test } from "vitest";
import { entriesAs, readAs } from "#support/sources.ts";

const json = {
  list: "$.results[*]",
  title: "{$.agency.name}: {$.title}",
  link: "$.html_url",
  date: "$.publication_date",
  id: "$.number",
  summary: "$.abstract",
  next: "$.next",
} as const;
const SOURCE = { source: "json", json } as const;
const answer = (value: unknown) => Buffer.from(JSON.stringify(value));

test("an answer is read by its mapping, with the address of its next page; what has no title is no entry", async () => {
  expect(await readAs(SOURCE, "interface.json", "https://gazette.example/api/notices")).toEqual({
    kind: "document",
    document: {
      format: "json",
      feed: { title: null, link: null },
      entries: [
        {
          id: "2026-10411",
          title: "Bureau of Models: Reports of incidents with AI models",
          link: "https://gazette.example/d/2026-10411",
          published: "2026-06-15T00:00:00.000Z",
          updated: null,
          author: null,
          summary: "The bureau proposes to require reports within 72 hours.",
          content: null,
          enclosures: [],
        },
        expect.objectContaining({ id: "2026-10398", summary: null }),
      ],
      minIntervalMs: null,
    },
    more: { addresses: ["https://gazette.example/api/notices?page=2"], dated: true },
  });
});

test("a link may be put together of values, each escaped, or stand against the document's address", async () => {
  const items = answer([{ id: "a b/c", name: "A bill" }]);
  const mapping = (link: string) => ({ source: "json", json: { list: "$[*]", title: "$.name", link } }) as const;
  expect(await entriesAs(mapping("/bills/{$.id}"), items, "https://house.example/api/")).toEqual([
    "no date | A bill | https://house.example/bills/a%20b%2Fc",
  ]);
  expect(await entriesAs(mapping("$.id"), items, "https://house.example/api/")).toEqual([
    "no date | A bill | https://house.example/api/a%20b/c",
  ]);
});

test("a search without results is empty, and an answer of another shape is a fault that says what to mend", async () => {
  expect(await entriesAs(SOURCE, answer({ results: [] }))).toEqual([]);
  expect(await entriesAs(SOURCE, answer({ items: [] }))).toBe(
    "The answer is not as feeds.yaml says: `list: $.results[*]` finds nothing. Look at it, and mend `json` in feeds.yaml.",
  );
  expect(await entriesAs(SOURCE, answer({ results: [{ headline: "x" }] }))).toMatch(/no item has a title and a link/);
  expect(await entriesAs(SOURCE, Buffer.from("<html>"))).toBe("The answer is no JSON, or nests too deep.");
  expect(await entriesAs(SOURCE, Buffer.from("[".repeat(200_000)))).toBe("The answer is no JSON, or nests too deep.");
});

test("a path that is none is a fault", async () => {
  const broken = { source: "json", json: { ...json, title: "$.[" } } as const;
  expect(await entriesAs(broken, "interface.json")).toMatch(/^`title: \$\.\[` is no JSONPath: .* mend `json`/);
});
