import { FUNCTION_WORDS } from "#text/english.ts";
import { OFFICES } from "#text/speaking.ts";
import type { Item } from "./items.ts";
import { peopleIn } from "./named.ts";
import { subjectOf } from "./subject-of.ts";
import type { Named } from "./who.ts";

type Sentence = readonly Item[];

const lastWordOf = (name: string): string => name.slice(name.lastIndexOf(" ") + 1).toLowerCase();

/** Those whom a paragraph has named so far. */
export class Present {
  readonly #people = new Map<string, Named>();
  readonly #bodies = new Map<string, Named>();
  #read = 0;

  add(named: Named | null): void {
    if (named === null || named.kind === "pronoun") return;
    const among = named.kind === "person" ? this.#people : this.#bodies;
    const key = named.kind === "person" ? lastWordOf(named.name) : named.name.toLowerCase();
    const known = among.get(key);
    if (known === undefined || known.name.length < named.name.length) among.set(key, named);
  }

  /** Whom a pronoun in the sentence `at` means: the only one of its kind who was named before; null where there are two. */
  meant(pronoun: string, text: string, sentences: readonly Sentence[], at: number): Named | null {
    for (; this.#read < at; this.#read++) {
      for (const named of peopleIn(text, sentences[this.#read]!)) this.add(named);
      this.add(subjectOf(text, sentences[this.#read]!));
    }
    this.add(subjectOf(text, sentences[at]!));
    const all = pronoun === "it" ? [...this.#bodies.values()] : [...this.#people.values()];
    // One person is hardly ever "they".
    if (pronoun === "they") return onlyOf([...all.filter(({ proper }) => !proper), ...this.#bodies.values()]);
    return onlyOf(all);
  }
}

const onlyOf = <T>(all: readonly T[]): T | null => (all.length === 1 ? all[0]! : null);

/** Those of an article who are called `names`, in the fullest form that it has for them, with their offices. */
export function inFull(
  text: string,
  sentences: readonly Sentence[],
  speakers: readonly Named[],
): (named: Named) => Named {
  const people = speakers.filter(({ kind, proper }) => kind === "person" && proper);
  const wanted = new Set(people.map(({ name }) => lastWordOf(name)));
  const known = new Map<string, Map<string, Named>>([...wanted].map((word) => [word, new Map()]));
  const add = (named: Named | null) => {
    if (named === null || named.kind !== "person" || !named.proper || !named.name.includes(" ")) return;
    const same = known.get(lastWordOf(named.name));
    if (same !== undefined && same.get(named.name)?.office == null) same.set(named.name, named);
  };
  for (const items of sentences) {
    if (!items.some((item) => wanted.has(item.text))) continue;
    add(subjectOf(text, items));
    for (const named of peopleIn(text, items)) add(named);
  }
  for (const named of people) add(named);
  return (named) => {
    const same = known.get(lastWordOf(named.name));
    if (named.kind !== "person" || !named.proper || same === undefined) return named;
    const isShort = !named.name.includes(" ");
    const full = isShort ? (same.size === 1 ? [...same.values()][0] : undefined) : same.get(named.name);
    if (full === undefined) return named;
    // Who is named in full is so at first.
    if (isShort && (hasNamesake(text, full.name) || text.indexOf(named.name) < text.indexOf(full.name))) return named;
    return { ...full, office: named.office ?? full.office };
  };
}

/** Does another bear the last word of a name: "Melania Trump" where "Donald Trump" is named as well? */
function hasNamesake(text: string, name: string): boolean {
  const last = name.slice(name.lastIndexOf(" "));
  for (let at = text.indexOf(last); at !== -1; at = text.indexOf(last, at + 1)) {
    const before = text.slice(text.lastIndexOf(" ", at - 1) + 1, at);
    if (!FORENAME.test(before) || name.includes(before)) continue;
    const small = before.toLowerCase();
    if (!NO_FORENAMES.has(small) && !FUNCTION_WORDS.has(small) && !OFFICES.has(small)) return true;
  }
  return false;
}

const FORENAME = /^\p{Lu}[\p{L}’'-]+$/u;
const NO_FORENAMES = new Set("former then vice president-elect late and".split(" "));
