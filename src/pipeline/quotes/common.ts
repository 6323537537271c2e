import { canSpeak, isBody, isWriting, OFFICES } from "#text/speaking.ts";
import type { Item } from "./items.ts";
import { runsOver } from "./running-over.ts";
import { type Named, textOf } from "./who.ts";
import { DETERMINERS, isName, PREPOSITIONS, PRONOUNS } from "./words.ts";

/** Somebody without a name: `the minister's spokesman`, `critics`, `a spokesperson for the company`. */
export function commonIn(text: string, own: readonly Item[]): Named | null {
  const behind = own.findIndex(
    (item, i) => i > 0 && (PREPOSITIONS.has(item.text) || /^(?:familiar|close|briefed|involved)$/.test(item.text)),
  );
  const head = own.slice(0, behind === -1 ? own.length : behind);
  const noun = head.at(-1)!;
  // "Ambassador to Westmark Ora Lind": where the country ends is not known.
  if (behind !== -1 && isAmbiguous(own.slice(behind + 1), DETERMINERS.has(own[0]!.text) ? "" : "the")) return null;
  // "daily news podcast Leading scientists"
  if (head.length > LONGEST_HEAD || (head.length > LONGEST_COMMON && runsOver(text, head))) return null;
  // "a Department of Energy report seen by the Gazette"
  if (
    own.some(
      ({ text: word }, i) =>
        isWriting(word) && /^(?:seen|obtained|released|published|by|from)$/.test(own[i + 1]?.text ?? ""),
    )
  )
    return null;
  // "in a move observers say"
  if (PREPOSITIONS.has(own[0]!.text)) return null;
  if (isWriting(noun.text) || !canSpeak(noun.text) || own.some(({ text: word }) => PRONOUNS.has(word))) return null;
  return { name: textOf(text, own), office: null, kind: isBody(noun.text) ? "body" : "person", proper: false };
}

/** "a senior Westmark official" */
const LONGEST_COMMON = 4;

/** "The non-profit digital rights advocacy group" */
const LONGEST_HEAD = 6;

/** A place and somebody's name, or one name of a body: it ends on three words and more, none of them an office. `article` may lead. */
function isAmbiguous(items: readonly Item[], article: string): boolean {
  const other = items.findLastIndex((item) => !isName(item));
  if (items.length - other <= 3 || isBody(items.at(-1)!.text)) return false;
  return items.every(
    (item, at) =>
      (isName(item) && !OFFICES.has(item.text)) || item.text === "and" || (at === 0 && item.text === article),
  );
}
