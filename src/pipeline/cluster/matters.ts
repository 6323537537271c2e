import type { Facets } from "#model/pack.ts";
import { type Tagging, tagsOn } from "#model/tag.ts";
import { KINDS, MATTERS } from "#text/acts.ts";
import { extentOf } from "#text/identifiers.ts";
import { once } from "#text/once.ts";
import { fold, stem, tokenize, wordsOf } from "#text/tokens.ts";
import { isName } from "./kinds.ts";
import { stemAt } from "./known-words.ts";
import { isTitleCase } from "./names.ts";
import { LEDE_WORDS, type Placeable } from "./profile.ts";
import type { Subjects } from "./subjects.ts";
import type { Entry, Query, Window } from "./window.ts";

/** A name in so many of the other sagas of the window, or in one, tells a matter. */
const TELLING_SHARE = 0.02;

/** In more of them than this a word tells nothing: the topic's own, the country where all of it happens. */
const COMMON_SHARE = 0.2;

const stemsOf = (words: Iterable<string>): ReadonlySet<string> => new Set([...words].map((word) => stem(fold(word))));

/** What a matter turns on, named with somebody: the order of a president, the case against a company, a summit. */
const TURNS_ON = stemsOf(MATTERS);

/** Nouns for who acts and what is acted upon: `Senate`, `Judge`, `Ministry` name nobody, whatever letter they begin with. */
const NOUNS = stemsOf(KINDS.keys());

/** What a pack says of who governs, and where. */
export type Governing = Pick<Facets, "actors" | "places">;

/** What an article that opens a story shares with one of an earlier story. */
export type Kinship = {
  /** Both name one bill, case or act by its number. */
  sharesNumber(earlier: Entry, theirs: Subjects): boolean;
  /**
   * Both are of one matter: by two names that hardly another saga has, by one of these that is acted upon or that an authority
   * elsewhere takes up, or by a law, a case or a meeting together with a name. A person, an office or a place alone is none.
   */
  sharesMatter(earlier: Entry, elsewhere: boolean): boolean;
};

type Of = {
  readonly article: Placeable;
  readonly tagging: Tagging;
  readonly about: Subjects;
  readonly query: Query;
};

export function kinshipOf({ article, tagging, about, query }: Of, window: Window, pack: Governing): Kinship {
  const { profile } = query;
  // Few articles are so near to another story that it is asked for.
  let known: { readonly offices: ReadonlySet<string>; readonly unnamed: ReadonlySet<string> } | null = null;
  const read = () => {
    // A feed goes by the name of its outlet, which stands in its own titles: `the-gazette`, `gazette.example`.
    const outlet = stemsOf(profile.outlet.split(/[^a-z0-9]/));
    // A number is judged by itself.
    const unnamed = NOUNS.union(placeNames(pack.places)).union(outlet).union(profile.identifiers);
    return { offices: officesIn(tagging, pack.actors), unnamed };
  };

  /** Stems of both openings, each as a name of both or not. */
  function shared(earlier: Entry): readonly { readonly said: string; readonly term: number; readonly name: boolean }[] {
    known ??= read();
    const found = [];
    for (const [theirs, term] of earlier.terms.subarray(0, earlier.profile.opening).entries()) {
      const at = query.table.marks[2 * term + 1]! - 1;
      if (at < 0 || at >= profile.opening) continue;
      const said = profile.lexicon[profile.stems[at]!]!;
      const isNamed = isName(profile.kinds[at]!) && isName(earlier.profile.kinds[theirs]!);
      const name = isNamed && !known.unnamed.has(said);
      found.push({ said, term, name });
    }
    return found;
  }

  const isWithin = (share: number, term: number, { sagaId }: Entry): boolean =>
    window.isInFewSagas(term, sagaId, share);

  const tellingNames = (earlier: Entry) =>
    shared(earlier).filter(
      ({ said, term, name }) => name && !known?.offices.has(said) && isWithin(TELLING_SHARE, term, earlier),
    );

  return {
    sharesNumber(earlier, theirs) {
      if (profile.identifiers.size === 0) return false;
      const numbers = profile.identifiers.intersection(earlier.profile.identifiers);
      return [...numbers].some((number) => {
        const extent = extentOf(number);
        if (extent === "everywhere") return true;
        const [mine, others] = [placesOf(about, extent), placesOf(theirs, extent)];
        if (!mine.isDisjointFrom(others)) return true;
        return (mine.size === 0 || others.size === 0) && tellingNames(earlier).length > 0;
      });
    },

    sharesMatter(earlier, elsewhere) {
      const telling = tellingNames(earlier);
      const actedOn = ({ said }: { readonly said: string }) =>
        profile.actedOn.has(said) || earlier.profile.actedOn.has(said);
      if (telling.some((one) => elsewhere || actedOn(one))) return true;
      if (telling.length > 1 && new Set(telling.map(({ said }) => said).map(joinNames(article))).size > 1) return true;
      const rarer = shared(earlier).filter(({ term }) => isWithin(COMMON_SHARE, term, earlier));
      return rarer.some(({ name }) => name) && rarer.some(({ said }) => TURNS_ON.has(said));
    },
  };
}

/** Stems of the names of places, as a pack writes them: `UK`, `California`. */
const placeNames = once((places: Facets["places"]): ReadonlySet<string> => {
  const names = places.flatMap(({ name, label }) => [name, label ?? ""]);
  return stemsOf(names.flatMap(wordsOf));
});

/** The countries that an article names, or its states: `US-TX` lies in `US`. */
const placesOf = ({ places }: Subjects, extent: "country" | "state"): ReadonlySet<string> =>
  new Set([...places].flatMap((id) => (extent === "country" ? id.split("-", 1) : id.includes("-") ? [id] : [])));

/** Stems by which an article names places and governments, with who speaks for them. */
function officesIn({ tags }: Tagging, actors: Facets["actors"]): ReadonlySet<string> {
  const governs = new Set(actors.flatMap(({ id, government }) => (government ? [id] : [])));
  const named = [...tagsOn(tags, "place"), ...tagsOn(tags, "actor").filter(({ id }) => governs.has(id))];
  return new Set(
    named.flatMap(({ evidence }) =>
      evidence.flatMap(({ phrase }) => {
        const tokens = tokenize(phrase);
        return Array.from({ length: tokens.count }, (_, word) => stemAt(phrase, tokens, word));
      }),
    ),
  );
}

/** Under which of its stems a name goes, for each of them: `Ada Crane` and `Crane` are one. */
function joinNames({ title, text }: Placeable): (stem: string) => string {
  const first = new Map<string, string>();
  const nameOf = (said: string): string => {
    let name = said;
    for (let next = first.get(name); next !== undefined; next = first.get(name)) name = next;
    return name;
  };
  for (const part of [title, text.slice(0, LEDE_CHARACTERS)]) {
    const tokens = tokenize(part);
    if (isTitleCase(part, tokens)) continue;
    for (let word = 1; word < Math.min(tokens.count, LEDE_WORDS); word++) {
      const between = part.slice(tokens.ends[word - 1], tokens.starts[word]);
      if (!/^[ -]$/.test(between) || !isCapital(part, tokens.starts[word - 1]!)) continue;
      if (!isCapital(part, tokens.starts[word]!)) continue;
      const [one, other] = [word - 1, word].map((at) => nameOf(stemAt(part, tokens, at)));
      if (one !== other) first.set(other!, one!);
    }
  }
  return nameOf;
}

/** Characters among which the words of a lede are found. */
const LEDE_CHARACTERS = 720;

const isCapital = (text: string, at: number): boolean => /\p{Lu}/u.test(text.charAt(at));
