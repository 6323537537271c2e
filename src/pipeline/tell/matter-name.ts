import { ACT_VERBS, MATTERS } from "#text/acts.ts";
import { FUNCTION_WORDS } from "#text/english.ts";
import { fold, tokenize, wordAt } from "#text/tokens.ts";

/** Words before the noun at most: `national AI safety summit`. */
const LONGEST = 3;

/**
 * What titles call the law, the case or the meeting that they are about, where at least half have its noun: with the words before
 * it that most of them use, and two at least. `AI safety summit`, `executive order`; null where they have none.
 */
export function matterNamedIn(titles: readonly string[]): string | null {
  const written = new Map<string, { readonly noun: string; readonly as: string[] }>();
  const nouns = new Map<string, number>();
  for (const title of titles) {
    const phrases = new Map(phrasesIn(title).map((phrase) => [fold(phrase), phrase]));
    const said = new Set<string>();
    for (const [phrase, as] of phrases) {
      const noun = lastOf(phrase);
      said.add(noun);
      const known = written.get(phrase) ?? { noun, as: [] };
      known.as.push(as);
      written.set(phrase, known);
    }
    for (const noun of said) nouns.set(noun, (nouns.get(noun) ?? 0) + 1);
  }
  const [best] = [...written.values()]
    .filter(({ noun, as }) => as.length > 1 && 2 * nouns.get(noun)! >= titles.length && / /.test(as[0]!))
    .toSorted((a, b) => b.as.length - a.as.length || b.as[0]!.length - a.as[0]!.length);
  // A title may write every word with a capital: another tells which of them are names.
  return best?.as.toSorted((a, b) => capitals(a) - capitals(b))[0] ?? null;
}

const lastOf = (phrase: string): string => phrase.slice(phrase.lastIndexOf(" ") + 1);

const capitals = (phrase: string): number => phrase.match(/(?<![^ ])\p{Lu}/gu)?.length ?? 0;

/** The nouns of a title that stand for a matter, alone and with each of the words before that qualify it. */
function phrasesIn(title: string): readonly string[] {
  const tokens = tokenize(title);
  const phrases: string[] = [];
  for (let at = 0; at < tokens.count; at++) {
    let phrase = wordAt(title, tokens, at);
    if (!MATTERS.has(phrase.toLowerCase())) continue;
    phrases.push(phrase);
    for (let before = at - 1; before >= Math.max(0, at - LONGEST); before--) {
      const word = wordAt(title, tokens, before);
      const adjoins = /^[ -]$/.test(title.slice(tokens.ends[before], tokens.starts[before + 1]));
      if (!adjoins || !qualifies(word)) break;
      phrase = `${word} ${phrase}`;
      phrases.push(phrase);
    }
  }
  return phrases;
}

/** `Sunak's summit` and `signs order` are no names. */
const qualifies = (word: string): boolean => {
  const small = word.toLowerCase();
  return !FUNCTION_WORDS.has(small) && !ACT_VERBS.has(small) && !/['’]s?$/.test(small);
};
