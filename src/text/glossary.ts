import type { LanguageFile } from "#model/language-file.ts";
import { fold, tokenize, wordAt } from "./tokens.ts";
import { createForms, type Forms } from "./word-forms.ts";

/** A word of a text in another language, as it is looked up. */
export type Word = { readonly start: number; readonly end: number; readonly surface: string };

/** What stands in a phrase after a gap, and what the whole is in English. */
type Tail = { readonly words: readonly string[]; readonly english: string };

type Node = { readonly next: Map<string, Node>; english: string | null; readonly tails: Tail[] };

/** What was found at a word: how many words it takes, what they are in English, and the words of it that stand further on. */
export type Found = { readonly length: number; readonly english: string; readonly behind: readonly number[] };

/** Words of a language with what they are in English, ready to be looked up. */
export type Glossary = {
  readonly forms: Forms;
  readonly elided: ReadonlySet<string>;
  readonly capitalNouns: boolean;
  /** In small letters, without the full stop that they end in. */
  readonly abbreviations: ReadonlySet<string>;
  /** The longest phrase that begins at word `at`; of phrases as long the one nearest to the form that stands there. */
  readonly find: (words: readonly Word[], at: number, goesOn: (at: number) => boolean) => Found | null;
};

/** Words between the two parts of a phrase with a gap: the particle of a German verb ends its clause. */
const REACH = 14;

const GAP = "…";

/** Makes a glossary of files of one language: what a later one says of a phrase holds. */
export function createGlossary(files: readonly LanguageFile[]): Glossary {
  const endings = files.flatMap((file) => file.endings);
  const elided = new Set(files.flatMap((file) => file.elided));
  const root: Node = nodeOf();
  const alone = new Map<string, string>();
  const forms = createForms({ endings, joints: files.flatMap((file) => file.joints), alone });
  for (const { words } of files) {
    for (const [english, phrases] of Object.entries(words)) {
      for (const phrase of phrases) addPhrase(phrase, english);
    }
  }

  function addPhrase(phrase: string, english: string): void {
    const [head = "", tail] = phrase.split(GAP);
    const items = itemsOf(head, elided);
    let node = root;
    for (const item of items) {
      const symbol = forms.symbolOf(item);
      let next = node.next.get(symbol);
      if (next === undefined) {
        next = nodeOf();
        node.next.set(symbol, next);
      }
      node = next;
    }
    if (tail !== undefined) {
      node.tails.push({ words: wordsIn(tail, elided).map(({ surface }) => fold(surface)), english });
      return;
    }
    node.english = english;
    if (items.length !== 1) return;
    alone.set(forms.symbolOf(items[0]!), english);
    // The form that is written there is nearer to itself than to another word of its stem.
    const form = `=${items[0]!.toLowerCase()}`;
    if (/^[\p{L}\p{N}]+$/u.test(items[0]!)) root.next.set(form, { next: node.next, english, tails: node.tails });
  }

  const find: Glossary["find"] = (words, at, goesOn) => {
    let found: Found | null = null;
    let nodes: readonly Node[] = [root];
    for (let i = at; i < words.length && nodes.length > 0; i += 1) {
      const symbols = forms.lookedUp(words[i]!.surface);
      nodes = nodes.flatMap(({ next }) => symbols.flatMap((symbol) => next.get(symbol) ?? []));
      const length = i + 1 - at;
      const whole = nodes.find(({ english }) => english !== null);
      if (whole !== undefined) found = { length, english: whole.english!, behind: [] };
      found = parted(nodes, words, i + 1, length, goesOn) ?? found;
      if (!goesOn(i)) break;
    }
    return found;
  };
  const abbreviations = new Set(files.flatMap((file) => file.abbreviations.map((each) => each.toLowerCase())));
  return { forms, elided, abbreviations, capitalNouns: files.some((file) => file.capitalNouns), find };
}

const nodeOf = (): Node => ({ next: new Map(), english: null, tails: [] });

/** A phrase whose first part ends before word `from`, and whose second stands further on in the sentence. */
function parted(
  nodes: readonly Node[],
  words: readonly Word[],
  from: number,
  length: number,
  goesOn: (at: number) => boolean,
): Found | null {
  const tails = nodes.flatMap((node) => node.tails);
  if (tails.length === 0) return null;
  for (let i = from; i < Math.min(words.length, from + REACH) && goesOn(i - 1); i += 1) {
    const tail = tails.find((each) => each.words.every((word, k) => fold(words[i + k]?.surface ?? "") === word));
    if (tail !== undefined) return { length, english: tail.english, behind: tail.words.map((_, k) => i + k) };
  }
  return null;
}

/** The items of a phrase: `=form` and `begin*` are kept as they are written, at the end of what hyphens part. */
function itemsOf(phrase: string, elided: ReadonlySet<string>): readonly string[] {
  return phrase
    .trim()
    .split(/\s+/)
    .flatMap((item) => {
      const words = wordsIn(item, elided).map(({ surface }) => surface);
      const last = words.length - 1;
      return words.map((word, i) => {
        if (item.startsWith("=")) return `=${word}`;
        return i === last && item.endsWith("*") ? `${word}*` : word;
      });
    });
}

/** The words of a text: `l'IA` is two. */
export function wordsIn(text: string, elided: ReadonlySet<string>): Word[] {
  const tokens = tokenize(text);
  const words: Word[] = [];
  for (let i = 0; i < tokens.count; i += 1) {
    let start = tokens.starts[i]!;
    const end = tokens.ends[i]!;
    const surface = wordAt(text, tokens, i);
    const apostrophe = text.slice(start, end).search(/['’ʼ]/);
    if (apostrophe > 0 && elided.has(fold(text.slice(start, start + apostrophe)))) {
      words.push({ start, end: start + apostrophe + 1, surface: text.slice(start, start + apostrophe) });
      start += apostrophe + 1;
      words.push({ start, end, surface: text.slice(start, end) });
    } else words.push({ start, end, surface });
  }
  return words;
}
