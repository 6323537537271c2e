import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

test("every guard and every test that SECURITY.md names is there", () => {
  const named = readFileSync("SECURITY.md", "utf8").match(/(?<=`)(?:src|tests|docs|\.ci)\/[^`\s]*(?=`)/g) ?? [];
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter((path) => !existsSync(path))).toEqual([]);
});
