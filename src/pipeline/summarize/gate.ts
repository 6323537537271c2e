import { closeness, has, isAct, isAnonymity, isAttribution, isHedge, isNegator, reached } from "./gate-claims.ts";
import { amountsIn, boundsIn, datesIn, isSame, marksIn } from "./gate-numbers.ts";
import { isFunctionWord, type Word, wordsIn } from "./gate-words.ts";
import { quotationsIn, speakerIn } from "./speech.ts";

/** Why a written sentence is dropped. */
export type Fault =
  | "form"
  | "number"
  | "date"
  | "name"
  | "quotation"
  | "negation"
  | "attribution"
  | "stage"
  | "roles"
  | "unsupported";

/** A reader's patience; a model that rambles is cut whole. */
const MOST_WORDS = 60;
const FEWEST_WORDS = 4;
/** The share of words with meaning that may be the model's own: joints and synonyms. */
const OWN_WORDS = 0.3;

const LINKS = /https?:|www\.|<[@#:]|@everyone|@here|\]\(|[\n\r`*_|]/u;
const SENTENCE_END = /[.!?。！？]["”’»)]*$/u;

/**
 * Judges a sentence that a model wrote against the sentences that it says it rests on, and against nothing else. Null
 * when every number, date, name and quotation in it stands there, and nothing is denied, attributed or advanced that is
 * not there. When in doubt it finds a fault: a dropped sentence costs little, an invented one costs the reader's trust.
 */
export function faultIn(written: string, sources: readonly string[]): Fault | null {
  const evidence = sources.join(" ");
  const own = wordsIn(written);
  const given = wordsIn(evidence);
  if (!isWellFormed(written, own)) return "form";
  if (!datesStand(written, evidence)) return "date";
  if (!numbersStand(written, own, evidence, given)) return "number";
  if (!quotationsStand(written, sources)) return "quotation";
  if (!namesStand(own, given)) return "name";
  if (!attributionsStand(written, own, sources, given)) return "attribution";
  if (!negationsStand(own, given)) return "negation";
  if (!stagesStand(own, given)) return "stage";
  if (!rolesStand(written, own, sources)) return "roles";
  return isSupported(own, given) ? null : "unsupported";
}

function isWellFormed(written: string, own: readonly Word[]): boolean {
  const marks = written.match(/["“”]/gu)?.length ?? 0;
  return (
    own.length >= FEWEST_WORDS &&
    own.length <= MOST_WORDS &&
    marks % 2 === 0 &&
    SENTENCE_END.test(written) &&
    !LINKS.test(written)
  );
}

const isWithin = <T>(part: Iterable<T>, whole: ReadonlySet<T>): boolean => [...part].every((each) => whole.has(each));

const datesStand = (written: string, evidence: string): boolean => isWithin(datesIn(written), datesIn(evidence));

function numbersStand(written: string, own: readonly Word[], evidence: string, given: readonly Word[]): boolean {
  if (!isWithin(marksIn(written), marksIn(evidence)) || !isWithin(boundsIn(written), boundsIn(evidence))) return false;
  const known = amountsIn(given);
  return amountsIn(own).every(({ value, counted: [first] }) => {
    const same = known.filter((amount) => isSame(amount.value, value));
    // `72 hours` is not `72 days`.
    const counts = first !== undefined && !isFunctionWord({ lower: first });
    return same.length > 0 && (!counts || same.some((amount) => amount.counted.includes(first)));
  });
}

const settled = (text: string) =>
  text
    .replace(/\s+/gu, " ")
    .replace(/[’‘]/gu, "'")
    .replace(/[.,;:!?…\s]+$/u, "")
    .trim();

function quotationsStand(written: string, sources: readonly string[]): boolean {
  const quoted = sources.flatMap(quotationsIn).map(settled);
  return quotationsIn(written).every((quotation) => {
    const wanted = settled(quotation);
    return wanted !== "" && quoted.some((each) => ` ${each} `.includes(` ${wanted} `) || each === wanted);
  });
}

/** Runs of capitalised words: `Mara Holt`, `Federal Trade Commission`, `FTC`. */
function namesIn(words: readonly Word[]): readonly (readonly Word[])[] {
  const runs: Word[][] = [];
  let run: Word[] = [];
  for (const word of words) {
    if (word.capital && !(word.first && isFunctionWord(word))) run.push(word);
    else if (run.length > 0) {
      runs.push(run);
      run = [];
    }
  }
  return run.length > 0 ? [...runs, run] : runs;
}

function namesStand(own: readonly Word[], given: readonly Word[]): boolean {
  const lowers = given.map(({ lower }) => lower);
  const text = ` ${lowers.join(" ")} `;
  const stems = new Set(given.map(({ stem }) => stem));
  const initials = new Set(namesIn(given).map((run) => run.map(({ form }) => form[0]).join("")));
  return namesIn(own).every((run) => {
    // The first word of a sentence is capital whatever it is: it need only be a word of the source.
    const [first, ...rest] = run;
    const plain = first!.first && rest.length === 0 && stems.has(first!.stem);
    const whole = text.includes(` ${run.map(({ lower }) => lower).join(" ")} `);
    const afterFirst =
      first!.first &&
      rest.length > 0 &&
      stems.has(first!.stem) &&
      text.includes(` ${rest.map(({ lower }) => lower).join(" ")} `);
    const short = run.length === 1 && initials.has(first!.form.replaceAll(".", ""));
    return plain || whole || afterFirst || short;
  });
}

function attributionsStand(
  written: string,
  own: readonly Word[],
  sources: readonly string[],
  given: readonly Word[],
): boolean {
  if (has(given, isAnonymity) !== has(own, isAnonymity)) return false;
  if (has(given, isAttribution) !== has(own, isAttribution)) return false;
  const speaker = speakerIn(written)?.name;
  if (speaker === undefined) return true;
  const speakers = sources.flatMap((source) => speakerIn(source)?.name ?? []);
  const last = (name: string) => wordsIn(name).at(-1)?.stem;
  return speakers.some((name) => last(name) === last(speaker) || name.includes(speaker));
}

function negationsStand(own: readonly Word[], given: readonly Word[]): boolean {
  // A word that the sources use both ways may be used either way.
  const denied = reached(given, isNegator, false);
  const free = (stem: string) => given.filter((word) => word.stem === stem).length > 1;
  const deniesNow = reached(own, isNegator, true);
  const kept = own.every(({ stem }) => !denied.has(stem) || deniesNow.has(stem) || free(stem));
  // `cannot be enforced` denies what follows; of `the bill failed` the subject stands before.
  const verbal = (word: Word) => isNegator(word) && !isPlainNo(word.lower);
  const near = new Set([...denied, ...reached(given, verbal, true)]);
  const negators = given.filter(isNegator);
  const known = (word: Word) =>
    negators.some((other) => other.stem === word.stem || (isPlainNo(other.lower) && isPlainNo(word.lower)));
  const about = [...reached(own, isNegator, false)].filter((stem) => given.some((word) => word.stem === stem));
  return kept && own.filter(isNegator).every(known) && about.every((stem) => near.has(stem));
}

const isPlainNo = (word: string): boolean => /^(?:no|not|never|neither|nor|none|without|cannot|.*n't)$/.test(word);

function stagesStand(own: readonly Word[], given: readonly Word[]): boolean {
  const stems = new Set(given.map(({ stem }) => stem));
  if (own.some((word) => isAct(word) && !stems.has(word.stem))) return false;
  const hedged = reached(given, isHedge, false);
  const touches = own.some((word) => hedged.has(word.stem) || isHedge(word));
  return !touches || closeness(own) <= closeness(given);
}

const PASSIVE = /\b\p{L}+(?:ed|en|wn|ught|ld|de)\b(?: (?:on )?\p{L}+){0,3} by\b/iu;
/** How far from a verb its subject and object stand, in words with meaning. */
const ARM = 3;

/** Who did it to whom: around a shared word, those before and those after must not have changed places. */
function rolesStand(written: string, own: readonly Word[], sources: readonly string[]): boolean {
  const content = (words: readonly Word[]) => words.filter((word) => !isFunctionWord(word)).map(({ stem }) => stem);
  const mine = content(own);
  return sources.every((source) => {
    const theirs = content(wordsIn(source));
    const turned = mine.some((verb, i) => {
      const j = theirs.indexOf(verb);
      if (j < 0) return false;
      const before = theirs.slice(Math.max(0, j - ARM), j);
      const after = theirs.slice(j + 1, j + 1 + ARM);
      const crossed = (part: readonly string[], side: readonly string[], other: readonly string[]) =>
        part.some((stem) => stem !== verb && side.includes(stem) && !other.includes(stem));
      return (
        crossed(mine.slice(Math.max(0, i - ARM), i), after, before) &&
        crossed(mine.slice(i + 1, i + 1 + ARM), before, after)
      );
    });
    return !turned || PASSIVE.test(written) !== PASSIVE.test(source);
  });
}

function isSupported(own: readonly Word[], given: readonly Word[]): boolean {
  const stems = new Set(given.map(({ stem }) => stem));
  const content = own.filter((word) => !isFunctionWord(word));
  const novel = content.filter(({ stem }) => !stems.has(stem)).length;
  return content.length > 0 && novel <= OWN_WORDS * content.length;
}
