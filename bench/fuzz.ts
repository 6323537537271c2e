import { readDocument } from "#pipeline/parse/read.ts";
import { FIXTURES } from "#support/feed-fixtures.ts";
import { randomFrom } from "#support/random.ts";

/** Fixtures mutated at random must be read or named, at once: `npm run fuzz -- [--seed N] [--rounds N]`. */

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

async function fuzz(seed: number, rounds: number): Promise<void> {
  const random = randomFrom(seed);
  const sources = Object.values(FIXTURES).map((text) => Buffer.from(text));
  let read = 0;
  let slowest = 0;
  for (let round = 0; round < rounds; round++) {
    let source = sources[Math.floor(random() * sources.length)] ?? Buffer.alloc(0);
    for (let times = 1 + Math.floor(random() * 8); times > 0 && source.length > 0; times--)
      source = mutated(source, random);
    const started = performance.now();
    try {
      const outcome = await readDocument(source, { contentType: null, url: "https://authority.example/feed" });
      if (outcome.kind === "document") read++;
    } catch (cause) {
      throw new Error(`seed ${seed}, round ${round}: a document threw`, { cause });
    }
    slowest = Math.max(slowest, performance.now() - started);
    if (slowest > PATIENCE_MS)
      throw new Error(`seed ${seed}, round ${round}: a document took ${Math.round(slowest)} ms`);
  }
  console.log(
    `seed ${seed}: ${rounds} documents, ${read} read, ${rounds - read} named; the slowest took ${slowest.toFixed(1)} ms`,
  );
}

const seed = option("--seed") ?? Math.floor(Math.random() * 2 ** 32);
console.log(`seed ${seed}`);
await fuzz(seed, option("--rounds") ?? 5_000);
