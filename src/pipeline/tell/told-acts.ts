import { MOST_ACTS, MOST_EARLIER_ACTS } from "#model/limits.ts";
import { type Span, tagsOn } from "#model/tag.ts";
import { ACTS, type Act, type Kind, SPEECH } from "#text/acts.ts";
import { FUNCTION_WORDS } from "#text/english.ts";
import { type Frame, framesIn } from "#text/frames.ts";
import { glossedOf } from "#text/gloss.ts";
import { once } from "#text/once.ts";
import { sentencesOf, titleFrames } from "#text/reading.ts";
import { fold, stem, wordsOf } from "#text/tokens.ts";
import type { Member } from "./member.ts";

/** Sentences of a text that tell what happened, as a report's lede does; further down it recalls what was before. */
const LEDE_SENTENCES = 2;

/** An act that an article's title or lede tells, and where. */
export type ToldAct = Pick<Frame, "act" | "modality"> & {
  /** Who acts, as it stands there, and the stems of it; empty where nobody is named. */
  readonly actor: string;
  readonly actorStems: ReadonlySet<string>;
  /** The place whose authority acts, where the title names it. */
  readonly place: string | null;
  /** The stems of all that its sentence says. */
  readonly said: ReadonlySet<string>;
  /** Of what kind who acts is: `court`. */
  readonly kind: Kind | null;
  /** The sentence of the text; null for the title. */
  readonly sentence: Span | null;
};

export const OFFICES: ReadonlySet<Kind | null> = new Set<Kind>(["government", "legislature", "court", "regulator"]);

/** The sentences that tell an article's news. */
const ledeOf = ({ article }: Member): readonly Span[] => sentencesOf(article).slice(0, LEDE_SENTENCES);

/** The stems of an article's title and lede. */
const headOf = once((member: Member): ReadonlySet<string> => {
  const { title, text } = member.article;
  return stemsIn([title, ...ledeOf(member).map(({ start, end }) => text.slice(start, end))].join("\n"));
});

/** Whether an article's title or lede has all that some words say. */
export function headSays(member: Member, words: string): boolean {
  const head = headOf(member);
  return [...stemsIn(words)].every((stem) => head.has(stem));
}

/** Places that an article's title names, each where it stands there. */
const placesIn = ({ tagging }: Member) =>
  tagsOn(tagging.tags, "place")
    .flatMap(({ id, evidence }) =>
      evidence.flatMap(({ field, start, end }) => (field === "title" ? [{ id, start, end }] : [])),
    )
    .sort((a, b) => a.start - b.start);

/** The acts that an article tells as its news, in order, the first ones of each sentence. A place that acts is its government. */
export const actsOf = once((member: Member): readonly ToldAct[] => {
  const { article } = member;
  // What the program knows of a language has its acts: no words of a pack are needed.
  const gloss = glossedOf(article);
  const { title, text } = gloss?.english ?? article;
  const places = placesIn(member).map((place) => ({ ...place, ...gloss?.forth.title(place) }));
  const actsIn = (words: string, sentence: Span | null) => {
    const said = stemsIn(words);
    const named =
      sentence === null ? places.map(({ start, end }) => ({ start, end, kind: "government" as const })) : [];
    const frames =
      sentence === null && named.length === 0 ? titleFrames(gloss?.english ?? article) : framesIn(words, named);
    return frames.slice(0, MOST_ACTS).map(({ act, modality, actor: party }): ToldAct => {
      const actor = party === null ? "" : words.slice(party.start, party.end);
      const isActor = ({ start, end }: Span) => party !== null && start >= party.start && end <= party.end;
      const place = sentence === null ? (places.find(isActor)?.id ?? null) : null;
      return { act, modality, actor, actorStems: stemsIn(actor), kind: party?.kind ?? null, place, said, sentence };
    });
  };
  return [
    ...actsIn(title, null),
    ...ledeOf(member).flatMap((sentence) => {
      const { start, end } = gloss?.forth.text(sentence) ?? sentence;
      return actsIn(text.slice(start, end), sentence);
    }),
  ];
});

/** Those that change where a matter stands: done, and no mere speech. */
export const changes = ({ act, modality }: ToldAct): boolean => modality === "done" && !SPEECH.has(act);

/** What undoes what, whichever came first. */
const OPPOSED: readonly (readonly [readonly Act[], readonly Act[]])[] = [
  [
    ["ban", "restrict", "delay"],
    ["allow", "lift"],
  ],
  [
    ["order", "fine", "charge", "sign", "vote", "propose", "ban", "restrict"],
    ["withdraw", "delay", "lift"],
  ],
  [["order", "sign", "vote", "propose", "allow"], ["ban"]],
];

/** By act those that undo it, or that it undoes. */
const OPPOSED_TO: ReadonlyMap<Act, readonly Act[]> = new Map(
  ACTS.map((act) => {
    const opposed = OPPOSED.flatMap(([some, others]) => [
      ...(some.includes(act) ? others : []),
      ...(others.includes(act) ? some : []),
    ]);
    return [act, [...new Set(opposed)]];
  }),
);

const opposedTo = (act: Act): readonly Act[] => OPPOSED_TO.get(act) ?? [];

/** Headlines that ask, explain or suppose tell nothing that is so; what a bill would do is none of these. */
export const supposes = (title: string): boolean => SUPPOSES.test(title);

const SUPPOSES =
  /^(?:how|why|what|when|will|can|should|is|are|do|does)\b|\?|(?<!\b(?:that|which|who) )\b(?:may|might|could|would|should)\b/i;

/** What a story's voices have told so far, in order. */
export type Told = {
  /** By act and modality, which voice told it last. */
  readonly last: Map<string, number>;
  /** By act the tellings of it as done, the newest of them. */
  readonly done: Map<Act, ToldAct[]>;
  readonly kinds: Set<Kind | null>;
  readonly actors: Set<string>;
  readonly places: Set<string>;
  /** Whether a primary source is among them. */
  spoken: boolean;
  voices: number;
};

export function toldBy(voices: readonly Member[]): Told {
  const told = nothingTold();
  for (const voice of voices) addTo(told, voice);
  return told;
}

export const nothingTold = (): Told => ({
  last: new Map(),
  done: new Map(),
  kinds: new Set(),
  actors: new Set(),
  places: new Set(),
  spoken: false,
  voices: 0,
});

export function addTo(told: Told, voice: Member): void {
  for (const act of actsOf(voice)) {
    told.last.set(`${act.act} ${act.modality}`, told.voices);
    if (act.modality === "done") addDone(told, act);
    told.kinds.add(act.kind);
    for (const stem of act.actorStems) told.actors.add(stem);
  }
  for (const { id } of tagsOn(voice.tagging.tags, "place")) told.places.add(id);
  told.spoken ||= voice.primary;
  told.voices++;
}

function addDone({ done }: Told, act: ToldAct): void {
  const tellings = done.get(act.act) ?? [];
  done.set(act.act, tellings);
  tellings.push(act);
  if (tellings.length > MOST_EARLIER_ACTS) tellings.shift();
}

/** Whether nobody told an act, as done or as far as this, since it was last undone. */
export function isNewTo({ last }: Told, { act, modality }: ToldAct): boolean {
  const at = Math.max(last.get(`${act} ${modality}`) ?? -1, last.get(`${act} done`) ?? -1);
  return at < 0 || opposedTo(act).some((other) => (last.get(`${other} done`) ?? -1) > at);
}

/** Whether an act undoes an earlier one on the same object. */
export const undoes = ({ done }: Told, act: ToldAct): boolean =>
  opposedTo(act.act).some((other) => done.get(other)?.some((one) => sharesSubject(one, act)) === true);

/** Stems that two sentences share, beside who acts, when they speak of one thing. */
const SAME_OBJECT = 2;

/** Whether two acts are told of one thing: what their sentences say has more in common than who acts. */
function sharesSubject(a: ToldAct, b: ToldAct): boolean {
  let left = SAME_OBJECT;
  for (const stem of a.said) {
    if (b.said.has(stem) && !a.actorStems.has(stem) && !b.actorStems.has(stem) && --left === 0) return true;
  }
  return false;
}

/** The stems of a text's words that say something. */
const stemsIn = (text: string): ReadonlySet<string> =>
  new Set(
    wordsOf(text)
      .map(fold)
      .filter((word) => !FUNCTION_WORDS.has(word))
      .map(stem),
  );
