import type { Feed } from "#model/feed.ts";
import type { Fetcher } from "#pipeline/fetch/fetch.ts";
import { readFeed } from "./discover.ts";

/** Feeds read at the same time; the fetcher spares each domain by itself. */
const AT_ONCE = 16;

/** What reading a feed once came to. */
export type Surveyed = {
  readonly id: string;
  readonly ok: boolean;
  /** Format, or why it could not be read. */
  readonly says: string;
  readonly entries: number;
  /** The newest entry's date, in ISO 8601. */
  readonly newest: string | null;
};

async function survey(fetcher: Fetcher, { id, url }: Feed): Promise<Surveyed> {
  const read = await readFeed(fetcher, url);
  if (read.kind === "other") return { id, ok: false, says: read.reason, entries: 0, newest: null };
  const { format, entries } = read.document;
  const dates = entries.flatMap(({ published, updated }) => published ?? updated ?? []);
  const says = entries.length > 0 && dates.length === 0 ? `${format}, no dates` : format;
  return { id, ok: true, says, entries: entries.length, newest: dates.toSorted().at(-1) ?? null };
}

/** Reads every feed once, in the order of the catalogue. */
export async function surveyAll(fetcher: Fetcher, feeds: readonly Feed[]): Promise<Surveyed[]> {
  const results: Surveyed[] = [];
  let next = 0;
  const worker = async () => {
    for (let i = next++; i < feeds.length; i = next++) results[i] = await survey(fetcher, feeds[i] as Feed);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return results;
}

/** The results as a table for people. */
export function surveyText(results: readonly Surveyed[]): string {
  const width = Math.max(...results.map(({ id }) => id.length), 4);
  const lines = results.map(({ id, ok, says, entries, newest }) => {
    return `${ok ? "ok  " : "FAIL"}  ${id.padEnd(width)}  ${`${entries}`.padStart(5)}  ${(newest ?? "").slice(0, 10).padEnd(10)}  ${says}`;
  });
  const failed = results.filter(({ ok }) => !ok).length;
  return [
    `      ${"feed".padEnd(width)}  items  newest`,
    ...lines,
    `${results.length} feeds, ${failed} failed`,
    "",
  ].join("\n");
}
