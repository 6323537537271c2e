import { LONGEST_WAIT_MS } from "#model/feed.ts";

/**
 * `Retry-After` as seconds or as an HTTP date (RFC 9110, 10.2.3), in milliseconds from `now`, a day at most: a wrong clock there
 * must not silence a feed here. Null when it is neither.
 */
export function retryAfterMs(header: string | null, now: Date): number | null {
  if (header === null) return null;
  const text = header.trim();
  const wait = /^\d+$/.test(text)
    ? Number(text) * 1_000
    : /[a-z]/i.test(text)
      ? Date.parse(text) - now.getTime()
      : Number.NaN;
  return Number.isNaN(wait) ? null : Math.min(Math.max(wait, 0), LONGEST_WAIT_MS);
}

/** How long a response stays fresh by `Cache-Control` (RFC 9111, 4.2.1), in milliseconds; null when it does not say. */
export function freshForMs(cacheControl: string | null, age: string | null): number | null {
  const seconds = /(?:^|[\s,])max-age\s*=\s*"?(\d+)/i.exec(cacheControl ?? "")?.[1];
  if (seconds === undefined || /(?:^|[\s,])no-(?:cache|store)\b/i.test(cacheControl ?? "")) return null;
  const spent = /^\d+$/.test(age?.trim() ?? "") ? Number(age) : 0;
  return Math.max(0, Number(seconds) - spent) * 1_000;
}
