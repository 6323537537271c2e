import { type Command, InvalidArgumentError, Option } from "commander";
import { ageMs } from "#cli/latest.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "#model/time.ts";
import type { Config } from "#settings/config.ts";
import { complain } from "#settings/problem.ts";
import { openToRead } from "#store/engine/database.ts";
import type { Item } from "./player.ts";
import { storedItems } from "./stored.ts";
import { openStream, readStream } from "./stream.ts";

const UNIT_MS: Readonly<Record<string, number>> = { m: MINUTE_MS, h: HOUR_MS, d: DAY_MS };
const THIRTY_DAYS_MS = 30 * DAY_MS;

/** Faults of a stream that are told one by one. */
const MOST_FAULTS = 20;

/** What of the arguments says what is played, and how. */
export type SourceOptions = { readonly since?: number; readonly every: number };

/** The arguments that say what is played. */
export const withSource = (command: Command): Command =>
  command
    .argument("[file]", "a stream of news as JSON lines, - for standard input (default: the store's own articles)")
    .option(
      "--since <age>",
      "of the store's articles, those first seen in the last 12h, 7d, 2w … (default: 30d)",
      ageMs,
    )
    .addOption(
      new Option("--every <time>", "the time between two rounds: 15m, 1h …").argParser(everyMs).default(HOUR_MS, "1h"),
    );

function everyMs(text: string): number {
  const [, count, unit = ""] = /^(\d{1,3})([mhd])$/.exec(text) ?? [];
  const ms = Number(count ?? 0) * (UNIT_MS[unit] ?? 0);
  if (ms === 0) throw new InvalidArgumentError("Write a number from 1 and m, h or d, such as 15m.");
  return ms;
}

type Found =
  | { readonly kind: "found"; readonly items: readonly Item[]; readonly isWhole: boolean }
  | { readonly kind: "refused"; readonly reason: string };

/** What is to be played. What is wrong with a line of it is said on standard error, and the rest is played. */
export async function itemsOf(
  file: string | undefined,
  { since = THIRTY_DAYS_MS }: SourceOptions,
  { databaseUrl, dataDir }: Pick<Config, "databaseUrl" | "dataDir">,
  now: Date,
): Promise<Found> {
  if (file === undefined) {
    const opening = await openToRead({ url: databaseUrl, dataDir });
    if (opening.kind === "refused") return opening;
    const { db, close } = opening.database;
    const items = await storedItems(db, new Date(now.getTime() - since)).finally(close);
    return items.length > 0
      ? { kind: "found", items, isWhole: true }
      : {
          kind: "refused",
          reason: "The store has no articles from that time: name a longer one with --since, or a file to play.",
        };
  }
  try {
    const { items, faults, outOfOrder } = await readStream(openStream(file));
    complain(faults.slice(0, MOST_FAULTS).map((fault) => `${nameOf(file)}: ${fault}`));
    if (faults.length > MOST_FAULTS) complain([`… and ${faults.length - MOST_FAULTS} more lines like these.`]);
    if (outOfOrder > 0) {
      const lines = outOfOrder === 1 ? "1 line is" : `${outOfOrder} lines are`;
      complain([`${nameOf(file)}: ${lines} earlier than the one before; all were put in order of time.`]);
    }
    if (items.length > 0) return { kind: "found", items, isWhole: faults.length === 0 };
    const empty = faults.length === 0 ? "is empty" : "has no line that can be played";
    return { kind: "refused", reason: `${nameOf(file)} ${empty}: give JSON lines {id, title, text, url, at, source}.` };
  } catch (error) {
    return { kind: "refused", reason: `${nameOf(file)} cannot be read: ${(error as Error).message}.` };
  }
}

const nameOf = (file: string): string => (file === "-" ? "standard input" : file);
