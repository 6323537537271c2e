import { fork } from "node:child_process";
import { createFetcher, type Fetcher } from "#pipeline/fetch/fetch.ts";
import { normalize } from "#pipeline/normalize/normalize.ts";
import { parse } from "#pipeline/parse/parse.ts";

const ENTRIES = 25;
const AT_ONCE = 16;

const FEED = {
  id: "bench",
  name: "Bench",
  url: "https://bench.example/feed",
  site: "https://bench.example/",
  place: "US",
  kind: "press",
  primary: false,
  fullText: "never",
} as const;

type Answers = "unchanged" | "same" | "changed";
type Known = { readonly etag: string | null; readonly bodyHash: string };

/** One poll as a refresh does it, short of the store: 304, then the hash, then parse and normalise. */
async function poll(fetcher: Fetcher, url: string, known: Known | null, conditional: boolean): Promise<Known> {
  const answer = await fetcher.get({ url, etag: conditional ? (known?.etag ?? null) : null, lastModified: null });
  if (answer.kind === "unchanged" && known !== null) return known;
  if (answer.kind !== "fetched")
    throw new Error(`${url}: ${answer.kind === "unchanged" ? "unchanged" : answer.reason}`);
  if (answer.bodyHash !== known?.bodyHash) {
    const outcome = await parse(answer.body, answer);
    if (outcome.kind !== "document") throw new Error(outcome.reason);
    await normalize(outcome.document, FEED, { identity: null, firstSeenAt: new Date(0) });
  }
  return answer;
}

async function inParallel(count: number, task: (i: number) => Promise<void>): Promise<void> {
  let next = 0;
  const worker = async () => {
    while (next < count) await task(next++);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

/** Polls per second and CPU per poll against feeds on loopback, served by another process: `npm run bench -- polls [FEEDS]`. */
export async function bench([feeds = "2000"]: readonly string[]): Promise<void> {
  const count = Number(feeds);
  const server = fork(new URL("./polls-server.ts", import.meta.url), [String(ENTRIES)]);
  const origin = await new Promise<string>((resolve) =>
    server.once("message", (port) => resolve(`http://127.0.0.1:${port}`)),
  );
  const fetcher = createFetcher({
    userAgent: "Policywire/bench",
    allowNetworks: ["127.0.0.0/8"],
    clock: () => new Date(),
    pace: { concurrency: AT_ONCE, intervalMs: 0 },
  });
  const known: (Known | null)[] = Array.from({ length: count }, () => null);
  const rows = [];
  for (const answers of ["changed", "unchanged", "same", "changed"] as const satisfies readonly Answers[]) {
    server.send(answers);
    const cpu = process.cpuUsage();
    const started = performance.now();
    await inParallel(count, async (i) => {
      known[i] = await poll(fetcher, `${origin}/${i}`, known[i] ?? null, answers === "unchanged");
    });
    const ms = performance.now() - started;
    const { user, system } = process.cpuUsage(cpu);
    rows.push({
      round:
        rows.length === 0
          ? "first sight"
          : answers === "unchanged"
            ? "304"
            : answers === "same"
              ? "same body"
              : "changed body",
      "polls/s": Math.round(count / (ms / 1_000)),
      "CPU ms/poll": Number(((user + system) / 1_000 / count).toFixed(3)),
    });
  }
  console.log(`${count} feeds of ${ENTRIES} entries, ${AT_ONCE} at once, politeness off`);
  console.table(rows);
  await fetcher.close();
  server.kill();
}
