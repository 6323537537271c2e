import { pathToFileURL } from "node:url";
import { expect, test, vi } from "vitest";
import { builtBy, literals, literalsOf, MODULES, type Pattern, slownessOf } from "#support/slow-patterns.ts";

/** Fewer patterns than this are found only when the search is not looking. */
const FEWEST = 200;
const FEWEST_BUILT = 10;

const faultsOf = (patterns: readonly Pattern[]) =>
  patterns.flatMap((pattern) => {
    const why = slownessOf(pattern);
    return why.length === 0 ? [] : [`${pattern.place} /${pattern.source}/${pattern.flags}: ${why.join(", ")}`];
  });

test("no pattern that stands in the program takes time that grows faster than its text", () => {
  const found = literals();
  expect(found.length).toBeGreaterThan(FEWEST);
  expect(faultsOf(found)).toEqual([]);
});

test("nor does one that is put together while the program is loaded", async () => {
  // Other tests may have loaded them in this process.
  vi.resetModules();
  const built = await builtBy(() =>
    Promise.all(MODULES.map((file) => import(/* @vite-ignore */ pathToFileURL(file).href))),
  );
  expect(built.length).toBeGreaterThan(FEWEST_BUILT);
  expect(faultsOf(built)).toEqual([]);
});

test("a planted one is found, with its place", async () => {
  const code = "type A = string;\nconst bad: RegExp = /\\s*[\\r\\n]+\\s*/g;\n";
  expect(faultsOf(literalsOf(code, "planted.ts"))).toEqual([
    "planted.ts:2 /\\s*[\\r\\n]+\\s*/g: begun anew at each character",
  ]);
  expect(slownessOf({ source: "^(?:a+)+$", flags: "" })).toContain("loops within a loop");
  expect(slownessOf({ source: "^\\d+\\d*x", flags: "" })).toContain("two loops trade characters");
  expect(slownessOf({ source: "^a+b$", flags: "" })).toEqual([]);
});
