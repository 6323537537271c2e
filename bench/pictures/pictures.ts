import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { htmlOf } from "#support/transcript/html.ts";
import { madeOf, nameOf, pageOf, scenes } from "#support/transcript/transcript.ts";
import { type Camera, openCamera } from "./browser.ts";
import { takeSite } from "./site.ts";

/** Discord on a desktop, and on the smallest phone that many have; in pixels. */
const WIDTHS = [
  ["", 1_000],
  ["-phone", 360],
] as const;

/**
 * `npm run pictures`: writes docs/discord.md with its pictures, as a browser shows what a Discord on loopback receives, and the
 * pictures of docs/web.md; those alone with `site` behind it.
 */
export async function bench([what]: readonly string[]): Promise<void> {
  const camera = await openCamera();
  try {
    if (what !== "site") await takeMessages(camera);
    await takeSite(camera);
  } finally {
    await camera.close();
  }
}

async function takeMessages(camera: Camera): Promise<void> {
  const all = await scenes();
  rmSync("docs/pictures", { recursive: true, force: true });
  mkdirSync("docs/pictures", { recursive: true });
  for (const [suffix, width] of WIDTHS) {
    const { page, take } = await camera.open(width);
    for (const [at, scene] of all.entries()) {
      for (const theme of ["dark", "light"] as const) {
        await page.setContent(htmlOf(scene.asked, scene.shown, theme, width));
        writeFileSync(`docs/pictures/${nameOf(scene, at)}${suffix}-${theme}.webp`, await take());
      }
    }
  }
  writeFileSync("docs/pictures/made-of.json", madeOf(all));
  writeFileSync("docs/discord.md", pageOf(all));
  process.stdout.write(`${all.length} messages, each in ${2 * WIDTHS.length} pictures.\n`);
}
