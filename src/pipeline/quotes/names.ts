import type { Item } from "./items.ts";
import { type Named, peopleIn, subjectOf } from "./speaker.ts";

const lastWordOf = (name: string): string => name.slice(name.lastIndexOf(" ") + 1).toLowerCase();

/** Those whom a paragraph has named so far: a pronoun is one of them if it can be no other. */
export class Present {
  readonly #people = new Map<string, Named>();
  readonly #bodies = new Map<string, Named>();

  /** Who a sentence names; after it was read. */
  note(text: string, items: readonly Item[]): void {
    for (const named of peopleIn(text, items)) this.add(named);
    this.add(subjectOf(text, items));
  }

  add(named: Named | null): void {
    if (named === null || named.kind === "pronoun") return;
    const among = named.kind === "person" ? this.#people : this.#bodies;
    const key = named.kind === "person" ? lastWordOf(named.name) : named.name.toLowerCase();
    const known = among.get(key);
    if (known === undefined || known.name.length < named.name.length) among.set(key, named);
  }

  /** Whom a pronoun means, or null where it may be more than one. */
  meant(pronoun: string): Named | null {
    const among =
      pronoun === "it" ? [this.#bodies] : pronoun === "they" ? [this.#people, this.#bodies] : [this.#people];
    const all = among.flatMap((some) => [...some.values()]);
    return all.length === 1 ? all[0]! : null;
  }
}

/** The full names and offices of an article, by the last word of a name. */
export class FullNames {
  readonly #known = new Map<string, Map<string, Named>>();

  add(named: Named | null): void {
    if (named === null || named.kind !== "person" || !named.proper || !named.name.includes(" ")) return;
    const key = lastWordOf(named.name);
    const same = this.#known.get(key) ?? new Map<string, Named>();
    if (same.get(named.name)?.office == null) same.set(named.name, named);
    this.#known.set(key, same);
  }

  /** Somebody in the fullest form that the article has for them; as they are where two have that name. */
  of(named: Named): Named {
    if (named.kind !== "person" || !named.proper) return named;
    const same = this.#known.get(lastWordOf(named.name));
    const full = named.name.includes(" ")
      ? same?.get(named.name)
      : same?.size === 1
        ? [...same.values()][0]
        : undefined;
    return full === undefined ? named : { ...full, office: named.office ?? full.office };
  }
}
