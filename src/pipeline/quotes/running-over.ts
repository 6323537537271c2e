import { monthNamed } from "#text/calendar.ts";
import { FUNCTION_WORDS, GUARDS } from "#text/english.ts";
import { canSpeak, OFFICES, SPEAKING } from "#text/speaking.ts";
import type { Item } from "./items.ts";
import { FINITE, isName, isWhose, setOf } from "./words.ts";

/**
 * Do words run over the end of a sentence that a feed lost? "… would be put to a vote Governor Ida Pell has asked for more", "… a gain in
 * accuracy Cameras that know a face …": a capital stands right behind a noun, and what it begins does something or is no name that the
 * text has again. Where the break was is not known, so nothing of it is shown; nor of a line with the credit of a picture in it.
 */
export const runsOver = (text: string, items: readonly Item[]): boolean =>
  CREDIT.test(text.slice(items[0]!.start, items.at(-1)!.end)) || items.some((_, at) => breaksAt(text, items, at));

/** A credit, "… of the rule.Reed said", "… by the end of the year Read full article". */
const CREDIT =
  /\s[/|]\s|^(?:Illustration|Image|Photo|Photograph|Graphic)\b|\p{Ll}[.!?]\p{Lu}\p{Ll}|\b(?:Read (?:[Mm]ore|[Ff]ull|the full)|Continue reading|Get our|latest (?:news|updates))\b/u;

/** A mark that closes; one on the line is an apostrophe unless one opened. */
function closesBetween(text: string, first: Item, before: Item, item: Item): boolean {
  const mark = CLOSED.exec(text.slice(before.end, item.start))?.[0];
  return mark !== undefined && (mark !== "’" || text.slice(first.start, before.end).includes("‘"));
}

const CLOSED = /^["”’](?=\s)/;

function breaksAt(text: string, items: readonly Item[], at: number): boolean {
  const [before, item] = [items[at - 1], items[at]!];
  if (before === undefined || item.parted || !item.capital) return false;
  // "… with Westmark What does the lawsuit say"
  if (/^(?:what|how|why)$/.test(item.text)) return true;
  if (before.capital) return false;
  // "… is no sign of ‘good faith’ Ida Pell asked for more"; not "to “wholly isolate” Westmark to …", nor "Bram “Bo” Ode".
  if (before.quotation !== null || closesBetween(text, items[0]!, before, item))
    return isName(item) && items[at - 2]?.capital !== true && goesOnAt(items, endOfRun(items, at));
  // "… in court A judge", "… is ending Summary: the author".
  if (/^an?$/.test(item.text) || (text.charAt(item.end) === ":" && isPlainOnce(text, item))) return true;
  if (!isName(item) || isWhose(text, item) || !isNoun(before) || isVerb(items[at - 2])) return false;
  // "takes effect Nov. 25"
  if (monthNamed(item.text) !== null) return false;
  const end = endOfRun(items, at);
  const next = items[end];
  if (next === undefined || next.parted || next.quotation !== null) return false;
  if (end - at >= 2) return FINITE.has(next.text);
  return (isPlain(text, item) && FINITE.has(next.text)) || isPlainOnce(text, item);
}

/**
 * May so many words, from the first sentence of a text, run over a break that nothing betrays? A feed puts its standfirst there, and what
 * it leads into begins with a name that both have: "… says her lawyer blamed him Mara Holt, the head of the agency, has …".
 */
export const mayRunOver = (text: string, items: readonly Item[]): boolean =>
  (items.length > LONGEST_FIRST && text.length > items.at(-1)!.end + LEAST_BODY) ||
  (items.length > LONGEST_SURE && items.some((_, at) => mayBreakAt(text, items, at)));

/** Of first sentences with more words of one position, and more text behind them, more than half ran over. */
const LONGEST_FIRST = 34;
/** Characters of more text than an ending. */
const LEAST_BODY = 30;

/** Words of two sentences in one: of those read, none that ran over had fewer. */
const LONGEST_SURE = 24;

function mayBreakAt(text: string, items: readonly Item[], at: number): boolean {
  const [before, item] = [items[at - 1], items[at]!];
  if (before === undefined || item.parted || before.capital || !isName(item) || isWhose(text, item)) return false;
  const end = endOfRun(items, at);
  // A name that ends the clause says whom the noun before it means.
  if (items[end]?.parted !== false) return false;
  if (OBJECTS.has(before.text) || (isNoun(before) && !isVerb(items[at - 2]))) return true;
  // "… when asked about Pell Mara Holt has admitted": two names in one.
  return end - at > 2 && FINITE.has(items[end]!.text);
}

/** Where the name ends that begins at `at`. */
function endOfRun(items: readonly Item[], at: number): number {
  let end = at + 1;
  while (end < items.length && isName(items[end]!) && !items[end]!.parted) end++;
  return end;
}

/** Does a word of weight, or a verb, follow without a comma? */
const goesOnAt = (items: readonly Item[], at: number): boolean =>
  items[at]?.parted === false && (FINITE.has(items[at]!.text) || !FUNCTION_WORDS.has(items[at]!.text));

/** A clause may end on these. */
const OBJECTS = setOf("him her them it us me himself herself itself themselves");

const isPlain = (text: string, { start, end }: Item): boolean => PLAIN.test(text.slice(start, end));

function isPlainOnce(text: string, item: Item): boolean {
  const word = text.slice(item.start, item.end);
  return isPlain(text, item) && text.indexOf(word) === text.lastIndexOf(word);
}

/** Of a name with more capitals, such as that of a product, more stand within a sentence than at its start. */
const PLAIN = /^\p{Lu}\p{Ll}+(?:-\p{Lu}\p{Ll}+)?$/u;

/** Before a name, and of no other list. */
const LEADING = setOf(
  "former then longtime outgoing acting current among across around along behind beyond inside outside near towards toward within without like including despite via",
);

/** "would give Westmark the lead", "to help Westmark grow" */
const isVerb = (before: Item | undefined): boolean => before !== undefined && LEADS_TO_VERB.test(before.text);
const LEADS_TO_VERB = /^(?:to|not|will|would|can|could|may|might|must|shall|should|do|does|did)$|n't$/;

/** None that says what somebody is, no adjective ("northern Westmark"), nor "believe", behind which a name begins a clause. */
const isNoun = ({ text, quotation }: Item): boolean =>
  quotation === null &&
  !FUNCTION_WORDS.has(text) &&
  !LEADING.has(text) &&
  !SPEAKING.has(text) &&
  !GUARDS.has(text) &&
  !FINITE.has(text) &&
  !OFFICES.has(text) &&
  !canSpeak(text) &&
  !/(?:ed|ing|ern|al|ic|ive|ous|ish|[ai]ble)$/.test(text);
