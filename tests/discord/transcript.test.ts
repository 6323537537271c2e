import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { madeOf, pageOf, scenes } from "#support/transcript/transcript.ts";

/** A week is played. */
const LONG_MS = 120_000;

test(
  "docs/discord.md says what Discord receives, and its pictures were made of the same messages; npm run pictures makes both",
  async () => {
    const all = await scenes();
    const page = pageOf(all);
    expect(readFileSync("docs/discord.md", "utf8")).toBe(page);
    expect(readFileSync("docs/pictures/made-of.json", "utf8")).toBe(madeOf(all));
    const pictures = [...page.matchAll(/"(pictures\/[^"]+)"/g)].map(([, name]) => name!);
    expect(pictures.filter((name) => !existsSync(`docs/${name}`))).toEqual([]);
    expect(pictures).toHaveLength(4 * all.length);
  },
  LONG_MS,
);
