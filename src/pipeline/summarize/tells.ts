import { type Act, KINDS, THINGS } from "#text/acts.ts";
import { isWeekday } from "#text/calendar.ts";
import { framesIn } from "#text/frames.ts";

/** That somebody speaks, or means to act, is told of every matter and moves none. */
const SPEECH: ReadonlySet<Act> = new Set<Act>(["say", "warn", "ask", "consider", "publish", "talk", "refuse"]);

const ASIDE = /\([^()]*\)/g;
const WORD = /\p{L}[\p{L}’'-]*/gu;

/** What a sentence says of who did what, where it names who does it or what it is done to. A bracket would part a name from its verb. */
const framesOf = (sentence: string) =>
  framesIn(sentence.replace(ASIDE, " ")).filter(({ actor, object }) => actor !== null || object !== null);

/** The acts that a sentence or a title tells, but for speech. */
const actsIn = (sentence: string): ReadonlySet<Act> =>
  new Set(framesOf(sentence).flatMap(({ act }) => (SPEECH.has(act) ? [] : [act])));

/** Does a sentence tell an act that its title tells? */
export const tellsActOf = (title: string, sentence: string): boolean => !actsIn(sentence).isDisjointFrom(actsIn(title));

/** Words of a sentence from which on it says something by itself, though it names nothing: a rule, a finding. */
const LONG_WORDS = 15;

/**
 * Does a report's sentence of so many words tell nothing: no act, and in few words no name, office, rule, case, figure or day?
 * `We live in strange times.`
 */
export const tellsNothing = (sentence: string, words: number): boolean =>
  words < LONG_WORDS &&
  !/\d/.test(sentence) &&
  !(sentence.match(WORD) ?? []).some(namesOne) &&
  framesOf(sentence).length === 0;

/** Is a word of a sentence a name, an office, a day, a rule or a case? The first has its capital from where it stands. */
function namesOne(word: string, at: number): boolean {
  const plain = word.toLowerCase().replace(/[’']s?$/, "");
  const kind = KINDS.get(plain);
  if (kind !== undefined) return kind === "case" || !THINGS.has(kind);
  return isWeekday(plain) || (at > 0 && /^\p{Lu}/u.test(word) && !/^I(?:[’']|$)/.test(word));
}

/** The words of rules. A text that has them in one sentence of so many is a law: it orders and defines, and nobody acts in it. */
const RULE = /\b(?:shall|subsections?|paragraphs? [(\d]|sections? \d|pursuant)\b/i;
const RULE_SHARE = 1 / 16;

/** Is a text, of which these are the sentences, a law or a bill? One sentence makes none. */
export const isLaw = (sentences: readonly { readonly text: string }[]): boolean =>
  sentences.filter(({ text }) => RULE.test(text)).length > Math.max(1, RULE_SHARE * sentences.length);
