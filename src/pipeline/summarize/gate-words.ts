import { stem } from "#text/tokens.ts";

/** A word of a text as the gate compares it. */
export type Word = {
  /** As it stands, without a possessive. */
  readonly form: string;
  readonly lower: string;
  readonly stem: string;
  /** Whether it begins with a capital. */
  readonly capital: boolean;
  /** Whether it is the first of a sentence or a quotation. */
  readonly first: boolean;
  /** Where it stands. */
  readonly start: number;
  readonly end: number;
};

const WORD = /(?:\p{Lu}\.){2,}|[\p{L}\p{N}]+(?:[.,]\d+)*(?:[’'&-][\p{L}\p{N}]+)*/gu;
/** Characters before a word that tell whether it is the first. */
const BEFORE = 8;
const OPENS = /(?:^|[.!?:]["”’)]*\s+|[“"‘(]\s*)$/u;

export function wordsIn(text: string): readonly Word[] {
  return [...text.matchAll(WORD)].map((match) => {
    const form = match[0].replace(/[’']s$/u, "").replaceAll("’", "'");
    const lower = form.toLowerCase().replaceAll(".", (dot) => (/\d/.test(form) ? dot : dot && ""));
    return {
      form,
      lower,
      stem: /^\p{L}{4,}$/u.test(lower) ? stem(lower) : lower,
      capital: /^\p{Lu}/u.test(form),
      first: OPENS.test(text.slice(Math.max(0, match.index - BEFORE), match.index)),
      start: match.index,
      end: match.index + match[0].length,
    };
  });
}
