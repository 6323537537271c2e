import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Reply } from "./reply.ts";

const STYLE = readFileSync(new URL("./style.css", import.meta.url));

/** A page on a dark ground with three lines, the first of which is news. */
const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#0f4c81"/><circle cx="9" cy="10" r="3" fill="#ffd166"/><path d="M15 10h10M6 17h19M6 23h13" stroke="#fff" stroke-width="2.6" stroke-linecap="round"/></svg>`;

/** Its name changes with what it says, so a browser may keep it for good. */
export const STYLE_PATH = `/style-${createHash("sha256").update(STYLE).digest("hex").slice(0, 12)}.css`;
export const ICON_PATH = "/icon.svg";

const FOR_GOOD = "public, max-age=31536000, immutable";
const FOR_A_DAY = "public, max-age=86400";

const asset = (type: string, cacheControl: string, body: Reply["body"]): Reply => ({
  status: 200,
  headers: { "content-type": type, "cache-control": cacheControl },
  body,
});

/** What every page needs, by its path: it holds nothing of the store, and is there for those who have no token yet. */
export const ASSETS: ReadonlyMap<string, Reply> = new Map([
  [STYLE_PATH, asset("text/css; charset=utf-8", FOR_GOOD, STYLE)],
  [ICON_PATH, asset("image/svg+xml", FOR_A_DAY, ICON)],
  ["/robots.txt", asset("text/plain; charset=utf-8", FOR_A_DAY, "User-agent: *\nDisallow: /\n")],
]);
