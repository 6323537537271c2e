import { ALSO_NOUNS, SPEAKING, type SpeakingVerb } from "#text/speaking.ts";
import type { Item } from "./items.ts";
import { SUBORDINATES } from "./joining.ts";
import { subjectAfter } from "./subject-behind.ts";
import { subjectOf } from "./subject-of.ts";
import { subjectBefore } from "./subjects.ts";
import type { Named } from "./who.ts";
import { DETERMINERS } from "./words.ts";

/** That somebody speaks, as a sentence says it, in its items from `from` to before `to`. */
export type Attribution = {
  readonly from: number;
  readonly to: number;
  /** Null where it stands within what another says: the words are theirs to whom it belongs, as they tell it. */
  readonly speaker: Named | null;
  readonly verb: SpeakingVerb;
  /** Joined to an earlier verb: "…, adding that", "and said". */
  readonly linked: boolean;
  /** The verb before the name: "said Mara Holt". */
  readonly inverted: boolean;
};

const ACCORDING: SpeakingVerb = { verb: "according", form: "base", use: "position" };

/** Who a sentence says speaks, in order. */
export function attributionsIn(text: string, items: readonly Item[]): readonly Attribution[] {
  const found: Attribution[] = [];
  for (let at = 0; at < items.length; at++) {
    const { text: word, capital } = items[at]!;
    if (word !== "according" && (capital || !SPEAKING.has(word))) continue;
    const attribution = attributionAt(
      text,
      items,
      at,
      found.findLast(({ speaker }) => speaker !== null),
    );
    if (attribution === null) continue;
    found.push(attribution);
    at = Math.max(at, attribution.to - 1);
  }
  return found;
}

function attributionAt(
  text: string,
  items: readonly Item[],
  at: number,
  earlier: Attribution | undefined,
): Attribution | null {
  const item = items[at]!;
  if (item.text === "according" && items[at + 1]?.text === "to") {
    const after = subjectAfter(text, items, at + 2);
    return after && { from: at, to: after.to, speaker: after.named, verb: ACCORDING, linked: false, inverted: true };
  }
  const verb = SPEAKING.get(item.text);
  if (verb === undefined || (ALSO_NOUNS.has(item.text) && !isVerb(items, at))) return null;
  const own = { from: at, to: at + 1, verb, linked: true, inverted: false };
  const doer = () => earlier?.speaker ?? subjectOf(text, items);
  if (verb.form === "ongoing") {
    if (!item.parted) return null;
    // "Reed was heard after the firm had answered, claiming that": the firm may claim it.
    const isOthers = verb.verb !== "add" && items.slice(earlier?.to ?? 1, at).some((one) => SUBORDINATES.has(one.text));
    return { ...own, speaker: isOthers ? null : doer() };
  }
  // "added a carve-out to its rules"
  if (verb.verb === "add" && DETERMINERS.has(items[at + 1]?.text ?? "") && items[at + 1]!.text !== "that") return null;
  // "Pell, described as an expert"
  if (verb.use === "calls" && items[at + 1]?.text === "as") return null;
  const before = subjectBefore(text, items, at);
  if (before === "linked") return { ...own, speaker: doer() };
  if (before !== null && before !== "nested") {
    // One person alone "says": "a Facebook post" is no verb.
    if (verb.form === "base" && before.named.kind === "person" && before.named.proper) return null;
    // "Bold claims that the rule is dead": a capital at the start of a sentence is no name.
    if (ALSO_NOUNS.has(item.text) && items[at - 1]!.initial && isOnce(text, items[at - 1]!)) return null;
    return { from: before.from, to: at + 1, speaker: before.named, verb, linked: false, inverted: false };
  }
  // Behind "told" stands who was told.
  if (verb.verb !== "tell" && ((item.parted && verb.use === "position") || items[at - 1]?.quotation != null)) {
    const after = subjectAfter(text, items, at + 1);
    if (after !== null) return { from: at, to: after.to, speaker: after.named, verb, linked: false, inverted: true };
  }
  return before === "nested" ? { ...own, speaker: null } : null;
}

const isOnce = (text: string, { start, end }: Item): boolean =>
  text.indexOf(text.slice(start, end)) === text.lastIndexOf(text.slice(start, end));

/** Beside what is said a form that may be a noun is a verb. */
const isVerb = (items: readonly Item[], at: number): boolean =>
  items[at - 1]?.quotation != null ||
  items[at + 1]?.text === "that" ||
  (items[at + 1]?.quotation != null && items[at + 1]!.parted);
