import { stemmer } from "stemmer";

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
  /** Whether only a space or a hyphen parts it from the word before. */
  readonly joined: boolean;
};

const WORD = /(?:\p{Lu}\.){2,}|[\p{L}\p{N}]+(?:[.,]\d+)*(?:[’'&-][\p{L}\p{N}]+)*/gu;
const OPENS = /(?:^|[.!?:]["”’)]*\s+|[“"‘(]\s*)$/u;

export function wordsIn(text: string): readonly Word[] {
  let end = 0;
  return [...text.matchAll(WORD)].map((match) => {
    const gap = text.slice(end, match.index);
    end = match.index + match[0].length;
    const form = match[0].replace(/[’']s$/u, "").replaceAll("’", "'");
    const lower = form.toLowerCase().replaceAll(".", (dot) => (/\d/.test(form) ? dot : dot && ""));
    return {
      form,
      lower,
      stem: /^\p{L}{4,}$/u.test(lower) ? stemmer(lower) : lower,
      capital: /^\p{Lu}/u.test(form),
      first: OPENS.test(text.slice(0, match.index)),
      joined: /^[\s-]*$/.test(gap),
    };
  });
}

const FUNCTION_WORDS = new Set(
  (
    "a about above after again against all also although am among an and any are as at be because been before being below between both but by " +
    "can could did do does doing down during each either every few for from further had has have having he her here hers him his how however " +
    "i if in into is it its itself just later less like made make makes many may meanwhile might more most much must my near neither no nor not " +
    "now of off on once one only onto or other others our out over own per said same say says shall she should since so some still such than that the " +
    "their them then there these they this those though through to too toward under until up upon very was we were what when where which while " +
    "who whom whose why will with within without would yet you your according told new a's"
  ).split(" "),
);

export const isFunctionWord = ({ lower }: Pick<Word, "lower">): boolean => FUNCTION_WORDS.has(lower);
