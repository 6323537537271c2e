import type { Span } from "#model/tag.ts";
import { monthNamed } from "#text/calendar.ts";
import type { Tokens } from "#text/tokens.ts";
import { NO_STEM, numberAt, stemAt } from "./known-words.ts";

/** A title with a gap for each run of names, numbers and months: ` _ sue _ over _ audit `. Empty where hardly a word is left. */
export type TitleForm = string;

const GAP = "_";

/** Words beside the gaps, function words too, from which a title has a form: `Iowa sues Netherby over audits` has three. */
const FEWEST_WORDS = 2;

/** Words from which one form may lie within another: a label or an outlet stands around it. */
const FEWEST_WITHIN = 3;

/** The form of the `bare` part of a title; `isName` says it of a stem of it. */
export function formOf(title: string, tokens: Tokens, bare: Span, isName: (stem: number) => boolean): TitleForm {
  const form: string[] = [];
  let words = 0;
  for (let word = 0; word < tokens.count; word++) {
    if (tokens.starts[word]! < bare.start || tokens.ends[word]! > bare.end) continue;
    const surface = title.slice(tokens.starts[word], tokens.ends[word]);
    const stem = numberAt(title, tokens, word);
    if (
      stem === NO_STEM
        ? isCapital(surface)
        : isName(stem) || /^\d/.test(surface) || (isCapital(surface) && monthNamed(surface) !== null)
    ) {
      if (form.at(-1) !== GAP) form.push(GAP);
      continue;
    }
    form.push(stem === NO_STEM ? surface.toLowerCase() : stemAt(title, tokens, word));
    words++;
  }
  return words < FEWEST_WORDS || !form.includes(GAP) ? "" : ` ${form.join(" ")} `;
}

/** The `New` of New Mexico is a function word. */
const isCapital = (surface: string): boolean => surface.charAt(0) !== surface.charAt(0).toLowerCase();

/** Whether two titles have one form, or one of them the other's and something around it. */
export function isOneForm(a: TitleForm, b: TitleForm): boolean {
  if (a === "" || b === "") return false;
  if (a.length === b.length) return a === b;
  const [shorter, longer] = a.length < b.length ? [a, b] : [b, a];
  return longer.includes(shorter) && wordsOf(shorter) >= FEWEST_WITHIN;
}

const wordsOf = (form: TitleForm): number => form.split(" ").filter((word) => word !== "" && word !== GAP).length;
