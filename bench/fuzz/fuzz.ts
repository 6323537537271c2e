import { MINUTE_MS } from "#model/time.ts";
import { UNITS } from "#support/doubling/inputs.ts";
import { growthOf, LINEAR, ownMs } from "#support/doubling/measure.ts";
import { STAGES, type StageName } from "#support/doubling/stages.ts";
import { randomFrom } from "#support/random.ts";
import { PARSERS } from "./parsers.ts";

/**
 * Everything that reads text from outside, on text made at random: nothing throws, takes long, or takes more than twice as long
 * for twice as much. `npm run fuzz -- [--seed N] [--rounds N] [--minutes N]`; fails unless it ends with "clean".
 */

const PATIENCE_MS = 500;

const option = (name: string): number | null => {
  const at = process.argv.indexOf(name);
  return at === -1 ? null : Number(process.argv[at + 1]);
};

const TOKENS = [
  "<",
  ">",
  "&",
  "]]>",
  "<![CDATA[",
  "<!--",
  "-->",
  '"',
  "'",
  "</item>",
  "<item>",
  "<title>",
  "</",
  "&#0;",
  "&amp",
  "\0",
  "{",
  "}",
  "\uFFFD",
  "xmlns:a='",
  "\\",
  "\u202e",
  "\u2069",
  "\u{1f468}\u200d",
  "[",
  "%",
  "*",
  "<outline ",
];

function mutated(source: Buffer<ArrayBuffer>, random: () => number): Buffer<ArrayBuffer> {
  const at = Math.floor(random() * source.length);
  const length = Math.floor(random() * 40);
  const token = Buffer.from(TOKENS[Math.floor(random() * TOKENS.length)] ?? "<");
  switch (Math.floor(random() * 5)) {
    case 0:
      return Buffer.concat([source.subarray(0, at), token, source.subarray(at)]);
    case 1:
      return Buffer.concat([source.subarray(0, at), source.subarray(at + length)]);
    case 2:
      return Buffer.concat([source.subarray(0, at), source.subarray(at, at + length), source.subarray(at)]);
    case 3: {
      const copy = Buffer.from(source);
      copy[at] = Math.floor(random() * 256);
      return copy;
    }
    default:
      return source.subarray(0, at);
  }
}

/** What is mutated at random is read or named, at once; what is read is what it should be. */
async function mutate(rounds: number, until: number, random: () => number): Promise<string> {
  const names = Object.keys(PARSERS);
  let round = 0;
  let slowest = 0;
  for (; round < rounds && performance.now() < until; round++) {
    const name = pick(names, random);
    const { sources, read } = PARSERS[name]!;
    let source = Buffer.from(pick(sources, random));
    for (let times = 1 + Math.floor(random() * 8); times > 0 && source.length > 0; times--)
      source = mutated(source, random);
    const shown = () => `${name}, base64 ${source.toString("base64")}`;
    const started = ownMs();
    let fault: unknown;
    try {
      fault = await read(source);
    } catch (cause) {
      fault = `threw ${cause instanceof Error ? cause.stack : cause}`;
    }
    const ms = ownMs() - started;
    slowest = Math.max(slowest, ms);
    if (fault) unclean(`${fault}: ${shown()}`);
    if (ms > PATIENCE_MS) unclean(`took ${Math.round(ms)} ms: ${shown()}`);
  }
  return `${round} inputs mutated for ${names.length} parsers; the slowest took ${slowest.toFixed(1)} ms`;
}

/** Characters from and up to which an input made at random is doubled. */
const CHARACTERS = [500, 32_000] as const;

/**
 * What a unit that is repeated is made of: all that the stages are tested with, and what markup, languages and patterns are made
 * of.
 */
const PARTS = [
  ...new Set([...Object.values(UNITS).flat(), ...TOKENS, ..." \n\t\"'“”()[]{}<>/\\|.,;:!?*+-–_=&%#@aAé年0u"]),
];

/** Every stage that reads text takes twice as long for twice as much, whatever is repeated in it. */
async function double(until: number, random: () => number): Promise<string> {
  const names = Object.keys(STAGES) as StageName[];
  let inputs = 0;
  for (; inputs === 0 || performance.now() < until; inputs++) {
    const name = pick(names, random);
    const some = () => Array.from({ length: Math.floor(random() * 4) }, () => pick(PARTS, random)).join("");
    const [before, unit, behind] = [some(), some() || pick(PARTS, random), some()];
    const shown = JSON.stringify({ name, before, unit, behind });
    const { factor, size, ms } = await growthOf(
      (most) => {
        const text = before + unit.repeat(Math.ceil(most / unit.length)) + behind;
        return () => STAGES[name](text);
      },
      ...CHARACTERS,
    ).catch((cause: unknown) => {
      throw new Error(`threw: ${shown}`, { cause });
    });
    if (factor > LINEAR)
      unclean(`${factor.toFixed(1)} times as long for twice ${size} characters (${ms.toFixed(1)} ms): ${shown}`);
  }
  return `${inputs} inputs doubled for ${names.length} stages`;
}

const pick = <T>(among: readonly T[], random: () => number): T => among[Math.floor(random() * among.length)]!;

function unclean(what: string): void {
  console.log(what);
  process.exitCode = 1;
}

/** The share of the time that mutating takes: it needs less than doubling to come round. */
const MUTATING = 0.3;
if (process.argv.includes("--help")) {
  console.log("npm run fuzz -- [--seed N] [--rounds N] [--minutes 1]");
  process.exit();
}
const seed = option("--seed") ?? Math.floor(Math.random() * 2 ** 32);
const ms = (option("--minutes") ?? 1) * MINUTE_MS;
const started = performance.now();
console.log(`seed ${seed}`);
console.log(await mutate(option("--rounds") ?? Number.POSITIVE_INFINITY, started + ms * MUTATING, randomFrom(seed)));
console.log(await double(started + ms, randomFrom(seed)));
console.log(process.exitCode === 1 ? "NOT CLEAN" : "clean");
