import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { transcript } from "#support/transcript/transcript.ts";

test("docs/discord.md and its pictures are what Discord receives; npm run docs writes them anew", async () => {
  for (const [name, text] of await transcript()) expect(readFileSync(`docs/${name}`, "utf8"), name).toBe(text);
});
