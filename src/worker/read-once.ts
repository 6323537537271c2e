import type { Otherwise, ReadOnce, SourceReader } from "#model/source-reader.ts";
import type { Fetcher } from "#pipeline/fetch/fetch.ts";
import { guess } from "#pipeline/parse/parse.ts";
import { createRobots } from "./robots.ts";
import { askSource, createMayAsk, type Fetched, type Readable, readSource, type Ways } from "./source.ts";

/** Reads sources by the rules of a poll. */
export function createSourceReader(fetcher: Fetcher, clock: () => Date): SourceReader {
  const ways: Ways = { fetcher, mayAsk: createMayAsk(createRobots(fetcher, clock)) };
  return {
    read: (source) => readOnce(source, ways, async () => null),
    discover: (url) => readOnce({ url }, ways, (answer) => readOtherwise(answer, ways)),
    close: () => fetcher.close(),
  };
}

async function readOnce(
  source: Readable,
  ways: Ways,
  orElse: (answer: Fetched) => Promise<Otherwise | null>,
): Promise<ReadOnce> {
  const answer = await askSource(source, { url: source.url }, ways);
  if (answer.kind !== "fetched") {
    const reason = answer.kind === "unchanged" ? "The server answered 304 to a first visit." : answer.reason;
    return { kind: "other", reason, suggestions: [], otherwise: null };
  }
  const read = await readSource(source, answer, ways);
  if (read.kind === "not-a-feed")
    return { kind: "other", reason: read.reason, suggestions: read.suggestions, otherwise: await orElse(answer) };
  return { kind: "document", url: answer.movedTo ?? source.url, source, document: read.document };
}

async function readOtherwise(answer: Fetched, ways: Ways): Promise<Otherwise | null> {
  const source = await guess(answer.body, answer);
  if (source === null) return null;
  if (source.source === "page" && !(await ways.mayAsk(answer.url)))
    return { source, reason: "The site's robots.txt keeps us from reading it as a page." };
  const read = await readSource({ ...source, url: answer.url }, answer, ways);
  if (read.kind === "not-a-feed") return { source, reason: read.reason };
  return { source, document: read.document };
}
