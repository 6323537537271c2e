import { spawnSync } from "node:child_process";
import { type Browser, chromium } from "playwright-core";

/** Debian's name for it; another is named in `CHROMIUM`. */
const PROGRAM = process.env["CHROMIUM"] ?? "chromium";

/** It is as good as without a network: nothing but what a page asks for is sent. */
const QUIET = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--hide-scrollbars",
];

/** Where Chromium is; null where there is none. */
export function chromiumPath(): string | null {
  const { status, stdout } = spawnSync("sh", ["-c", 'command -v "$1"', "sh", PROGRAM], { encoding: "utf8" });
  return status === 0 ? stdout.trim() : null;
}

/** Starts Chromium without a window, in a folder of its own. */
export async function openBrowser(): Promise<Browser> {
  const executablePath = chromiumPath();
  if (executablePath === null) throw new Error(`There is no ${PROGRAM}: install it, or name it in CHROMIUM.`);
  return chromium.launch({ executablePath, args: QUIET });
}
