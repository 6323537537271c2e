import type { Field, Tag } from "#model/tag.ts";
import { tokenize } from "#text/tokens.ts";
import { DIMENSIONS, Meaning } from "#text/vectors.ts";
import { type Document, isLede } from "./document.ts";
import type { FeatureIndex, Prefix } from "./feature-index.ts";
import { eachFrame } from "./frame-features.ts";
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

/** Who looks at features: at one of the index after the other, and at the meaning of a field, which is one by dimension. */
type Visitor = {
  readonly feature: (feature: number, value: number) => void;
  readonly meaning: (field: Field, mean: Float64Array) => void;
};

/** Words of title and of text that are read: what an article is about stands at its head. */
const WORDS_READ = 100;
/** Units that so many words usually take; what stands further down is for the rules alone. */
export const HEAD_LENGTH = 700;

/**
 * What each kind of evidence weighs against the others before anything is learned: found by trying twice and half of each on windows
 * left out.
 */
const WORD_SCALE = 3;
const MEANING_SCALE = 1.5;
const FINDING_SCALE = 0.7;

const FIELDS = ["title", "text"] as const satisfies readonly Field[];

/**
 * What a scorer may look at, each feature once: the words of title and head and the pairs of them, what these words mean on the whole, and
 * all that the pack's rules have found, with where; who does what to what.
 */
export function eachFeature(
  findings: Findings,
  rules: Rules,
  publisher: Publisher | undefined,
  index: FeatureIndex,
  visitor: Visitor,
): void {
  const { article } = findings.document;
  const seen = new Set<number>();
  const meaning = new Meaning();
  let read = 0;
  for (const field of FIELDS) {
    eachWord(
      article[field],
      index,
      field === "title",
      (feature) => seen.add(feature),
      (word) => {
        read += field === "title" ? 2 : 1;
        meaning.add(index.rankOf(word));
      },
    );
    // The title's own meaning, then that of all.
    visitor.meaning(field, meaning.mean(MEANING_SCALE));
  }
  // A word and the pair that it ends: of a long text each says less.
  const value = WORD_SCALE / Math.sqrt(2 * read || 1);
  for (const feature of seen) visitor.feature(feature, value);
  eachFinding(findings, rules, publisher, (name, value) =>
    visitor.feature(index.other(`r:${name}`), value * FINDING_SCALE),
  );
}

const meaningNames = (field: Field) => Array.from({ length: DIMENSIONS }, (_, i) => `m:${field}:${i}`);

/** The features that the meaning of a field is, by dimension. */
export const MEANINGS: Readonly<Record<Field, readonly string[]>> = {
  title: meaningNames("title"),
  text: meaningNames("text"),
};

/** The words that are read of a field, in order, each with the features that it ends, as far as the index knows them. */
function eachWord(
  whole: string,
  index: FeatureIndex,
  isTitle: boolean,
  visit: (feature: number, start: number, end: number) => void,
  heard?: (word: number) => void,
): void {
  const text = whole.slice(0, HEAD_LENGTH);
  const tokens = tokenize(text);
  const { starts, ends } = tokens;
  const count = Math.min(tokens.count, WORDS_READ);
  for (let i = 0, before = -1; i < count; i += 1) {
    const word = index.word(text, tokens, i);
    const stem = index.stemOf(word);
    for (let prefix = 0; prefix <= Number(isTitle); prefix += 1) {
      const alone = index.words(prefix as Prefix, stem);
      if (alone >= 0) visit(alone, starts[i]!, ends[i]!);
      const pair = i === 0 ? -1 : index.words(prefix as Prefix, before, stem);
      if (pair >= 0) visit(pair, starts[i - 1]!, ends[i]!);
    }
    before = stem;
    heard?.(word);
  }
}

/** Where in the article a rule stands: its title, its first sentences, further down. */
export const placeOf = (document: Document, field: Field, sentence: number): string =>
  field === "title" ? "title" : isLede(document, sentence) ? "lede" : "body";

function eachFinding(
  { document, points, relevance, facets }: Findings,
  { government }: Rules,
  publisher: Publisher | undefined,
  visit: (name: string, value: number) => void,
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
  eachFrame(document, (name) => stands.add(`act:${name}`));
  for (const each of stands) visit(each, 1);
  if (publisher !== undefined) visit(`publisher:${publisher.primary ? "office" : publisher.kind}`, 1);
}

/** Kinds of rules of which it matters that one stands there, whichever. */
const NAMED = new Set(["topic", "instrument", "place", "remedy", "policy", "off-topic", "hold"]);

/** Where the words of a feature stand: the field and its units. */
export type Stand = { readonly field: Field; readonly start: number; readonly end: number };

/** Calls back with every word and pair of words that is a feature, and where it stands: what evidence is made of. */
export function eachStand(
  { article }: Document,
  index: FeatureIndex,
  visit: (feature: number, stand: Stand) => void,
): void {
  for (const field of FIELDS) {
    eachWord(article[field], index, field === "title", (feature, start, end) => {
      visit(feature, { field, start, end });
    });
  }
}
