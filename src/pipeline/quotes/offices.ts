import { canSpeak, OFFICES } from "#text/speaking.ts";
import { isState } from "#text/us-states.ts";
import type { Item } from "./items.ts";
import { runsOver } from "./running-over.ts";
import { textOf } from "./who.ts";
import { DETERMINERS, isName, isPredicate, PREPOSITIONS } from "./words.ts";

/** "the commissioner for digital affairs", "a Democrat", "policy director of …"; not "52", "in a statement", "speaking in Brussels". */
export function isOffice(items: readonly Item[]): boolean {
  const first = items[0];
  if (first === undefined || items.some(isPredicate) || first.text.endsWith("ing")) return false;
  if (PREPOSITIONS.has(first.text)) return false;
  // "Pell instructed the authorities"
  if (isName(first) && /ed$/.test(items[1]?.text ?? "")) return false;
  // "further tightening the rules"
  if (/^further$|ly$/.test(first.text) && items[1]?.text.endsWith("ing")) return false;
  // "a Westmark, NY salesman" is cut at the comma.
  if (DETERMINERS.has(first.text) && items.slice(1).every(isName) && !canSpeak(items.at(-1)!.text)) return false;
  return DETERMINERS.has(first.text) || items.some(({ text }) => OFFICES.has(text) || canSpeak(text));
}

/** Does what stands before a name end on a noun that people are called? */
const endsInNoun = (items: readonly Item[]): boolean => {
  const { text: last, capital } = items.at(-1)!;
  return OFFICES.has(last) || canSpeak(last) || (capital && !last.endsWith("-based")) || AGENT.test(last);
};

const AGENT = /(?:er|or|ist|ian|man|woman|ant|ent|ive|al|father|mother)$/;

export function officeOf(
  text: string,
  own: readonly Item[],
  before: readonly Item[],
  bare: readonly Item[],
  behind: number,
): string | null {
  // "Westmark-based Marlow Works", "live – latest updates Mara Holt"
  if (before.length > 0 && !endsInNoun(before)) return null;
  if (before.length > 0)
    return runsOver(text, before) ? null : textOf(text, bare === own ? before : [own[0]!, ...before]);
  if (behind === -1) return null;
  const place = textOf(text, bare.slice(behind + 1));
  // "Mara Holt of Ohio" is from there.
  return isState(place) ? null : place;
}
