import { expect, it } from "vitest";
import { STAGES, UNITS } from "#support/growing.ts";

/** Characters to begin with, and at most: what is still done within LEAST_MS then is quick, however it grows. */
const FIRST = 4_096;
const MOST = 131_072;
/** A shorter run tells nothing. */
const LEAST_MS = 5;
/** How much longer twice the text may take. What grows with the square takes four times as long. */
const MOST_GROWTH = 2.4;
/** On a busy machine a pair may be disturbed, all of so many will not. */
const TRIES = 12;

/** A unit again and again: by itself, and between two letters, for blanks at the ends are trimmed and initials begin a word. */
const FORMS: readonly ((text: string) => string)[] = [(text) => text, (text) => `a${text}z`];

const filled = (unit: string, length: number): string => unit.repeat(Math.ceil(length / unit.length)).slice(0, length);

/** The shorter of two runs, each on a text of its own: the first may be compiled, and what was read is remembered here and there. */
async function cpuMs(run: (text: string) => unknown, text: string): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (const marked of [`${text}y`, `${text}z`]) {
    const before = process.cpuUsage();
    await run(marked);
    const { user, system } = process.cpuUsage(before);
    least = Math.min(least, (user + system) / 1_000);
  }
  return least;
}

/** How much longer twice the text takes; 0 where even the longest is done at once. */
async function growthOf(run: (text: string) => unknown, fill: (length: number) => string): Promise<number> {
  let length = FIRST;
  while (length < MOST && (await cpuMs(run, fill(length))) < LEAST_MS) length *= 2;
  if (length >= MOST) return 0;
  let least = Number.POSITIVE_INFINITY;
  for (let at = 0; at < TRIES && least > MOST_GROWTH; at++) {
    least = Math.min(least, (await cpuMs(run, fill(2 * (length + at)))) / (await cpuMs(run, fill(length + at))));
  }
  return least;
}

it.each(Object.entries(STAGES))(
  "%s takes at most twice as long for twice the text, whatever it is made of",
  async (_, run) => {
    const slow: string[] = [];
    for (const unit of UNITS) {
      for (const form of FORMS) {
        const growth = await growthOf(run, (length) => form(filled(unit, length)));
        if (growth > MOST_GROWTH) slow.push(`${JSON.stringify(form(unit))}: ${growth.toFixed(1)} times`);
      }
    }
    expect(slow).toEqual([]);
  },
);
