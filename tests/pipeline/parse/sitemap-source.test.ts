import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { entriesAs, fixture, readAs } from "#support/sources.ts";

const SITEMAP = { source: "sitemap" } as const;
const under = (prefix: string) => ({ ...SITEMAP, sitemap: { under: prefix } });
const urls = (count: number) =>
  Buffer.from(
    `<urlset>${Array.from({ length: count }, (_, i) => `<url><loc>https://a.example/p/${i}</loc></url>`).join("")}</urlset>`,
  );

test("a sitemap is read with what it says of news, and where it has no title by its addresses", async () => {
  const entries = [
    "2026-06-11T06:15:00.000Z | Commission &amp; courts weigh a civil penalty for Meridian | https://commission.example/news/2026/penalty-meridian",
    "2026-06-10 | Model audits begin | https://commission.example/news/2026/model-audits_begin.html",
  ];
  expect(await entriesAs(under("https://commission.example/news/"), "news-sitemap.xml")).toEqual(entries);
  expect(await entriesAs(SITEMAP, "news-sitemap.xml")).toEqual([
    ...entries,
    "2026-06-12 | Board | https://commission.example/about/board",
  ]);
  expect(await entriesAs(under("https://commission.example/news/"), gzipSync(fixture("news-sitemap.xml")))).toEqual(
    entries,
  );
});

test("an index names its parts, the newest first, and whether it changes with each of them", async () => {
  const index = (...parts: readonly string[]) =>
    Buffer.from(`<?xml version="1.0"?><sitemapindex>${parts.join("")}</sitemapindex>`);
  const part = (name: string, at = "") =>
    `<sitemap><loc>/${name}.xml.gz</loc>${at && `<lastmod>${at}</lastmod>`}</sitemap>`;
  expect(await readAs(SITEMAP, index(part("old", "2024-01-01"), part("new", "2026-06-01")))).toMatchObject({
    document: { entries: [] },
    more: { addresses: ["https://authority.example/new.xml.gz", "https://authority.example/old.xml.gz"], dated: true },
  });
  expect(await readAs(SITEMAP, index(part("a"), part("b", "2026-06-01")))).toMatchObject({ more: { dated: false } });
});

test("of a long sitemap all that is wanted is read, wherever it stands, and the others are counted", async () => {
  const wanted = await readAs(under("https://a.example/p/2000"), urls(20_010));
  expect(wanted).toMatchObject({ document: { entries: Array(11).fill({ updated: null }) }, left: 19_999 });
});

test("what is no sitemap, or cannot be unpacked, is a fault that says what to mend", async () => {
  expect(await entriesAs(SITEMAP, "cards.html")).toMatch(/^This is no sitemap\./);
  expect(await entriesAs(SITEMAP, gzipSync(Buffer.alloc(20 * 1024 * 1024, " ")))).toMatch(/larger than 10 MiB/);
});
