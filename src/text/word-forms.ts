import { fold } from "./tokens.ts";

/** How the words of a language are looked up, whatever form they stand in. */
export type Forms = {
  /** What a word of a phrase is found by, as it is written there: `=form`, `begin*`, or every form of the word. */
  readonly symbolOf: (written: string) => string;
  /** What is looked up for a word of a text, the nearest to its form first. */
  readonly lookedUp: (surface: string) => readonly string[];
  /** Whether a word seems to have an ending. */
  readonly isInflected: (surface: string) => boolean;
  /** A word taken apart into known ones, in English; null where it cannot be. */
  readonly compound: (surface: string) => string | null;
};

/** Letters of a word that no ending takes. */
const SHORTEST_STEM = 4;
/** Parts of a compound are no shorter, and the whole no longer, than this. */
const SHORTEST_PART = 4;
const LONGEST_WORD = 48;
type Known = {
  readonly endings: readonly string[];
  readonly joints: readonly string[];
  readonly alone: ReadonlyMap<string, string>;
};

/** `alone` is what single words are in English, by their symbols; it may still grow. */
export function createForms({ endings, joints, alone }: Known): Forms {
  const longestFirst = [...new Set(endings.map(fold))].toSorted((a, b) => b.length - a.length);
  const between = ["", ...joints];
  const prefixes = new Set<string>();
  /** How long beginnings of words are, the longest first. */
  let lengths: readonly number[] = [];

  // Endings stand behind endings, and some words end as if they had one.
  const stemOf = (folded: string): string => {
    const ending = longestFirst.find((each) => folded.endsWith(each) && folded.length - each.length >= SHORTEST_STEM);
    return ending === undefined ? folded : stemOf(folded.slice(0, folded.length - ending.length));
  };

  const symbolOf: Forms["symbolOf"] = (written) => {
    if (isInitials(written)) return `^${written}`;
    if (written.startsWith("=")) return `=${written.slice(1).toLowerCase()}`;
    if (!written.endsWith("*")) return `~${stemOf(fold(written))}`;
    const prefix = fold(written.slice(0, -1));
    prefixes.add(prefix);
    lengths = [...new Set([...lengths, prefix.length])].toSorted((a, b) => b - a);
    return `${prefix}*`;
  };

  const lookedUp: Forms["lookedUp"] = (surface) => {
    if (surface.length > LONGEST_WORD) return [];
    const folded = fold(surface);
    const begun = lengths.flatMap((length) =>
      prefixes.has(folded.slice(0, length)) ? [`${folded.slice(0, length)}*`] : [],
    );
    const initials = isInitials(surface) ? [`^${surface}`] : [];
    return [...initials, `=${surface.toLowerCase()}`, `~${stemOf(folded)}`, ...begun];
  };

  /** A part that another follows: a word, or the beginning of one, with a joint behind it. */
  const partOf = (part: string): string | undefined => {
    for (const joint of between) {
      if (!part.endsWith(joint)) continue;
      const bare = part.slice(0, part.length - joint.length);
      if (bare.length < SHORTEST_PART) continue;
      const english = alone.get(`~${stemOf(bare)}`) ?? alone.get(`${bare}*`);
      if (english !== undefined) return english;
    }
    return undefined;
  };
  const lastOf = (part: string): string | undefined =>
    part.length < SHORTEST_PART
      ? undefined
      : lookedUp(part)
          .map((symbol) => alone.get(symbol))
          .find((english) => english !== undefined);

  /** By the place up to which a word is read, the fewest known parts that it can be, in English. */
  const compound: Forms["compound"] = (surface) => {
    const word = fold(surface);
    if (joints.length === 0 || word.length < 2 * SHORTEST_PART || word.length > LONGEST_WORD) return null;
    const read: (readonly string[] | undefined)[] = [[]];
    for (let end = SHORTEST_PART; end <= word.length; end += 1) {
      for (let start = 0; start <= end - SHORTEST_PART; start += 1) {
        const before = read[start];
        if (before === undefined || (read[end]?.length ?? Infinity) <= before.length + 1) continue;
        const part = word.slice(start, end);
        const english = end < word.length ? partOf(part) : lastOf(part);
        if (english !== undefined) read[end] = [...before, english];
      }
    }
    const parts = read[word.length];
    return parts === undefined || parts.length < 2 ? null : parts.filter((part) => part !== "").join(" ");
  };

  return {
    symbolOf,
    isInflected: (surface) => surface.length <= LONGEST_WORD && stemOf(fold(surface)) !== fold(surface),
    compound,
    lookedUp,
  };
}

/** `KI`, `UE`: letters that only stand so. */
const isInitials = (word: string): boolean => word.length > 1 && word.length <= 6 && /^\p{Lu}+$/u.test(word);
