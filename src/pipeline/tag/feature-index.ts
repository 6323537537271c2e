import { Pairs } from "#text/pairs.ts";
import { fold, stem, type Tokens, wordAt } from "#text/tokens.ts";
import { wordVectors } from "#text/vectors.ts";

/** Written forms kept at hand, about a megabyte; names never end, so that they begin anew when so many were seen. */
const MOST_WRITTEN = 1 << 15;

/** In which words a feature was seen: any, or the title's. */
const PREFIXES = ["a:", "t:"] as const;
export type Prefix = 0 | 1;

/** What stands for a second word where a feature is one word alone. */
const ALONE = -2;

/**
 * Features by number. One that grows takes in every feature that it is asked for; one that was made of a list knows no others and answers
 * −1: most words of an article are none, and cost no string.
 */
export class FeatureIndex {
  readonly names: string[];
  readonly #grows: boolean;
  readonly #stems = new Map<string, number>();
  /** Each stem as it is spelled; only what grows has to name features. */
  readonly #spelled: string[] = [];
  /** Words by what is known of them: a word is a number, and these are its stem and its place among the word vectors. */
  readonly #words = new Pairs();
  readonly #stemOf: number[] = [];
  readonly #rankOf: number[] = [];
  /** Words by the two hashes of how they are written. */
  readonly #written = new Pairs(MOST_WRITTEN);
  /** Features of one stem or two. */
  readonly #spoken = new Pairs();
  readonly #others = new Map<string, number>();

  constructor(names?: readonly string[]) {
    this.#grows = names === undefined;
    this.names = names === undefined ? [] : [...names];
    for (const [feature, name] of this.names.entries()) {
      const prefix = PREFIXES.findIndex((each) => name.startsWith(each));
      if (prefix < 0) this.#others.set(name, feature);
      else {
        const [first, second] = name.slice(PREFIXES[0].length).split(" ");
        this.#spoken.set(
          this.#numbered(first!) * 2 + prefix,
          second === undefined ? ALONE : this.#numbered(second),
          feature,
        );
      }
    }
  }

  /** Word `i` of a text, in whatever case. */
  word(text: string, tokens: Tokens, i: number): number {
    const [key, check] = [tokens.keys[i]!, tokens.checks[i]!];
    const known = this.#written.get(key, check);
    if (known >= 0) return known;
    const folded = fold(wordAt(text, tokens, i));
    const stemmed = stem(folded);
    const number = this.#grows ? this.#numbered(stemmed) : (this.#stems.get(stemmed) ?? -1);
    const word = this.#wordOf(number, wordVectors().rank.get(folded) ?? -1);
    this.#written.set(key, check, word);
    return word;
  }

  /** The number of a word's stem; −1 where no feature has it. */
  stemOf(word: number): number {
    return this.#stemOf[word]!;
  }

  /** A word's place among the word vectors; −1 where it has none. */
  rankOf(word: number): number {
    return this.#rankOf[word]!;
  }

  #wordOf(stem: number, rank: number): number {
    const known = this.#words.get(stem, rank);
    if (known >= 0) return known;
    this.#words.set(stem, rank, this.#stemOf.length);
    this.#rankOf.push(rank);
    return this.#stemOf.push(stem) - 1;
  }

  #numbered(stem: string): number {
    const known = this.#stems.get(stem);
    if (known !== undefined) return known;
    const number = this.#stems.size;
    this.#stems.set(stem, number);
    if (this.#grows) this.#spelled.push(stem);
    return number;
  }

  /** The feature of a stem, or of two side by side. */
  words(prefix: Prefix, first: number, second = ALONE): number {
    if (first < 0 || second === -1) return -1;
    const key = first * 2 + prefix;
    const known = this.#spoken.get(key, second);
    if (known >= 0 || !this.#grows) return known;
    this.#spoken.set(key, second, this.names.length);
    const other = second === ALONE ? "" : ` ${this.#spelled[second]}`;
    return this.names.push(`${PREFIXES[prefix]}${this.#spelled[first]}${other}`) - 1;
  }

  /** Any other feature, by its name. */
  other(name: string): number {
    const known = this.#others.get(name);
    if (known !== undefined || !this.#grows) return known ?? -1;
    this.#others.set(name, this.names.length);
    return this.names.push(name) - 1;
  }
}
