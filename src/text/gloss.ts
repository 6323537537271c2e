import type { Glossaries } from "#model/language-file.ts";
import type { Field, Span } from "#model/tag.ts";
import { numbersIn } from "./gloss-numbers.ts";
import { createWriting, type Gloss } from "./gloss-writing.ts";
import { createGlossary, type Glossary, type Word, wordsIn } from "./glossary.ts";
import { languageNamed } from "./language-files.ts";
import { once } from "./once.ts";
import { type Readable, readingOf, sentencesOf } from "./reading.ts";

const NOTHING: Glossaries = {};

/** The glossaries in use, by what a pack says of languages and the language. */
const glossaries = once((_: Glossaries) => new Map<string, Glossary | null>());

/** The glossary of a language: the program's words and those of a pack. Null for English, and where neither knows any. */
export function glossaryOf(language: string | null | undefined, ofPack: Glossaries = NOTHING): Glossary | null {
  if (language == null || language === "en") return null;
  const made = glossaries(ofPack);
  const known = made.get(language);
  if (known !== undefined) return known;
  const files = [languageNamed(language), ofPack[language] ?? null].filter((file) => file !== null);
  const glossary = files.length === 0 ? null : createGlossary(files);
  made.set(language, glossary);
  return glossary;
}

/** What ends a sentence, a line or a clause that stands by itself: no phrase goes on behind it. */
const BREAK = /[.!?;:\n()]/;

/** An article of another language: as English reads it, and where in it a part of that stands. */
export type Glossed<T = unknown> = {
  readonly english: T;
  readonly back: Readonly<Record<Field, (span: Span) => Span>>;
  readonly forth: Readonly<Record<Field, (span: Span) => Span>>;
};

type Glossable = Readable & { readonly title: string };

const glossed = once((_: Glossary) => new WeakMap<Glossable, Glossed>());

/** An article by its gloss; null where it is read as it stands: in English, in a language of which nothing is known, or in none. */
export function glossedOf<T extends Glossable>(article: T, ofPack?: Glossaries): Glossed<T> | null {
  const glossary = glossaryOf(article.language, ofPack);
  if (glossary === null) return null;
  const known = glossed(glossary).get(article);
  if (known !== undefined) return known as Glossed<T>;
  const [title, text] = [glossOf(article.title, glossary), glossOf(article.text, glossary)];
  const { textHash } = article;
  // Another text than the article's has another hash.
  const hash = textHash === undefined ? {} : { textHash: `${textHash} en` };
  const english: T = { ...article, ...hash, language: "en", isGloss: true, title: title.text, text: text.text };
  readingOf(english).sentences ??= sentencesOf(article).map(text.forth);
  const made = {
    english,
    back: { title: title.back, text: text.back },
    forth: { title: title.forth, text: text.forth },
  };
  glossed(glossary).set(article, made);
  return made;
}

/** What articles are in English: behind one stands a noun. */
const ARTICLES: ReadonlySet<string> = new Set(["the", "a"]);

/** Linear in the text: a phrase and its gap are bounded. */
export function glossOf(text: string, glossary: Glossary): Gloss {
  const words = wordsIn(text, glossary.elided);
  const numbers = numbersIn(text);
  const goesOn = goingOn(text, words, glossary);
  const writing = createWriting(text);
  /** Words that an earlier phrase has said already. */
  const said = new Set<number>();
  let beforeNoun = false;
  for (let at = 0; at < words.length; ) {
    const { start, surface } = words[at]!;
    const number = numbers.get(start);
    if (number !== undefined) {
      while (at < words.length && words[at]!.start < number.end) at += 1;
      writing.say(number, number.english);
      continue;
    }
    const found = said.delete(at) ? SAID : glossary.find(words, at, goesOn);
    const last = at + (found?.length ?? 1) - 1;
    const { end } = words[last]!;
    for (const each of found?.behind ?? []) said.add(each);
    const english = found?.english ?? glossary.forms.compound(surface);
    const isNoun = beforeNoun && /^\p{Lu}\p{Ll}+$/u.test(surface);
    writing.say(
      { start, end: end + Number(endsShort(text, words[last]!, glossary)) },
      english ?? (isNoun ? surface.toLowerCase() : text.slice(start, end)),
    );
    // Where all nouns have a capital, one behind an article or an adjective is no name.
    const isAdjective = english === null && /^\p{Ll}/u.test(surface) && glossary.forms.isInflected(surface);
    beforeNoun = glossary.capitalNouns && (isAdjective || ARTICLES.has(english ?? ""));
    at = last + 1;
  }
  return writing.done();
}

const SAID = { length: 1, english: "", behind: [] };

/** A word that is cut short, with its full stop. */
const endsShort = (text: string, { surface, end }: Word, { abbreviations }: Glossary): boolean =>
  text.charAt(end) === "." && abbreviations.has(surface.toLowerCase());

/** Whether a phrase may go on behind a word: the full stop of an abbreviation or an ordinal number ends nothing. */
function goingOn(text: string, words: readonly Word[], glossary: Glossary): (at: number) => boolean {
  return (at) => {
    const [word, next] = [words[at]!, words[at + 1]];
    if (next === undefined) return false;
    const isShort = endsShort(text, word, glossary) || (/^\d+$/.test(word.surface) && text.charAt(word.end) === ".");
    return !BREAK.test(text.slice(word.end + Number(isShort), next.start));
  };
}
