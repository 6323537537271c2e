import { readFileSync } from "node:fs";
import AhoCorasick from "ahocorasick";
import { articleLine } from "#cli/article-line.ts";
import type { Pack } from "#model/pack.ts";
import { loadPack } from "#pack/pack.ts";
import { parsePhrase } from "#pipeline/tag/phrase.ts";
import { publisherNamed } from "#pipeline/tag/publisher.ts";
import { compileRules, type Rules, tag } from "#pipeline/tag/tag.ts";
import { createTrie } from "#pipeline/tag/trie.ts";
import { randomFrom } from "#support/random.ts";
import { tokenize } from "#text/tokens.ts";
import { optionsOf } from "./options.ts";
import { proseOf } from "./prose.ts";
import { WORDS } from "./words.ts";

/** Characters of an article, title included. */
const ARTICLE = 3000;

/** Made-up phrases are of so many words, the most frequent. */
const COMMON = 20_000;

/**
 * How fast a pack is: its phrases alone, 50 to 50,000 made-up phrases beside an Aho-Corasick package, the whole
 * judgement, and whether time grows as the text does. The best of several rounds each, on prose made of everyday words
 * and of the pack's own definitions. With `--items FILE` of JSON lines, as `policywire tag` reads them, only the judgement of those,
 * with what was learned and without.
 */
export async function bench(args: readonly string[]): Promise<void> {
  const { values } = optionsOf("tag", args, {
    pack: "feeds/ai-policy",
    megabytes: "2",
    rounds: "7",
    items: undefined,
  });
  const loaded = loadPack(values.pack);
  if (!loaded.ok) throw new Error(`${values.pack} does not load: npm run policywire -- check`);
  const rules = compileRules(loaded.pack);
  if (values.items !== undefined) return ofItems(values.items, loaded.pack, Number(values.rounds));
  const random = randomFrom(1);
  const prose = proseOf(loaded.pack, Number(values.megabytes) * 1e6, random);
  const rounds = Number(values.rounds);

  row("measurement", "phrases", "MB/s", "articles/s");
  row(
    "the pack's phrases",
    rules.rules.length,
    speed(prose, rounds, (text) => rules.trie.find(text, tokenize(text))),
  );
  for (const count of [50, 500, 5000, 50_000]) comparePhrases(count, prose, rounds, random);
  judgement("the whole judgement", rules, prose, rounds);
  const half = seconds(rounds, () => void judgeAll(rules, [prose.slice(0, prose.length / 4)]));
  const whole = seconds(rounds, () => void judgeAll(rules, [prose.slice(0, prose.length / 2)]));
  process.stdout.write(`one text, doubled: ${(whole / half).toFixed(2)} times the time\n`);
}

/** By this process's own time: other work on the machine counts for less. The first round is for warming up. */
function ofItems(file: string, pack: Pack, rounds: number): void {
  const items = readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => articleLine.parse(JSON.parse(line)));
  for (const [name, weights] of [["with what was learned", pack.weights] as const, ["rules alone", null] as const]) {
    const rules = compileRules({ ...pack, weights });
    const rates = Array.from({ length: rounds + 1 }, () => {
      const before = process.cpuUsage();
      for (const { source, ...article } of items) tag(article, rules, publisherNamed(source, rules));
      return Math.round(items.length / (process.cpuUsage(before).user / 1e6));
    }).slice(1);
    const middle = rates.toSorted((a, b) => a - b)[rounds >> 1];
    process.stdout.write(`${name}: ${middle} articles/s (${Math.min(...rates)} to ${Math.max(...rates)})\n`);
  }
}

function comparePhrases(count: number, prose: string, rounds: number, random: () => number): void {
  const phrases = new Set<string>();
  while (phrases.size < count) {
    phrases.add(
      Array.from({ length: 2 + Math.floor(random() * 2) }, () => WORDS[Math.floor(random() * COMMON)]!).join(" "),
    );
  }
  const operands = [...phrases].flatMap((source) => {
    const parsed = parsePhrase(source, {});
    return parsed.ok ? parsed.phrase.operands : [];
  });
  const began = performance.now();
  const trie = createTrie(operands);
  const built = performance.now() - began;
  row(
    `trie, made in ${built.toFixed(0)} ms`,
    count,
    speed(prose, rounds, (text) => trie.find(text, tokenize(text))),
  );
  const automaton = new AhoCorasick([...phrases]);
  row(
    "npm ahocorasick, no stems",
    count,
    speed(prose, rounds, (text) => automaton.search(text)),
  );
}

function judgement(name: string, rules: Rules, prose: string, rounds: number): void {
  const articles: string[] = [];
  for (let at = 0; at + ARTICLE <= prose.length; at += ARTICLE) articles.push(prose.slice(at, at + ARTICLE));
  const took = seconds(rounds, () => void judgeAll(rules, articles));
  row(name, rules.rules.length, megabytes(articles.length * ARTICLE, took), (articles.length / took).toFixed(0));
}

function judgeAll(rules: Rules, texts: readonly string[]): number {
  let tags = 0;
  for (const text of texts) tags += tag({ title: text.slice(0, 80), text: text.slice(80) }, rules).tags.length;
  return tags;
}

const speed = (prose: string, rounds: number, run: (text: string) => unknown): string =>
  megabytes(
    prose.length,
    seconds(rounds, () => void run(prose)),
  );

const megabytes = (length: number, took: number): string => (length / 1e6 / took).toFixed(1);

function seconds(rounds: number, run: () => void): number {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round += 1) {
    const began = performance.now();
    run();
    best = Math.min(best, performance.now() - began);
  }
  return best / 1000;
}

const row = (name: string, phrases: number | string, rate: string, articles = ""): boolean =>
  process.stdout.write(`${name.padEnd(30)}${String(phrases).padStart(8)}${rate.padStart(8)}${articles.padStart(12)}\n`);
