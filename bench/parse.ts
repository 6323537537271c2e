import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseFeed } from "feedsmith";
import RssParser from "rss-parser";
import { parse } from "#pipeline/parse/parse.ts";
import { median } from "./figures.ts";

/** rss-parser alone may never settle on hostile input; on real feeds it ends at once. */
const PATIENCE_MS = 5_000;

const utf8 = new TextDecoder();

type Engine = { readonly name: string; readonly read: (body: Uint8Array) => Promise<number> };

/** Each reads a document and says how many entries it found; what it rejects it rejects by throwing. */
const ENGINES: readonly Engine[] = [
  {
    name: "policywire",
    read: async (body) => {
      const outcome = await parse(body, { contentType: null, url: null });
      if (outcome.kind !== "document") throw new Error(outcome.reason);
      return outcome.document.entries.length;
    },
  },
  {
    name: "rss-parser alone",
    read: async (body) => {
      const feed = await Promise.race([new RssParser().parseString(utf8.decode(body)), patience()]);
      return feed.items.length;
    },
  },
  {
    name: "feedsmith",
    read: async (body) => {
      const { format, feed } = parseFeed(utf8.decode(body));
      const items =
        format === "atom" ? (feed as { entries?: unknown[] }).entries : (feed as { items?: unknown[] }).items;
      return items?.length ?? 0;
    },
  },
];

function patience(): Promise<never> {
  return new Promise((_, reject) => setTimeout(reject, PATIENCE_MS, new Error("never settled")).unref());
}

type Run = { readonly ms: number; readonly read: number; readonly entries: number };

async function once({ read }: Engine, bodies: readonly Uint8Array[]): Promise<Run> {
  let documents = 0;
  let entries = 0;
  const started = performance.now();
  for (const body of bodies) {
    try {
      entries += await read(body);
      documents++;
    } catch {
      // Counted by its absence.
    }
  }
  return { ms: performance.now() - started, read: documents, entries };
}

/** Throughput of parsing over every file of a folder, engines taking turns: `npm run bench -- parse FOLDER [ROUNDS]`. */
export async function bench([folder, rounds = "5"]: readonly string[]): Promise<void> {
  if (folder === undefined) throw new Error("usage: npm run bench -- parse FOLDER [ROUNDS]");
  const names = (await readdir(folder, { withFileTypes: true }))
    .filter((each) => !each.isDirectory())
    .map(({ name }) => name);
  const bodies = await Promise.all(names.map((name) => readFile(join(folder, name))));
  const megabytes = bodies.reduce((sum, body) => sum + body.length, 0) / 1e6;
  const runs = new Map<Engine, Run[]>(ENGINES.map((engine) => [engine, []]));
  // The first round warms the engines up and is not counted.
  for (let round = 0; round <= Number(rounds); round++) {
    for (const [engine, done] of runs) {
      const run = await once(engine, bodies);
      if (round > 0) done.push(run);
    }
  }
  const speeds = ENGINES.map((engine) => megabytes / (median((runs.get(engine) ?? []).map(({ ms }) => ms)) / 1_000));
  console.log(`${names.length} documents, ${megabytes.toFixed(1)} MB, median of ${rounds} rounds`);
  console.table(
    ENGINES.map((engine, i) => ({
      engine: engine.name,
      "MB/s": Number(speeds[i]?.toFixed(1)),
      "times rss-parser": Number(((speeds[i] ?? 0) / (speeds[1] ?? 1)).toFixed(2)),
      read: runs.get(engine)?.[0]?.read,
      entries: runs.get(engine)?.[0]?.entries,
    })),
  );
}
