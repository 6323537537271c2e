import fc from "fast-check";
import { expect, test } from "vitest";
import { canonicalUrl } from "#pipeline/normalize/canonical-url.ts";

const address = fc.webUrl({ withQueryParameters: true, withFragments: true });

test("a canonical address is canonical", () => {
  fc.assert(
    fc.property(address, (url) => {
      const once = canonicalUrl(url);
      expect(once).not.toBeNull();
      expect(canonicalUrl(once ?? "")).toBe(once);
    }),
  );
});

test("so is one whose host ends in dots", () => {
  expect(canonicalUrl("https://www.gazette.example../a")).toBe("https://gazette.example/a");
});

test("scheme, www, trackers, fragment and closing slash make no difference", () => {
  const path = fc.stringMatching(/^[a-z0-9-]{1,12}$/);
  fc.assert(
    fc.property(path, path, fc.constantFrom("utm_source", "fbclid", "mc_cid", "gclid"), (a, b, tracker) => {
      const plain = canonicalUrl(`https://gazette.example/${a}/${b}?id=7`);
      for (const variant of [
        `http://gazette.example/${a}/${b}?id=7`,
        `https://www.gazette.example/${a}/${b}?id=7#top`,
        `https://gazette.example/${a}/${b}/?${tracker}=${b}&id=7`,
        `https://GAZETTE.example:443/${a}//${b}?id=7&${tracker}=1`,
      ]) {
        expect(canonicalUrl(variant)).toBe(plain);
      }
    }),
  );
});

test("what tells two pages apart is kept", () => {
  const urls = [
    "https://a.example/x?id=1",
    "https://a.example/x?id=2",
    "https://a.example/X?id=1",
    "https://b.example/x?id=1",
  ];
  expect(new Set(urls.map(canonicalUrl)).size).toBe(4);
});

test("what is no web address has no canonical one", () => {
  for (const text of [
    "",
    "tag:a.example,2026:1",
    "mailto:a@a.example",
    "javascript:alert(1)",
    "http://",
    "/relative",
  ]) {
    expect(canonicalUrl(text)).toBeNull();
  }
});
