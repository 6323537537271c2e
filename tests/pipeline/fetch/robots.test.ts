import fc from "fast-check";
import { expect, it } from "vitest";
import { readRobots } from "#pipeline/fetch/robots.ts";

const SITE = "https://board.example";

const allows = (text: string | readonly string[], path: string) =>
  readRobots(typeof text === "string" ? text : text.join("\n"), "Policywire")(`${SITE}${path}`);

it.each<[what: string, text: readonly string[], path: string, allowed: boolean]>([
  ["nothing forbids nothing", [], "/a", true],
  ["an empty disallow forbids nothing", ["User-agent: *", "Disallow:"], "/a", true],
  ["a slash forbids all", ["User-agent: *", "Disallow: /"], "/a", false],
  ["a path forbids what begins with it", ["User-agent: *", "Disallow: /fish"], "/fish.html?id=1", false],
  ["and nothing else", ["User-agent: *", "Disallow: /fish"], "/catfish", true],
  ["the longest rule decides", ["User-agent: *", "Disallow: /p", "Allow: /page"], "/page", true],
  ["wherever it stands", ["User-agent: *", "Allow: /page", "Disallow: /p"], "/page", true],
  ["permission wins a tie", ["User-agent: *", "Disallow: /page", "Allow: /page"], "/page", true],
  ["a star is anything", ["User-agent: *", "Disallow: /*.pdf$"], "/a/b.pdf", false],
  ["a dollar is the end", ["User-agent: *", "Disallow: /*.pdf$"], "/a/b.pdf?x=1", true],
  [
    "our own group counts alone",
    ["User-agent: *", "Disallow: /", "", "User-agent: policywire", "Disallow: /b"],
    "/a",
    true,
  ],
  ["even an empty one", ["User-agent: *", "Disallow: /", "User-agent: Policywire/2.0"], "/a", true],
  [
    "groups of one name are one",
    [
      "User-agent: policywire",
      "Disallow: /a",
      "User-agent: x",
      "Disallow: /",
      "User-agent: policywire",
      "Disallow: /b",
    ],
    "/b",
    false,
  ],
  ["several agents share a group", ["User-agent: x", "User-agent: policywire", "Disallow: /a"], "/a", false],
  ["others' rules are not ours", ["User-agent: policywirebot", "Disallow: /"], "/a", true],
  [
    "other lines part no group",
    ["User-agent: *", "Crawl-delay: 10", "Sitemap: https://x.example", "Disallow: /a"],
    "/a",
    false,
  ],
  ["comments and case are passed over", ["USER-AGENT: * # all", "disallow: /a # b"], "/a", false],
  [
    "letters past ASCII are compared under percent signs",
    ["User-agent: *", "Disallow: /größe"],
    "/gr%C3%B6%C3%9Fe",
    false,
  ],
  ["in either case", ["User-agent: *", "Disallow: /a%3cd"], "/a%3Cd", false],
  ["a letter under a percent sign is the letter", ["User-agent: *", "Disallow: /%61b"], "/ab", false],
])("%s", (_, text, path, allowed) => {
  expect(allows(text, path)).toBe(allowed);
});

it("takes lines that end in any way, and any text at all", () => {
  expect(allows("User-agent: *\rDisallow: /a", "/a")).toBe(false);
  expect(allows("\uFEFFUser-agent: *\r\nDisallow: /a", "/b")).toBe(true);
  fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => ["boolean"].includes(typeof allows(text, "/a"))));
});

it("reads half a megabyte of rules, and matches hard ones, within the time of a request", () => {
  const rules = Array.from({ length: 25_000 }, (_, at) => `Disallow: /*a*${at}*b*c*$`).join("\n");
  const started = performance.now();
  const may = readRobots(`User-agent: *\n${rules}`, "Policywire");
  expect(may(`${SITE}/${"a".repeat(2_000)}`)).toBe(true);
  expect(performance.now() - started).toBeLessThan(8_000);
});

it("finds long parts of a rule wherever they stand", () => {
  const text = (least: number, most: number) =>
    fc.array(fc.constantFrom("a", "b"), { minLength: least, maxLength: most }).map((all) => all.join(""));
  fc.assert(
    fc.property(fc.array(text(17, 24), { minLength: 1, maxLength: 3 }), text(0, 20), (parts, between) => {
      const path = `/${parts.map((part) => `${between}${part}`).join("aba")}`;
      const rules = ["User-agent: *", `Disallow: /*${parts.join("*")}`];
      expect(allows(rules, path)).toBe(false);
      expect(allows(rules, `/${path.slice(1, -1)}`)).toBe(!new RegExp(parts.join(".*")).test(path.slice(0, -1)));
    }),
  );
});

it("asks for no page whose path is longer than a rule may be", () => {
  expect([allows("", `/${"a".repeat(2_047)}`), allows("", `/${"a".repeat(2_048)}`)]).toEqual([true, false]);
});
