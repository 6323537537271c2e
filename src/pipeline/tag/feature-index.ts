import { fold, stem } from "#text/tokens.ts";
import { wordVectors } from "#text/vectors.ts";

/** A word as it stands, looked up once: the number of its stem, and its place among the word vectors; −1 where there is none. */
export type Word = { readonly stem: number; readonly vector: number };

/** Words kept at hand; names never end, so it is begun anew when full. */
const MOST_WORDS = 50_000;
/** More stems than an index ever holds, so that two numbers make one key. */
const STEMS = 2 ** 22;

/** In which words a feature was seen: any, or the title's. */
const PREFIXES = ["a:", "t:"] as const;

/**
 * Features by number. One that grows takes in every feature that it is asked for; one that was made of a list knows no others and answers
 * −1: most words of an article are none, and cost no string.
 */
export class FeatureIndex {
  readonly names: string[] = [];
  readonly #grows: boolean;
  readonly #stems = new Map<string, number>();
  readonly #spelled: string[] = [];
  /** By the keys of a word alone and of two: what kind of words they are seen in is the last bit. */
  readonly #words = new Map<number, number>();
  readonly #others = new Map<string, number>();
  readonly #blocks = new Map<readonly string[], Int32Array>();
  #known = new Map<string, Word>();

  constructor(names?: Iterable<string>) {
    this.#grows = true;
    for (const name of names ?? []) {
      const prefix = PREFIXES.findIndex((each) => name.startsWith(each));
      if (prefix < 0) this.other(name);
      else {
        const [first = "", second] = name
          .slice(2)
          .split(" ")
          .map((part) => this.#numberOf(part));
        this.words(prefix as 0 | 1, first as number, second as number | undefined);
      }
    }
    this.#grows = names === undefined;
  }

  /** The word that stands in a text, in whatever case. */
  word(written: string): Word {
    let known = this.#known.get(written);
    if (known === undefined) {
      const folded = fold(written.replace(/\./g, "").replace(/[’ʼ]/g, "'"));
      known = { stem: this.#numberOf(stem(folded)), vector: wordVectors().rank.get(folded) ?? -1 };
      if (this.#known.size >= MOST_WORDS) this.#known = new Map();
      this.#known.set(written, known);
    }
    return known;
  }

  #numberOf(stem: string): number {
    const known = this.#stems.get(stem);
    if (known !== undefined || !this.#grows) return known ?? -1;
    const number = this.#stems.size;
    this.#stems.set(stem, number);
    this.#spelled.push(stem);
    return number;
  }

  /** The feature of a stem, or of two side by side. */
  words(prefix: 0 | 1, first: number, second?: number): number {
    if (first < 0 || second === -1) return -1;
    const key = ((second === undefined ? 0 : second + 1) * STEMS + first) * 2 + prefix;
    const known = this.#words.get(key);
    if (known !== undefined || !this.#grows) return known ?? -1;
    this.#words.set(key, this.names.length);
    const [one, two] = [this.#spelled[first], second === undefined ? "" : ` ${this.#spelled[second]}`];
    this.names.push(`${PREFIXES[prefix]}${one}${two}`);
    return this.names.length - 1;
  }

  /** Any other feature, by its name. */
  other(name: string): number {
    const known = this.#others.get(name);
    if (known !== undefined || !this.#grows) return known ?? -1;
    this.#others.set(name, this.names.length);
    this.names.push(name);
    return this.names.length - 1;
  }

  /** Features that are asked for together, time and again, by a list of their names. */
  block(names: readonly string[]): Int32Array {
    let known = this.#blocks.get(names);
    if (known === undefined) {
      known = Int32Array.from(names, (name) => this.other(name));
      this.#blocks.set(names, known);
    }
    return known;
  }
}
