import type { Field, Span } from "#model/tag.ts";
import { sentences } from "#text/sentences.ts";
import { type Tokens, tokenize } from "#text/tokens.ts";
import type { Gap } from "./phrase.ts";
import type { Rule, Rules } from "./rules.ts";
import type { Hits } from "./trie.ts";

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

/** An article as the rules see it. */
export type Document = {
  readonly article: { readonly title: string; readonly text: string };
  readonly sentences: readonly Sentence[];
  readonly matches: readonly Match[];
  /** The matches of each sentence. */
  readonly bySentence: readonly (readonly Match[])[];
};

/** The sentences of the text, next to the title, that tell what an article reports: later ones are background. */
export const LEDE_SENTENCES = 2;

export const isLede = (document: Document, sentence: number): boolean =>
  sentence < LEDE_SENTENCES + (document.sentences[0]?.field === "title" ? 1 : 0);

export const overlaps = (a: Match, b: Match): boolean => a.from <= b.to && b.from <= a.to;

/** One pass over title and text for the whole pack. */
export function readDocument(article: { readonly title: string; readonly text: string }, rules: Rules): Document {
  const all: Sentence[] = [];
  const matches: Match[] = [];
  for (const field of ["title", "text"] as const) {
    const text = article[field];
    const spans = field === "text" ? sentences(text) : text.trim() === "" ? [] : [{ start: 0, end: text.length }];
    const first = all.length;
    for (const { start, end } of spans) all.push({ field, start, end });
    const tokens = tokenize(text);
    findMatches(rules, text, tokens, sentenceNumbers(tokens, spans, first), field, matches);
  }
  const bySentence: Match[][] = all.map(() => []);
  for (const match of matches) bySentence[match.sentence]?.push(match);
  return { article, sentences: all, matches, bySentence };
}

/** The sentence of each word; -1 between sentences. */
function sentenceNumbers(tokens: Tokens, spans: readonly Span[], first: number): Int32Array {
  const numbers = new Int32Array(tokens.count).fill(-1);
  let s = 0;
  for (let i = 0; i < tokens.count; i += 1) {
    while (s < spans.length && spans[s]!.end <= tokens.starts[i]!) s += 1;
    if (s < spans.length && tokens.starts[i]! >= spans[s]!.start) numbers[i] = first + s;
  }
  return numbers;
}

type Stand = { readonly from: number; readonly to: number };

function findMatches(
  rules: Rules,
  text: string,
  tokens: Tokens,
  sentenceOf: Int32Array,
  field: Field,
  out: Match[],
): void {
  const stands = standsOf(rules.trie(text, tokens), sentenceOf);
  const add = (rule: Rule, { from, to }: Stand) =>
    out.push({
      rule,
      field,
      sentence: sentenceOf[from]!,
      from,
      to,
      start: tokens.starts[from]!,
      end: tokens.ends[to]!,
    });
  for (const [operand, found] of stands) {
    for (const rule of rules.beginning[operand]!) {
      let spans: readonly Stand[] = found;
      for (let next = 1; next < rule.operands.length && spans.length > 0; next += 1) {
        spans = near(spans, stands.get(rule.operands[next]!) ?? [], rule.phrase.gaps[next - 1]!, sentenceOf);
      }
      for (const span of spans) add(rule, span);
    }
  }
}

/** Where each operand stands, in order, leaving out what runs over the end of a sentence. */
function standsOf({ operands, from, to }: Hits, sentenceOf: Int32Array): ReadonlyMap<number, readonly Stand[]> {
  const stands = new Map<number, Stand[]>();
  for (let i = 0; i < operands.length; i += 1) {
    const stand = { from: from[i]!, to: to[i]! };
    if (sentenceOf[stand.from] === -1 || sentenceOf[stand.from] !== sentenceOf[stand.to]) continue;
    const list = stands.get(operands[i]!);
    if (list === undefined) stands.set(operands[i]!, [stand]);
    else list.push(stand);
  }
  return stands;
}

/** Each span joined with the closest of `others` before or after it, where one is near enough in its sentence. */
function near(
  spans: readonly Stand[],
  others: readonly Stand[],
  { words, ordered }: Gap,
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
