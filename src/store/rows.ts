import type { z } from "zod";

/** Times are integer milliseconds in rows and `Date` in the nouns. */
export const msOf = (date: Date): number => date.getTime();
export const msOrNull = (date: Date | null): number | null => (date === null ? null : date.getTime());
export const dateAt = (ms: number): Date => new Date(ms);
export const dateOrNull = (ms: number | null): Date | null => (ms === null ? null : new Date(ms));

/** Reads a JSON column. A row that does not parse is damage, and says where. */
export function readJson<T>(schema: z.ZodType<T>, text: string, column: string): T {
  try {
    return schema.parse(JSON.parse(text));
  } catch (cause) {
    throw new Error(`The database holds something unreadable in ${column}; \`policywire doctor\` tells more.`, {
      cause,
    });
  }
}

/** Texts remembered by one `remembering`: some megabytes at most. */
const MOST_REMEMBERED = 20_000;

/**
 * The same reader of a JSON column, which parses a text that it met before only once. For columns of which many rows say the
 * same, or are read again and again.
 */
export function remembering<T>(read: (text: string, row: number) => T): (text: string, row: number) => T {
  const known = new Map<string, T>();
  return (text, row) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const value = read(text, row);
    if (known.size >= MOST_REMEMBERED) known.clear();
    known.set(text, value);
    return value;
  };
}

/** Reads a column that holds one of a few words. */
export function readWord<const T extends string>(words: readonly T[], text: string, column: string): T {
  const word = words.find((known) => known === text);
  if (word === undefined) throw new Error(`The database holds the unknown word "${text}" in ${column}.`);
  return word;
}

/** PostgreSQL stores no NUL in text. One character takes its place, so that spans keep pointing at the same words. */
export const storable = (text: string): string => text.replaceAll("\0", "\uFFFD");

/** Values in one `in (…)` or rows in one `insert`: well below SQLite's 32,766 and PostgreSQL's 65,535 parameters a statement. */
const CHUNK = 500;

export function* chunks<T>(items: readonly T[], size = CHUNK): Generator<readonly T[]> {
  for (let at = 0; at < items.length; at += size) yield items.slice(at, at + size);
}
