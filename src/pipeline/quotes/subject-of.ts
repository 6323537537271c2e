import { canSpeak, OFFICES, SPEAKING } from "#text/speaking.ts";
import type { Item } from "./items.ts";
import { afterAdverbial, LINKS } from "./joining.ts";
import { endOfName, namedIn } from "./named.ts";
import { apposition } from "./subject-behind.ts";
import type { Named } from "./who.ts";
import { DETERMINERS, isName, isPredicate, isWhose, PRONOUNS, setOf } from "./words.ts";

/** Who a sentence is about: the name or noun that it begins with. */
export function subjectOf(text: string, items: readonly Item[]): Named | null {
  if (items.length === 0 || items[0]!.quotation !== null) return null;
  let start = LINKS.has(items[0]!.text) ? 1 : 0;
  start = afterAdverbial(items, start, items.length);
  const first = items[start];
  if (first === undefined) return null;
  // "WESTMARK, Ohio — The court said".
  if (DATELINE.test(text.slice(first.start, first.end)) && items[start + 1]?.parted === true) return null;
  let end = start + Number(DETERMINERS.has(first.text));
  while (end < items.length && (end === start || !items[end]!.parted) && isName(items[end]!)) end++;
  const next = items[end];
  // "Council leaders" are not the council.
  const goesOn = next !== undefined && !next.parted && canSpeak(next.text);
  // "Deputy trade minister Mara Holt": an office has small words, too.
  const isTitle = next !== undefined && !next.parted && !next.capital && OFFICES.has(items[end - 1]?.text ?? "");
  const names = !goesOn && !isTitle && end > start + Number(DETERMINERS.has(first.text));
  // Without a name, up to the first noun of one who speaks.
  for (let i = end; !names && i < Math.min(items.length, start + 5); i++) {
    if (items[i]!.quotation !== null || isPredicate(items[i]!) || (i > start && items[i]!.parted)) break;
    if (!canSpeak(items[i]!.text) || isWhoses(text, items, i)) continue;
    end = endOfOffice(items, i);
    while (end < items.length && !items[end]!.parted && isName(items[end]!)) end++;
    break;
  }
  // "The Centre for Open Courts", "the Conference on Machine Learning".
  if (names && LINKS_OF_NAMES.has(items[end]?.text ?? "") && !items[end]!.parted)
    end = endOfName(items, start + Number(DETERMINERS.has(first.text)), items.length);
  // "Exclusive: charity told to stop" begins with a label.
  if (items[end]?.quotation === null && isLabel(text, items, end)) return null;
  const to = PRONOUNS.has(first.text) ? start + 1 : end;
  const named = namedIn(text, items, { from: start, to }, apposition(items, end));
  const areTwo = named?.kind === "person" && items[end]?.text === "and" && items[end + 1]?.capital === true;
  return areTwo ? null : named;
}

/** "deputy prime minister", "chief executive": where an office ends of which `at` is the first noun. */
function endOfOffice(items: readonly Item[], at: number): number {
  let last = at;
  for (let i = at + 1; i <= last + 2 && i < items.length && !items[i]!.parted && !isPredicate(items[i]!); i++) {
    if (OFFICES.has(items[last]!.text) && OFFICES.has(items[i]!.text) && !SPEAKING.has(items[i - 1]!.text)) last = i;
  }
  return last + 1;
}

/** "The panel's chair": it is the chair who is meant; of "the minister's plan", the minister. */
const isWhoses = (text: string, items: readonly Item[], at: number): boolean =>
  isWhose(text, items[at]!) && items.slice(at + 1, at + 3).some((item) => !item.parted && canSpeak(item.text));

const DATELINE = /^\p{Lu}{5,}$/u;

const LINKS_OF_NAMES = setOf("of for on");

const isLabel = (text: string, items: readonly Item[], end: number): boolean =>
  end > 0 && text.slice(items[end - 1]!.end, items[end]!.start).includes(":");
