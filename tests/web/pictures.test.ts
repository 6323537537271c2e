import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { playedHalfYear, playedWeek, siteMadeOf } from "#support/web/week.ts";

test("the pictures of docs/web.md are of these pages; npm run pictures -- site makes them", async () => {
  const stages = { week: await playedWeek(), halfYear: await playedHalfYear() };
  try {
    expect(readFileSync("docs/site/made-of.json", "utf8")).toBe(await siteMadeOf(stages));
  } finally {
    for (const stage of Object.values(stages)) await stage.close();
  }
  const shown = [...readFileSync("docs/web.md", "utf8").matchAll(/"(site\/[^"]+)"/g)].map(([, name]) => name);
  expect(shown).toHaveLength(12);
  expect(shown.filter((name) => !existsSync(`docs/${name}`))).toEqual([]);
});
