import { type Act, KINDS, THINGS } from "#text/acts.ts";
import { isWeekday } from "#text/calendar.ts";
import { framesIn } from "#text/frames.ts";
import { once } from "#text/once.ts";

/** What a sentence tells of who did what. */
type Telling = {
  /** The acts of which it names who does them or what they are done to, but for speech. */
  readonly acts: ReadonlySet<Act>;
  /** Whether it tells an act, or names somebody, a rule, a case, a figure or a day. */
  readonly something: boolean;
};

/** That somebody speaks, or means to act, is told of every matter and moves none. */
const SPEECH: ReadonlySet<Act> = new Set<Act>(["say", "warn", "ask", "consider", "publish", "talk", "refuse"]);

const ASIDE = /\([^()]*\)/g;
const WORD = /\p{L}[\p{L}’'-]*/gu;

const tellingOf = once(({ text }: { readonly text: string }): Telling => {
  // A bracket behind a name would part it from its verb.
  const frames = framesIn(text.replace(ASIDE, " ")).filter(({ actor, object }) => actor !== null || object !== null);
  return {
    acts: new Set(frames.flatMap(({ act }) => (SPEECH.has(act) ? [] : [act]))),
    something: frames.length > 0 || /\d/.test(text) || (text.match(WORD) ?? []).some(namesOne),
  };
});

/** Is a word of a sentence a name, an office, a day, a rule or a case? The first has its capital from where it stands. */
function namesOne(word: string, at: number): boolean {
  const plain = word.toLowerCase().replace(/[’']s?$/, "");
  const kind = KINDS.get(plain);
  if (kind !== undefined) return kind === "case" || !THINGS.has(kind);
  return isWeekday(plain) || (at > 0 && /^\p{Lu}/u.test(word) && !/^I(?:[’']|$)/.test(word));
}

/** Words of a sentence past which it says something by itself, though it names nothing: a rule, a finding. */
const LONG_WORDS = 15;

/** The words of rules. A text that has them in one sentence of so many is a law: it orders and defines, and nobody acts in it. */
const RULE = /\b(?:shall|subsections?|paragraphs? [(\d]|sections? \d|pursuant)\b/i;
const RULE_SHARE = 1 / 16;

/** Is a text, of which these are sentences, a law or a bill? */
export const isLaw = (sentences: readonly { readonly text: string }[]): boolean =>
  sentences.filter(({ text }) => RULE.test(text)).length > Math.max(1, RULE_SHARE * sentences.length);

/** Does a report's sentence tell nothing: neither an act nor a name, a figure or a day, in few words? `We live in strange times.` */
export const tellsNothing = (sentence: { readonly text: string; readonly words: number }): boolean =>
  sentence.words < LONG_WORDS && !tellingOf(sentence).something;

/** Does a sentence tell an act that its title tells? */
export const tellsActOf = (title: string, sentence: { readonly text: string }): boolean =>
  !tellingOf(sentence).acts.isDisjointFrom(tellingOf({ text: title }).acts);
