import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import type { Stage } from "#support/discord/bot.ts";
import { serveSite } from "#support/web/site.ts";
import { pictured, playedHalfYear, playedWeek, siteMadeOf } from "#support/web/week.ts";
import type { Camera } from "./browser.ts";

const WIDTHS = [
  ["", 1_200],
  ["-phone", 360],
] as const;

/** What is seen of a page before much is scrolled, in pixels of its height. */
const TALLEST = { "": 1_100, "-phone": 1_000 } as const;

/** Writes docs/site: pages of the site, wide and on a phone, dark and light. */
export async function takeSite(camera: Camera): Promise<void> {
  rmSync("docs/site", { recursive: true, force: true });
  mkdirSync("docs/site", { recursive: true });
  const stages = { week: await playedWeek(), halfYear: await playedHalfYear() };
  try {
    for (const [name, { of, path }] of Object.entries(pictured)) await takePage(camera, stages[of], name, path);
    writeFileSync("docs/site/made-of.json", await siteMadeOf(stages));
  } finally {
    for (const stage of Object.values(stages)) await stage.close();
  }
}

async function takePage(camera: Camera, stage: Stage, name: string, path: string): Promise<void> {
  const site = await serveSite(stage, { clock: stage.clock });
  try {
    for (const [suffix, width] of WIDTHS) {
      for (const colorScheme of ["dark", "light"] as const) {
        const { page, take } = await camera.open(width, { colorScheme });
        await page.goto(`${site.url}${path}`);
        writeFileSync(`docs/site/${name}${suffix}-${colorScheme}.webp`, await take(TALLEST[suffix]));
      }
    }
  } finally {
    await site.close();
  }
}
