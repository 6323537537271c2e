import { LONGEST_SAGA_NAME } from "#model/limits.ts";
import type { Facets, Pack } from "#model/pack.ts";
import type { Story } from "#model/story.ts";
import { cutText } from "#text/cut.ts";
import { FUNCTION_WORDS, INSTRUMENTS } from "#text/english.ts";
import { once } from "#text/once.ts";
import { fold, tokenize, wordAt } from "#text/tokens.ts";
import { matterNamedIn } from "./matter-name.ts";

/** Developments that name a saga: what came first is what it is known by, and a name that readers know stays. */
const NAMED_BY = 12;

/** Words of a name at most: longer ones are sentences. */
const LONGEST = 6;

/** Small words that may stand within a name: `Department of Trade`, `Corvane v Bellwick`. */
const WITHIN = new Set(["of", "for", "the", "v", "vs"]);

type Named = Pick<Story, "title" | "summary" | "stage">;

/** The parts of a pack that say what names no matter. */
type Known = Pick<Pack, "topic" | "lists" | "facets" | "feeds">;

/**
 * What people call a matter: the bill, the case or the summit that at least half of its developments name in their titles; else
 * the name in most titles, be it a company's or a product's, or two that stand in equally many; a person, an office or a place
 * only where no other stands in two. A name that stands in one title alone is that of the first. One that came before a court is
 * a dispute.
 */
export const nameOfSaga = (all: readonly Named[], pack: Known): string => namingOf(all, pack).name;

/**
 * The name, and whether it tells readers which matter it is: a bill, case or meeting, or what more than half of the titles share
 * and is no person, office or place alone.
 */
export function namingOf(all: readonly Named[], pack: Known): { readonly name: string; readonly isTelling: boolean } {
  const developments = all.slice(0, NAMED_BY);
  const titles = developments.map(({ title }) => title);
  const { common, offices } = wordsOfNoMatter(pack);
  const texts = developments.flatMap(({ summary }) => summary.map(({ text }) => text));
  const known = namesKnownFrom(texts);
  const persons = personsIn(texts, known);
  const names = countNames(titles, known).filter(([name]) => !common.has(fold(name)));
  const repeated = names.filter(([, count]) => count > 1);
  const isHalf = ([, count]: Counted) => 2 * count >= titles.length;
  const [act] = mostCommon(repeated.filter((one) => isHalf(one) && isInstrument(one[0])));
  if (act !== undefined) return { name: act[0], isTelling: true };
  const matter = matterNamedIn(titles);
  const [whose] = mostCommon(repeated.filter(isHalf));
  if (matter !== null && /\p{Lu}/u.test(matter)) return { name: matter, isTelling: true };
  if (matter !== null && whose !== undefined) return { name: `${whose[0]} ${matter}`, isTelling: true };

  const isOther = ([name]: Counted) => !offices.has(fold(name)) && !name.split(" ").every((word) => persons.has(word));
  const others = repeated.filter(isOther);
  const inFirst = names.filter((one) => isOther(one) && titles[0]?.includes(one[0]));
  const among = [others, repeated, inFirst].find(({ length }) => length > 0);
  if (among === undefined) return { name: cutText(titles[0] ?? "", LONGEST_SAGA_NAME), isTelling: false };
  const [first, second] = mostCommon(among);
  const both = second !== undefined && second[1] === first![1] && second[1] > 1;
  const courts = new Set(pack.facets.stages.flatMap(({ id, kind }) => (kind === "court" ? [id] : [])));
  const suffix = all.some(({ stage }) => stage !== null && courts.has(stage)) ? " dispute" : "";
  return {
    name: `${both ? `${first![0]} and ${second[0]}` : first![0]}${suffix}`,
    isTelling: among === others && 2 * first![1] > titles.length,
  };
}

/** A name, and in how many titles it stands. */
type Counted = readonly [name: string, count: number];

const isInstrument = (name: string): boolean =>
  / vs? /.test(name) || INSTRUMENTS.has(name.slice(name.lastIndexOf(" ") + 1));

/** The commonest first, of as many the longest; none that lies within another that is as common. */
function mostCommon(names: readonly Counted[]): readonly Counted[] {
  const sorted = names.toSorted(([a, x], [b, y]) => y - x || b.length - a.length);
  return sorted.filter(
    ([name, count], at) => !sorted.slice(0, at).some(([other, as]) => as === count && isWithin(name, other)),
  );
}

const isWithin = (name: string, other: string): boolean => ` ${other} `.includes(` ${name} `);

/** The names in the titles, and each part of one that is a name itself. */
function countNames(titles: readonly string[], known: ReadonlySet<string>): readonly Counted[] {
  const counts = new Map<string, number>();
  for (const title of titles) {
    for (const name of new Set(runsIn(title, known).flatMap(partsOf))) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts];
}

/** Words that stand together, each a name or, between two, a small word. */
function runsIn(title: string, known: ReadonlySet<string>): readonly (readonly string[])[] {
  const runs: string[][] = [];
  const tokens = tokenize(title);
  let end = -1;
  for (let at = 0; at < tokens.count; at++) {
    const word = wordAt(title, tokens, at);
    const isName = known.has(word) || isOddlyWritten(word);
    const run = runs.at(-1);
    const adjoins = run !== undefined && /^[ -]$|^\. $/.test(title.slice(end, tokens.starts[at]));
    if (!isName && !(adjoins && WITHIN.has(word))) continue;
    if (adjoins) run.push(word);
    else if (isName) runs.push([word]);
    end = tokens.ends[at]!;
  }
  return runs;
}

/** The parts of a run that begin and end on a name. */
function partsOf(run: readonly string[]): readonly string[] {
  const parts: string[] = [];
  for (let from = 0; from < run.length; from++) {
    for (let to = from; to < Math.min(run.length, from + LONGEST); to++) {
      if (!WITHIN.has(run[from]!) && !WITHIN.has(run[to]!)) parts.push(run.slice(from, to + 1).join(" "));
    }
  }
  return parts;
}

/** `OpenAI`, `GPT`, `xAI`: a capital beyond the first letter tells a name wherever it stands. */
const isOddlyWritten = (word: string): boolean => /\p{Lu}/u.test(word.slice(1)) && /\p{Ll}|^\p{Lu}{2,5}$/u.test(word);

/** Words that these texts write with a capital within a sentence, and never without one. Titles are no sentences. */
function namesKnownFrom(texts: readonly string[]): ReadonlySet<string> {
  const names = new Set<string>();
  const small = new Set<string>();
  for (const text of texts) {
    const tokens = tokenize(text);
    for (let at = 0; at < tokens.count; at++) {
      const word = wordAt(text, tokens, at);
      if (/^\p{Ll}/u.test(word)) small.add(word);
      else if (at > 0 && /^\p{Lu}/u.test(word) && !FUNCTION_WORDS.has(word.toLowerCase())) names.add(word);
    }
  }
  return new Set([...names].filter((word) => !small.has(word.toLowerCase())));
}

/**
 * Names of persons: of two words of which the first never stands without the second, but the second without the first, as `Ada
 * Crane` and then `Crane`. With each of the two.
 */
function personsIn(texts: readonly string[], known: ReadonlySet<string>): ReadonlySet<string> {
  const behind = new Map<string, Set<string>>();
  const alone = new Set<string>();
  for (const text of texts) {
    const tokens = tokenize(text);
    const word = (at: number) => (at >= 0 && at < tokens.count ? wordAt(text, tokens, at) : "");
    const adjoins = (at: number) => text.slice(tokens.ends[at - 1], tokens.starts[at]) === " ";
    for (let at = 0; at < tokens.count; at++) {
      if (!known.has(word(at))) continue;
      const next = known.has(word(at + 1)) && adjoins(at + 1) ? word(at + 1) : "";
      behind.set(word(at), (behind.get(word(at)) ?? new Set()).add(next));
      if (!(known.has(word(at - 1)) && adjoins(at))) alone.add(word(at));
    }
  }
  return new Set(
    [...behind].flatMap(([first, seconds]) => {
      const [second = ""] = seconds;
      return seconds.size === 1 && second !== "" && alone.has(second) && !isOddlyWritten(second) ? [first, second] : [];
    }),
  );
}

/**
 * Names that tell no matter from another: the topic's own words, unless somebody is called so, and outlets, which feeds put
 * behind titles; and, for want of better, places and offices, with the parts of their names. Found once for a pack.
 */
const wordsOfNoMatter = once(({ topic, lists, facets, feeds }: Known) => {
  const folded = (words: readonly string[]) => words.map((word) => fold(word.replace(/^(?:=|The )/, "")));
  const namesOf = (some: readonly Pick<Facets["places"][number], "name" | "aliases">[]) =>
    folded(some.flatMap(({ name, aliases }) => [name, ...aliases]));
  const actors = new Set(namesOf(facets.actors));
  const firms = new Set(namesOf(facets.actors.filter(({ government }) => !government)));
  const common = folded([...topic.terms, ...Object.values(lists).flat(), ...feeds.map(({ name }) => name)]);
  const offices = namesOf([...facets.places, ...facets.actors.filter(({ government }) => government)]);
  return {
    common: new Set(common.filter((name) => !actors.has(name))),
    // Aliases are rules: names and who speaks for them stand side by side.
    offices: new Set(
      offices
        .flatMap((rule) => rule.split(/[^\p{L}\p{N}. -]+/u))
        .flatMap((name) => partsOf(name.split(" ")))
        .filter((name) => !firms.has(name)),
    ),
  };
});
