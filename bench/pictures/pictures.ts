import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { htmlOf } from "#support/transcript/html.ts";
import { madeOf, nameOf, pageOf, scenes } from "#support/transcript/transcript.ts";
import { openPage } from "./browser.ts";

/** Discord on a desktop, and on the smallest phone that many have; in pixels. */
const WIDTHS = [
  ["", 1_000],
  ["-phone", 360],
] as const;

/** `npm run pictures`: writes docs/discord.md with its pictures, as a browser shows what a Discord on loopback receives. */
export async function bench(): Promise<void> {
  const all = await scenes();
  rmSync("docs/pictures", { recursive: true, force: true });
  mkdirSync("docs/pictures", { recursive: true });
  const page = await openPage();
  try {
    for (const [at, scene] of all.entries()) {
      for (const theme of ["dark", "light"] as const) {
        for (const [suffix, width] of WIDTHS) {
          const picture = await page.picture(htmlOf(scene.asked, scene.shown, theme, width), width);
          writeFileSync(`docs/pictures/${nameOf(scene, at)}${suffix}-${theme}.webp`, picture);
        }
      }
    }
  } finally {
    await page.close();
  }
  writeFileSync("docs/pictures/made-of.json", madeOf(all));
  writeFileSync("docs/discord.md", pageOf(all));
  process.stdout.write(`${all.length} messages, each in ${2 * WIDTHS.length} pictures.\n`);
}
