import { readFile } from "node:fs/promises";
import { buffer } from "node:stream/consumers";
import { Command } from "commander";
import type { Fetcher } from "#pipeline/fetch/fetch.ts";
import { type Origin, parse } from "#pipeline/parse/parse.ts";

type Source = Origin & { readonly body: Uint8Array };

/** Reads documents from files, addresses or standard input (`-`) and writes one JSON line for each. */
export function parseCommand(openFetcher: () => Fetcher, clock: () => Date): Command {
  return new Command("parse")
    .argument("<source...>", "files, http(s) addresses, or - for standard input")
    .action(async (sources: string[]) => {
      let fetcher: Fetcher | null = null;
      for (const source of sources) {
        if (isAddress(source)) fetcher ??= openFetcher();
        const line = await answer(source, () => read(source, fetcher, clock));
        process.stdout.write(`${JSON.stringify(line)}\n`);
        if (!line.ok) process.exitCode = 1;
      }
      await fetcher?.close();
    });
}

const isAddress = (source: string): boolean => /^https?:\/\//i.test(source);

async function read(source: string, fetcher: Fetcher | null, clock: () => Date): Promise<Source | string> {
  const origin = { contentType: null, url: null, at: clock() };
  if (source === "-") return { body: await buffer(process.stdin), ...origin };
  if (fetcher === null || !isAddress(source)) return { body: await readFile(source), ...origin };
  const outcome = await fetcher.get({ url: source });
  if (outcome.kind === "fetched") return outcome;
  return outcome.kind === "unchanged" ? "The server answered that nothing has changed." : outcome.reason;
}

async function answer(file: string, open: () => Promise<Source | string>) {
  let source: Source | string;
  try {
    source = await open();
  } catch (error) {
    source = `The file cannot be read: ${error instanceof Error ? error.message : String(error)}`;
  }
  if (typeof source === "string") return { file, ok: false as const, error: source };
  const outcome = await parse(source.body, source);
  if (outcome.kind === "not-a-feed")
    return { file, ok: false as const, error: outcome.reason, suggestions: outcome.suggestions };
  const { format, feed, entries } = outcome.document;
  return { file, ok: true as const, format, feed, entries };
}
