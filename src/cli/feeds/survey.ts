import { plain } from "#cli/terminal.ts";
import type { Feed } from "#model/feed.ts";
import type { SourceReader } from "#model/source-reader.ts";

/** Feeds read at the same time; the fetcher spares each domain by itself. */
const AT_ONCE = 16;

/** What reading a source once came to. */
type Surveyed = {
  readonly id: string;
  readonly source: NonNullable<Feed["source"]>;
  readonly ok: boolean;
  /** Format, or why it could not be read. */
  readonly says: string;
  readonly entries: number;
  /** The newest entry's date, in ISO 8601. */
  readonly newest: string | null;
};

async function survey(reader: SourceReader, feed: Feed): Promise<Surveyed> {
  const { id, source = "feed" } = feed;
  const read = await reader.read(feed);
  if (read.kind === "other") return { id, source, ok: false, says: read.reason, entries: 0, newest: null };
  const { format, entries } = read.document;
  const dates = entries.flatMap(({ published, updated }) => published ?? updated ?? []);
  const says = entries.length > 0 && dates.length === 0 ? `${format}, no dates` : format;
  return { id, source, ok: true, says, entries: entries.length, newest: dates.toSorted().at(-1) ?? null };
}

/** Reads every source once; the results are in the order of the catalogue, and `heard` as they come. */
async function surveyAll(
  reader: SourceReader,
  feeds: readonly Feed[],
  heard: (result: Surveyed, done: number) => void,
): Promise<Surveyed[]> {
  const results: Surveyed[] = [];
  let next = 0;
  let done = 0;
  const worker = async () => {
    for (let i = next++; i < feeds.length; i = next++) {
      const result = await survey(reader, feeds[i] as Feed);
      results[i] = result;
      heard(result, ++done);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return results;
}

/** Reads every source once and says what came: how it goes on standard error, the results on the other. Resolves to the exit code. */
export async function tellSurvey(reader: SourceReader, feeds: readonly Feed[], { json = false }): Promise<number> {
  const results = await surveyAll(reader, feeds, ({ id, ok, says }, done) => {
    process.stderr.write(`${done}/${feeds.length} ${id}: ${ok ? "read" : plain(says)}\n`);
  });
  await reader.close();
  const lines = results.map((each) => `${JSON.stringify(each)}\n`).join("");
  process.stdout.write(json ? lines : surveyText(results));
  return results.every(({ ok }) => ok) ? 0 : 1;
}

/** The results as a table for people. */
function surveyText(results: readonly Surveyed[]): string {
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
