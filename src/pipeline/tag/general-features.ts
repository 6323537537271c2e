import type { Pack } from "#model/pack.ts";
import type { Field } from "#model/tag.ts";
import { once } from "#text/once.ts";
import { fold, tokenize, wordAt } from "#text/tokens.ts";
import { Meaning, wordVectors } from "#text/vectors.ts";
import type { Document } from "./document.ts";
import { HEAD_LENGTH, placeOf } from "./features.ts";
import { product } from "./product.ts";

/** Cosines are small numbers; so many times they count as what the rules find. */
const NEAR_SCALE = 3;

/** Kinds of rules of which general weights want to know where one stands. */
const STANDING = new Set(["strong", "weak", "stage"]);

/**
 * What general weights look at besides: where phrases of points and stages stand, and how near title and head come, by what their words
 * mean, to what the pack says of itself: its topic, each point, the nearest of them.
 */
export function eachGeneral(document: Document, pack: Pack, visit: (name: string, value: number) => void): void {
  const stands = new Set<string>();
  for (const { rule, field, sentence } of document.matches) {
    if (!STANDING.has(rule.role.kind)) continue;
    stands.add(`r:${rule.role.kind}:${placeOf(document, field, sentence)}`);
  }
  for (const each of stands) visit(each, 1);
  const { topic, points } = directionsOf(pack);
  for (const field of ["title", "text"] as const satisfies readonly Field[]) {
    const way = centred(meaningOf(document.article[field].slice(0, HEAD_LENGTH)));
    const near = points.map(({ id, direction }) => ({ id, cosine: product(way, 0, direction) }));
    visit(`r:topic-near:${field}`, product(way, 0, topic) * NEAR_SCALE);
    visit(`r:nearest:${field}`, Math.max(...near.map(({ cosine }) => cosine)) * NEAR_SCALE);
    for (const { id, cosine } of near) visit(`r:near:${id}:${field}`, cosine * NEAR_SCALE);
  }
}

/** What a pack is about, as directions among word vectors. */
const directionsOf = once(({ topic, points }: Pack) => {
  const whole = [topic.name, ...topic.terms, ...points.flatMap(({ name, definition }) => [name, definition])];
  return {
    topic: centred(meaningOf(whole.join(" "))),
    points: points.map(({ id, name, definition, strong }) => ({
      id,
      direction: centred(meaningOf([name, definition, ...strong].join(" "))),
    })),
  };
});

function meaningOf(text: string): Float64Array {
  const { rank } = wordVectors();
  const meaning = new Meaning();
  const tokens = tokenize(text);
  for (let i = 0; i < tokens.count; i += 1) meaning.add(rank.get(fold(wordAt(text, tokens, i))) ?? -1);
  return meaning.mean(1);
}

/** What all words have in common tells nothing of any. */
const commonOf = once(({ rank }: ReturnType<typeof wordVectors>): Float64Array => {
  const meaning = new Meaning();
  for (const at of rank.values()) meaning.add(at);
  return meaning.mean(1);
});

/** The direction of a mean, of length 1, but for what all words have in common. */
function centred(mean: Float64Array): Float64Array {
  const common = commonOf(wordVectors());
  const way = mean.map((value, i) => value - common[i]!);
  const length = Math.sqrt(product(way, 0, way)) || 1;
  return way.map((value) => value / length);
}
