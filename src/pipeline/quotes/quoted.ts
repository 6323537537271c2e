import type { Span } from "#model/tag.ts";
import { FUNCTION_WORDS } from "#text/english.ts";
import type { Attribution } from "./attributions.ts";
import type { Item } from "./items.ts";
import { clauseAfter, trails } from "./position.ts";

/** Words of a quotation that says something by itself; fewer are a scare quote or a name. */
export const FEWEST_WORDS = 4;
/** Speech that stands beside "she said" may be shorter: "It's a mess". */
const FEWEST_SPOKEN = 2;
/** Words between a verb and the speech that it introduces: "told the council on Monday:". */
const REACH_OF_SPEECH = 6;

/** The quotations of a sentence by who says them. Those that say nothing by themselves are left out. */
export function quotedBy(
  text: string,
  items: readonly Item[],
  attributions: readonly Attribution[],
): ReadonlyMap<Attribution, readonly Item[]> {
  const by = new Map<Attribution, Item[]>();
  for (const [at, item] of items.entries()) {
    const owner = item.quotation === null ? null : ownerOf(text, items, attributions, at);
    if (owner === null || owner.speaker === null || isTitle(text, items, at)) continue;
    // "the largest in “world history”, Reed said" quotes two words of a clause.
    const spoken =
      (owner.from === at + 1 && (at === 0 || item.parted)) ||
      (item.parted && owner.to <= at && at - owner.to <= REACH_OF_SPEECH);
    // "asked if she could “comment on it”"
    // "responded to their “last and best” offer": the words are theirs.
    if (!spoken && ANSWERS.has(owner.verb.verb)) continue;
    const isMere = owner.verb.verb === "ask" || wordsIn(text, item.quotation!.inner) < FEWEST_WORDS;
    if (!spoken && isMere) continue;
    const own = by.get(owner) ?? [];
    own.push(item);
    by.set(owner, own);
  }
  for (const [owner, own] of by) {
    const words = own.reduce((sum, { quotation }) => sum + wordsIn(text, quotation!.inner), 0);
    if (words < FEWEST_SPOKEN) by.delete(owner);
  }
  return by;
}

const ANSWERS = new Set(["respond", "reply", "object", "complain"]);

/** Whose words stand in the marks at `at`: of who is named right behind them, else of who speaks before, else behind at the end. */
function ownerOf(
  text: string,
  items: readonly Item[],
  attributions: readonly Attribution[],
  at: number,
): Attribution | null {
  const beside = attributions.find(
    (each) => each.from === at + 1 && !each.linked && each.verb.use !== "calls" && !asksApart(text, items, at, each),
  );
  const before = attributions.findLast(({ to }) => to <= at);
  const after = attributions.find(({ from }) => from > at + 1);
  return beside ?? before ?? (after !== undefined && trails(items, after) ? after : null);
}

/** "“Who will pay?” Reed said the bill would come": the question was asked in another sentence. */
const asksApart = (text: string, items: readonly Item[], at: number, attribution: Attribution): boolean =>
  /[?!…]/.test(text.charAt(items[at]!.quotation!.inner.end - 1)) && clauseAfter(items, attribution) !== null;

const WORD = /[\p{L}\p{N}]\S*/gu;
const SMALL_WORD = /^\p{Ll}/u;
const MARKS = /[^a-z'’]/g;

export const wordsIn = (text: string, { start, end }: Span): number => text.slice(start, end).match(WORD)?.length ?? 0;

const NAMING = new Set("called titled entitled named dubbed headlined labelled labeled read reads".split(" "));

/** "Those Who Watch the Watchers"; a report called "Machines at work". */
export function isTitle(text: string, items: readonly Item[], at: number): boolean {
  const { quotation, parted } = items[at]!;
  const { start, end } = quotation!.inner;
  if (!parted && NAMING.has(items[at - 1]?.text ?? "")) return true;
  const words = text.slice(start, end).match(WORD) ?? [];
  const heavy = words.filter((word) => !FUNCTION_WORDS.has(word.toLowerCase().replace(MARKS, "")));
  // One capital is that of a sentence.
  return heavy.length > 1 && !heavy.some((word) => SMALL_WORD.test(word)) && !/[!?]$/.test(words.at(-1)!);
}
