import type { Pack } from "#model/pack.ts";
import type { Saga } from "#model/saga.ts";
import type { Story } from "#model/story.ts";
import { cutText } from "#text/cut.ts";
import { FUNCTION_WORDS } from "#text/english.ts";
import { fold, wordsOf } from "#text/tokens.ts";
import { nameOfSaga, namingOf } from "./saga-name.ts";

/** Characters of what was before: with the rest it takes two lines of a phone. */
const LONGEST_BEFORE = 80;

/** The name that a saga goes by: a person's before the one that its articles give it. */
export const calledBy = ({ givenName, developments }: Saga, pack: Pack): string =>
  givenName ?? nameOfSaga(developments, pack);

/**
 * `Lanternworks dispute · 4th development · before: interim stay granted`: what a story belongs to; null for the first of a
 * saga, and where no name tells readers which matter that is.
 */
export function sagaLineOf({ id }: Pick<Story, "id">, saga: Saga, pack: Pack): string | null {
  const at = saga.developments.findIndex((development) => development.id === id);
  const before = saga.developments[at - 1];
  if (before === undefined) return null;
  const { name, isTelling } =
    saga.givenName === null ? namingOf(saga.developments, pack) : { name: saga.givenName, isTelling: true };
  if (!isTelling) return null;
  const was = cutText(shortTitle(before.title, name), LONGEST_BEFORE);
  return `${name} · ${ordinal(at + 1)} development · before: ${was}`;
}

/**
 * `Lanternworks v Crane: interim stay granted` is, in a matter known by those names, the part behind the colon. A part before
 * it that has not each of them, as a word of its own, tells who acted.
 */
function shortTitle(title: string, name: string): string {
  const colon = title.indexOf(": ");
  const before = new Set(wordsOf(title.slice(0, Math.max(0, colon))));
  const known = wordsOf(name).filter((word) => /[\p{Lu}\p{N}]/u.test(word) && !FUNCTION_WORDS.has(fold(word)));
  return known.length > 0 && known.every((word) => before.has(word)) ? title.slice(colon + 2) : title;
}

const ORDINALS = new Intl.PluralRules("en", { type: "ordinal" });
const ENDINGS: Readonly<Record<string, string>> = { one: "st", two: "nd", few: "rd", other: "th" };

const ordinal = (number: number): string => `${number}${ENDINGS[ORDINALS.select(number)]}`;
