import { expect, test } from "vitest";
import { pagesOf, pagesText } from "#model/citation.ts";
import { citationText, citationUrl } from "#model/delivery.ts";

/** Three pages, of which the second has no text. */
const NOTICE = { url: "https://board.example/notice.pdf?v=2#top", pageStarts: [0, 40, 40] };

test("words stand on the page that they begin on, up to the one that they end on", () => {
  expect(pagesOf(NOTICE, { start: 0, end: 40 })).toEqual({
    from: 1,
    to: 1,
    url: "https://board.example/notice.pdf?v=2#page=1",
  });
  expect(pagesOf(NOTICE, { start: 40, end: 41 })).toEqual({
    from: 3,
    to: 3,
    url: "https://board.example/notice.pdf?v=2#page=3",
  });
  expect(pagesOf(NOTICE, { start: 30, end: 41 })).toMatchObject({ from: 1, to: 3 });
});

test("a page without a number, and a title, have none", () => {
  expect(pagesOf(undefined, { start: 0, end: 9 })).toBeNull();
  expect(pagesOf(NOTICE, {})).toBeNull();
});

test("a citation names its pages, and opens the first of them", () => {
  const sources = [{ url: "https://board.example/notice" }];
  const pages = pagesOf(NOTICE, { start: 0, end: 9 })!;
  expect(citationText({ source: 1, pages })).toBe("1, p.\u00a01");
  expect(citationUrl(sources, { source: 1, pages })).toBe(pages.url);
  expect(pagesText({ from: 3, to: 4 })).toBe("pp.\u00a03–4");
  expect(citationText({ source: 1 })).toBe("1");
  expect([1, 2].map((source) => citationUrl(sources, { source }))).toEqual(["https://board.example/notice", null]);
});
