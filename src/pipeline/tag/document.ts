import { MOST_WORDS_OF_SENTENCE } from "#model/limits.ts";
import type { Field, Span } from "#model/tag.ts";
import { glossedOf } from "#text/gloss.ts";
import { type Readable, sentencesOf } from "#text/reading.ts";
import { type Tokens, tokenize } from "#text/tokens.ts";
import type { Gap } from "./phrase.ts";
import type { Rule, Rules } from "./rules.ts";
import type { Hits, Trie } from "./trie.ts";

/** A sentence of an article; the title is one, and comes first. */
export type Sentence = Span & { readonly field: Field };

/** Where a rule stands in an article. */
export type Match = Span & {
  readonly rule: Rule;
  readonly field: Field;
  /** Number of the sentence. */
  readonly sentence: number;
  /** First and last word, counted in the field. */
  readonly from: number;
  readonly to: number;
};

/** An article as the rules see it: one in another language by its gloss. */
export type Document = {
  readonly article: Readable & { readonly title: string };
  readonly sentences: readonly Sentence[];
  readonly matches: readonly Match[];
  /** The matches of each sentence. */
  readonly bySentence: readonly (readonly Match[])[];
};

/** The sentences of the text, next to the title, that tell what an article reports: later ones are background. */
const LEDE_SENTENCES = 2;

export const isLede = (document: Document, sentence: number): boolean =>
  sentence < LEDE_SENTENCES + (document.sentences[0]?.field === "title" ? 1 : 0);

/** The topic's exclusion that leaves the whole article out: one in its title or first sentences. */
export const topicExclusion = (document: Document): Match | undefined =>
  document.matches.find(({ rule, sentence }) => rule.role.kind === "off-topic" && isLede(document, sentence));

export const overlaps = (a: Match, b: Match): boolean => a.from <= b.to && b.from <= a.to;

/** One pass over title and text for the whole pack. */
export function readDocument(given: Readable & { readonly title: string }, rules: Rules): Document {
  const article = glossedOf(given, rules.pack.glossaries)?.english ?? given;
  const all: Sentence[] = [];
  const matches: Match[] = [];
  for (const field of ["title", "text"] as const) {
    const text = article[field];
    const spans = field === "text" ? sentencesOf(article) : text.trim() === "" ? [] : [{ start: 0, end: text.length }];
    const tokens = tokenize(text);
    const sentenceOf = new Int32Array(tokens.count).fill(BETWEEN);
    addSentences(field, spans, tokens, sentenceOf, all);
    findMatches(rules, text, tokens, sentenceOf, field, matches);
  }
  const bySentence: Match[][] = all.map(() => []);
  for (const match of matches) bySentence[match.sentence]!.push(match);
  return { article, sentences: all, matches, bySentence };
}

/** The number of the sentence of a word that stands in none. */
const BETWEEN = -1;

/** Adds the sentences of a field to `all`, and writes the number of its sentence to each word. */
function addSentences(
  field: Field,
  spans: readonly Span[],
  tokens: Tokens,
  sentenceOf: Int32Array,
  all: Sentence[],
): void {
  let i = 0;
  for (const span of spans) {
    let start = span.start;
    let words = 0;
    while (i < tokens.count && tokens.starts[i]! < start) i += 1;
    for (; i < tokens.count && tokens.starts[i]! < span.end; i += 1) {
      if (words === MOST_WORDS_OF_SENTENCE) {
        all.push({ field, start, end: tokens.ends[i - 1]! });
        start = tokens.starts[i]!;
        words = 0;
      }
      sentenceOf[i] = all.length;
      words += 1;
    }
    all.push({ field, start, end: span.end });
  }
}

type Stand = { readonly from: number; readonly to: number };

function findMatches(
  { trie, startingWith }: Rules,
  text: string,
  tokens: Tokens,
  sentenceOf: Int32Array,
  field: Field,
  out: Match[],
): void {
  const stands = standsOf(trie.find(text, tokens), trie.ends, sentenceOf);
  const live: Rule[] = [];
  for (const operand of stands.keys()) {
    for (const rule of startingWith[operand]!) if (rule.operands.every((each) => stands.has(each))) live.push(rule);
  }
  for (const rule of live.sort((a, b) => a.number - b.number)) {
    let spans = stands.get(rule.operands[0]!)!;
    for (let next = 1; next < rule.operands.length && spans.length > 0; next += 1) {
      spans = near(spans, stands.get(rule.operands[next]!)!, rule.gaps[next - 1]!, next > 1, sentenceOf);
    }
    let last = NONE;
    for (const { from, to } of spans) {
      if (from === last.from && to === last.to) continue;
      last = { from, to };
      const [start, end] = [tokens.starts[from]!, tokens.ends[to]!];
      out.push({ rule, field, sentence: sentenceOf[from]!, from, to, start, end });
    }
  }
}

const NONE: Stand = { from: -1, to: -1 };

/** Where each operand stands, in order, leaving out what runs over the end of a sentence. */
function standsOf(
  { nodes, from, to }: Hits,
  ends: Trie["ends"],
  sentenceOf: Int32Array,
): ReadonlyMap<number, readonly Stand[]> {
  const stands = new Map<number, Stand[]>();
  for (let i = 0; i < nodes.length; i += 1) {
    const stand = { from: from[i]!, to: to[i]! };
    if (sentenceOf[stand.from] === BETWEEN || sentenceOf[stand.from] !== sentenceOf[stand.to]) continue;
    for (const operand of ends[nodes[i]!]!) {
      const known = stands.get(operand);
      if (known === undefined) stands.set(operand, [stand]);
      else known.push(stand);
    }
  }
  return stands;
}

/**
 * Each span joined with the closest of `others` before or after it, where one is near enough in its sentence. A span
 * that is itself joined (`wide`) may hold the other between its parts.
 */
function near(
  spans: readonly Stand[],
  others: readonly Stand[],
  { words, ordered }: Gap,
  wide: boolean,
  sentenceOf: Int32Array,
): readonly Stand[] {
  const joined: Stand[] = [];
  for (const span of spans) {
    let low = 0;
    for (let high = others.length; low < high; ) {
      const middle = (low + high) >> 1;
      if (others[middle]!.to < span.from) low = middle + 1;
      else high = middle;
    }
    const inside = others[low];
    if (wide && !ordered && inside !== undefined && inside.from >= span.from && inside.to <= span.to) {
      joined.push(span);
      continue;
    }
    const before = others[low - 1];
    while (low < others.length && others[low]!.from <= span.to) low += 1;
    const after = others[low];
    const inReach = (other: Stand | undefined): other is Stand =>
      other !== undefined &&
      sentenceOf[other.from] === sentenceOf[span.from] &&
      (other.from > span.to ? other.from - span.to : span.from - other.to) - 1 <= words;
    const [a, b] = [!ordered && inReach(before) ? before : null, inReach(after) ? after : null];
    const closest = a === null ? b : b === null ? a : span.from - a.to <= b.from - span.to ? a : b;
    if (closest !== null) joined.push({ from: Math.min(span.from, closest.from), to: Math.max(span.to, closest.to) });
  }
  return joined;
}
