import type { Span } from "#model/tag.ts";
import { FUNCTION_WORDS, RELATIVES } from "#text/english.ts";
import { SPEAKING } from "#text/speaking.ts";
import type { Attribution } from "./attributions.ts";
import { clauseAfter } from "./clauses.ts";
import type { Item } from "./items.ts";
import { SUBORDINATES } from "./joining.ts";
import { opensAside, trails } from "./position.ts";
import { mayRunOver, runsOver } from "./running-over.ts";
import { DETERMINERS, setOf } from "./words.ts";

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
    // "a ‘good place’ for jobs, where to ‘take a look’" read as one.
    if (CROSSED.test(text.slice(item.quotation!.inner.start, item.quotation!.inner.end))) continue;
    if (!spoken && (isDenied(items, at) || isNamed(items, owner))) continue;
    // "In what was called “…”, Reed said"
    if (!spoken && at < owner.from && opensAside(items) && !items.slice(1, at + 1).some((one) => one.parted)) continue;
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

/** "announced a new “tool for schools”" gives what was announced its name. */
const isNamed = (items: readonly Item[], { to, verb }: Attribution): boolean =>
  verb.verb === "announce" && DETERMINERS.has(items[to]?.text ?? "") && items[to]!.text !== "that";

/** "is not trying to “stop the use of it”": alone the words would say what the sentence denies. */
const isDenied = (items: readonly Item[], at: number): boolean =>
  items.slice(Math.max(0, at - REACH_OF_DENIAL), at).some(({ text }) => DENIALS.test(text));

const DENIALS = /^(?:not|never|no|nor|neither|without|fail(?:s|ed|ing)?|refus(?:es?|ed|ing)|.+n't)$/;
const REACH_OF_DENIAL = 5;

const CROSSED = /^[^‘]*’\s[^‘]*‘/;

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
  const before = attributions.findLast((each) => each.to <= at && reaches(text, items, each, at));
  const after = attributions.find(({ from }) => from > at + 1);
  return beside ?? before ?? (after !== undefined && trails(items, after) ? after : null);
}

/**
 * Do words in marks at `at`, further behind an attribution, still belong to it? Not behind the comma that ends its clause ("although Reed
 * said so, the firm …"), nor where another clause begins, nor far behind a verb that takes its words beside it.
 */
function reaches(text: string, items: readonly Item[], { from, to, verb }: Attribution, at: number): boolean {
  const parted = items.slice(to + 1, at + 1).filter((item) => item.parted);
  if (parted.length > 0 && SUBORDINATES.has(items[from - 1]?.text ?? "")) return false;
  if (parted.some(({ text }) => ELSEWHERE.has(text))) return false;
  const between = items.slice(to, at);
  const isFirst = text.slice(0, items[0]!.start).trim() === "";
  if (at > to && (runsOver(text, between) || (isFirst && mayRunOver(text, between)))) return false;
  // "…, with Reed saying that it was “…”"
  if (between.some(({ text: word }) => SPEAKING.get(word)?.form === "ongoing")) return false;
  // "dismissed a report that found the agency had “…”"
  if (verb.use === "calls" && between.some(({ text: word }) => RELATIVES.has(word) || word === "that")) return false;
  return at - to <= (verb.use === "position" ? REACH_OF_SAYING : REACH_OF_CALLING);
}

const ELSEWHERE = setOf("while whereas although though when after");
/** Words between "said" and words in marks within what was said. */
const REACH_OF_SAYING = 40;
/** Words between a verb such as "criticised" or "posted" and the words in marks. */
const REACH_OF_CALLING = 12;

/** "“Who will pay?” Reed said the bill would come": the question was asked in another sentence. */
const asksApart = (text: string, items: readonly Item[], at: number, attribution: Attribution): boolean =>
  /[?!…]/.test(text.charAt(items[at]!.quotation!.inner.end - 1)) && clauseAfter(text, items, attribution) !== null;

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
