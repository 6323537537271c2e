import type { Tag } from "#model/tag.ts";
import { fold, stem, tokenize, wordAt } from "#text/tokens.ts";
import { DIMENSIONS, Meaning, wordVectors } from "#text/vectors.ts";
import { type Document, isLede } from "./document.ts";
import type { PointFinding } from "./points.ts";
import type { Publisher } from "./publisher.ts";
import type { Relevance } from "./relevance.ts";
import type { Rules } from "./rules.ts";

/** Everything that was found in an article by rule. */
export type Findings = {
  readonly document: Document;
  readonly points: readonly PointFinding[];
  readonly relevance: Relevance;
  readonly facets: readonly Tag[];
};

type Visit = (feature: string, value: number) => void;

/** Words of the text that are read: what an article is about stands at its head. */
const WORDS_READ = 100;
/** Units that so many words never go beyond; the rest need not be cut into words. */
const HEAD_LENGTH = 1_200;

/**
 * What each kind of evidence weighs against the others before anything is learned: found by trying twice and half of each on windows
 * left out.
 */
const WORD_SCALE = 3;
const MEANING_SCALE = 1.5;
const FINDING_SCALE = 0.7;

/**
 * What a scorer may look at: the words of title and head and the pairs of them, what these words mean on the whole, and all that the
 * pack's rules have found, with where.
 */
export function eachFeature(findings: Findings, rules: Rules, publisher: Publisher | undefined, visit: Visit): void {
  const { title, text } = findings.document.article;
  const meaning = new Meaning();
  const vectors = wordVectors();
  const words = new Set<string>();
  for (const [prefixes, field] of [
    [["a:", "t:"], title],
    [["a:"], text.slice(0, HEAD_LENGTH)],
  ] as const) {
    const tokens = tokenize(field);
    let before = "";
    for (let i = 0; i < Math.min(tokens.count, WORDS_READ); i += 1) {
      const word = fold(wordAt(field, tokens, i));
      const stem = stemOf(word);
      for (const prefix of prefixes) {
        words.add(prefix + stem);
        if (before !== "") words.add(`${prefix}${before} ${stem}`);
      }
      before = stem;
      meaning.add(word, vectors);
    }
    // The title's own meaning, then that of all.
    const mean = meaning.mean();
    const where = field === title ? "title" : "all";
    for (let i = 0; i < DIMENSIONS; i += 1) visit(MEANINGS[where][i]!, mean[i]! * MEANING_SCALE);
  }
  const value = WORD_SCALE / Math.sqrt(words.size || 1);
  for (const word of words) visit(word, value);
  eachFinding(findings, rules, publisher, (name, value) => visit(`r:${name}`, value * FINDING_SCALE));
}

const MEANINGS = Object.fromEntries(
  (["title", "all"] as const).map((where) => [where, Array.from({ length: DIMENSIONS }, (_, i) => `m:${where}:${i}`)]),
) as Record<"title" | "all", string[]>;

/** Stems of words met before; begun anew when full, since names never end. */
const stems = new Map<string, string>();
const MOST_STEMS = 50_000;

function stemOf(word: string): string {
  let known = stems.get(word);
  if (known === undefined) {
    known = stem(word);
    if (stems.size >= MOST_STEMS) stems.clear();
    stems.set(word, known);
  }
  return known;
}

/** Where in the article a rule stands: its title, its first sentences, further down. */
const placeOf = (document: Document, field: "title" | "text", sentence: number): string =>
  field === "title" ? "title" : isLede(document, sentence) ? "lede" : "body";

function eachFinding(
  { document, points, relevance, facets }: Findings,
  { government }: Rules,
  publisher: Publisher | undefined,
  visit: Visit,
): void {
  visit("relevant", Number(relevance.relevant));
  visit("sum", Math.max(-1, Math.min(2, relevance.sum)));
  for (const { name } of relevance.cues) visit(`cue:${name}`, 1);
  for (const { point, score, minimum, strength } of points) {
    if (score > 0) visit(`score:${point.id}`, Math.min(2, score / minimum));
    if (strength !== null) visit(`point:${point.id}:${relevance.relevant ? strength : "weak"}`, 1);
  }
  for (const { axis, id, primary } of facets) {
    if (axis === "stage" || axis === "certainty" || (axis === "place" && primary)) visit(`${axis}:${id}:${primary}`, 1);
  }
  const stands = new Set<string>();
  for (const { rule, field, sentence } of document.matches) {
    const where = placeOf(document, field, sentence);
    const { role } = rule;
    if (role.kind === "actor") stands.add(`${government.has(role.owner) ? "government" : "actor"}:${where}`);
    else if (role.kind === "reading") stands.add(`${role.cue}:${where}`);
    else if (NAMED.has(role.kind)) stands.add(`${role.kind}:${where}`);
    if (role.kind === "remedy") stands.add(`remedy:${role.owner}`);
  }
  for (const each of stands) visit(each, 1);
  if (publisher !== undefined) visit(`publisher:${publisher.primary ? "office" : publisher.kind}`, 1);
}

/** Kinds of rules of which it matters that one stands there, whichever. */
const NAMED = new Set(["topic", "instrument", "place", "remedy", "policy", "off-topic", "hold"]);

/** Where the words of a feature stand: the field and its units. */
export type Stand = { readonly field: "title" | "text"; readonly start: number; readonly end: number };

/** Every word and pair of words that is read, with where it stands: what evidence is made of. */
export function* standsOfWords({ article }: Document): Generator<readonly [feature: string, stand: Stand]> {
  for (const field of ["title", "text"] as const) {
    const text = article[field].slice(0, HEAD_LENGTH);
    const tokens = tokenize(text);
    const prefixes = field === "title" ? ["t:", "a:"] : ["a:"];
    let before: string | null = null;
    for (let i = 0; i < Math.min(tokens.count, WORDS_READ); i += 1) {
      const stem = stemOf(fold(wordAt(text, tokens, i)));
      const end = tokens.ends[i]!;
      for (const prefix of prefixes) {
        yield [prefix + stem, { field, start: tokens.starts[i]!, end }];
        if (before !== null) yield [`${prefix}${before} ${stem}`, { field, start: tokens.starts[i - 1]!, end }];
      }
      before = stem;
    }
  }
}
