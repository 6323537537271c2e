import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { extract } from "#pipeline/extract/extract.ts";

const PARAGRAPH =
  "The regulator said on Monday that the laboratory must report serious incidents within seventy-two hours, a duty that the laboratory had asked it to drop.";

const page = (head: string, body: string) =>
  `<!doctype html><html><head><title>Lab must report</title>${head}</head><body>${body}</body></html>`;
const article = `<article><h1>Lab must report</h1>${`<p>${PARAGRAPH}</p>`.repeat(4)}</article>`;

describe("extract", () => {
  it("keeps the article and drops what stands around it", () => {
    const found = extract(
      page("", `<nav><a href="/">Home</a></nav>${article}<footer>All rights reserved</footer>`),
      "https://example.org/a",
    );
    expect(found.title).toBe("Lab must report");
    expect(found.text).toContain(PARAGRAPH);
    expect(found.text).not.toContain("Home");
    expect(found.text).not.toContain("All rights");
  });

  it("says nothing that is struck, unless the page strikes most of itself", () => {
    const amended = `<p>The penalty is <del>5 million</del> <ins>2 million</ins> crowns. ${PARAGRAPH}</p>`;
    const styled = `<p style="text-decoration: line-through">The duty falls away.</p><p class="strike">So does the fine.</p>`;
    const { text } = extract(page("", article.replace("</h1>", `</h1>${amended}${styled}`)), "https://example.org/a");
    expect(text).toContain("The penalty is 2 million crowns.");
    expect(text).not.toMatch(/falls away|So does/);
    const forgotten = page("", article.replace("</h1>", "</h1><s>"));
    expect(extract(forgotten, "https://example.org/a").text).toContain(PARAGRAPH);
  });

  it("keeps a word in angle brackets, and shows what a script needs alone", () => {
    const odd = `<p>The cap of <EUR 5m stays for the labo\u00ADra\u200Btory. ${PARAGRAPH}</p>`;
    const { text } = extract(page("", article.replace("</h1>", `</h1>${odd}`)), "https://example.org/a");
    expect(text).toContain("The cap of <EUR 5m stays for the laboratory.");
  });

  it.each(["%PDF-1.7 stream", '{"html":"', "a,b\n", '<?xml version="1.0"?><rss><channel>', "{\\rtf1 "])(
    "finds no article in what begins with %j",
    (start) => expect(extract(start + article, "https://example.org/a").text).toBe(""),
  );

  it.each([
    [
      "JSON-LD",
      page('<script type="application/ld+json">{"datePublished":"2026-03-02"}</script>', article),
      "https://example.org/a",
    ],
    ["meta", page('<meta property="article:published_time" content="2026-03-02">', article), "https://example.org/a"],
    ["time", page("", `<time datetime="2026-03-02">2 March</time>${article}`), "https://example.org/a"],
    ["the address", page("", article), "https://example.org/2026/03/02/a"],
  ])("reads the date from %s", (_, html, url) => {
    expect(extract(html, url).publishedAt?.slice(0, 10)).toBe("2026-03-02");
  });

  it.each([
    [
      "its class, nearest to the heading",
      page(
        "",
        `<ul class="teaser"><li><span class="date">1 May 2020</span></li></ul><h1>Lab</h1><span class="date">2 March 2026</span>${article}`,
      ),
    ],
    ["a bare line under the heading", page("", `<h1>Lab</h1><p>2. März 2026</p>${article}`)],
    [
      "a visible day, where the page's clock is in UTC",
      page(
        '<meta property="article:published_time" content="2026-03-03T03:10:00Z">',
        `<h1>Lab</h1><time datetime="2026-03-02T22:10:00-05:00">2 March</time>${article}`,
      ),
    ],
  ])("reads a visible date by %s", (_, html) => {
    expect(extract(html, "https://example.org/a").publishedAt?.slice(0, 10)).toBe("2026-03-02");
  });

  it("keeps the time and zone that a page gives", () => {
    const html = page('<meta property="article:published_time" content="2026-03-02T22:10:00-05:00">', article);
    expect(extract(html, "https://example.org/a").publishedAt).toBe("2026-03-02T22:10:00-05:00");
  });

  it("says null where a page gives no date", () => {
    expect(extract(page("", article), "https://example.org/a?from=2026-03-02").publishedAt).toBeNull();
  });

  it("drops related links, captions, credits, pleas, bylines and repeats, whatever they stand in", () => {
    const furniture = [
      '<div class="related-posts"><p>Another story about something else entirely.</p></div>',
      "<p>(Image credit: Example Wire)</p>",
      "<p>Sign up for our weekly newsletter</p>",
      '<p><a href="/b">MORE ON LABS AND REGULATORS</a></p>',
      "<p>Ada Quill contributed to this report.</p>",
      "<p>Published 11:26 pm, Tuesday, March 3, 2026</p>",
      `<p>${PARAGRAPH}</p>`,
    ].join("");
    const found = extract(
      page(
        "",
        `<article><h1>Lab must report</h1><p>${PARAGRAPH}</p><p>A second paragraph, of some length, says what the laboratory will do now, and by when it will do so.</p>${furniture}</article>`,
      ),
      "https://example.org/a",
    );
    expect(found.text.split("\n\n")).toEqual([
      PARAGRAPH,
      "A second paragraph, of some length, says what the laboratory will do now, and by when it will do so.",
    ]);
  });

  it.each([
    ["in a head where the body ends", `<html><head><title>Lab must report</title></body>${article}</body></html>`],
    ["behind the body", `<html><head><title>Lab must report</title></head><body><p>x</p></body>${article}</html>`],
    ["before the body", `<html><title>Lab must report</title>${article}<body>x</body></html>`],
    ["without a body", `<title>Lab must report</title>${article}`],
  ])("finds an article that stands %s", (_, html) => {
    expect(extract(html, "https://example.org/a").text).toContain(PARAGRAPH);
  });

  it("keeps an article that a page wraps in a form", () => {
    expect(extract(page("", `<form>${article}</form>`), "https://example.org/a").text).toContain(PARAGRAPH);
  });

  it("refuses a page nested to exhaust the stack", () => {
    expect(extract(`${"<div>".repeat(20_000)}${PARAGRAPH}`, "https://example.org/").text).toBe("");
  });

  it("has an answer for any bytes", () => {
    fc.assert(
      fc.property(fc.string(), (html) => {
        expect(typeof extract(html, "https://example.org/").text).toBe("string");
      }),
      { numRuns: 50 },
    );
  });
});
