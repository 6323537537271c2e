import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { CASES } from "../bench/hostile/cases.ts";

test("every guard and every test that SECURITY.md names is there", () => {
  const named = readFileSync("SECURITY.md", "utf8").match(/(?<=`)(?:src|tests|docs|\.ci)\/[^`\s]*(?=`)/g) ?? [];
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter((path) => !existsSync(path))).toEqual([]);
});

test("every hostile site of the bench stands in SECURITY.md, and no other", () => {
  const text = readFileSync("SECURITY.md", "utf8");
  const listed = text.slice(text.indexOf("What `bench/hostile/cases.ts` serves")).split("\n\n")[1] ?? "";
  const kinds = listed
    .split("\n")
    .slice(2)
    .flatMap((row) => (row.split("|")[2] ?? "").trim().split("; "));
  const [, ...hostile] = CASES.map(({ name }) => name);
  expect(kinds.toSorted()).toEqual(hostile.toSorted());
  expect(text).toContain(`polls ${hostile.length} hostile sites`);
});
