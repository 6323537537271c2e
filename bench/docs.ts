import { writeFileSync } from "node:fs";
import { pageOf, scenes } from "#support/transcript/transcript.ts";

/** `npm run docs`: writes docs/discord.md from what a Discord on loopback receives. */
export async function bench(): Promise<void> {
  writeFileSync("docs/discord.md", pageOf(await scenes()));
}
