import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { transcript } from "#support/transcript/transcript.ts";

/** `npm run docs`: writes docs/discord.md and its pictures from what a Discord on loopback receives. */
export async function bench(): Promise<void> {
  const pages = await transcript();
  rmSync("docs/pictures", { recursive: true, force: true });
  mkdirSync("docs/pictures", { recursive: true });
  for (const [name, text] of pages) writeFileSync(`docs/${name}`, text);
  process.stdout.write(`${pages.size} files written.\n`);
}
