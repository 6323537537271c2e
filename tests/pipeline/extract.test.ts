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
