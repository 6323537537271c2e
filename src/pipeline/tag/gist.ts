import { nameOn, type Pack } from "#model/pack.ts";
import { type Field, idOn, type Tag, tagsOn } from "#model/tag.ts";
import type { Act, Kind } from "#text/acts.ts";
import { formsOf } from "#text/english.ts";
import { type Frame, framesIn, type Modality, type Party } from "#text/frames.ts";

/** What of a text is read for its act, beside the title: its first sentences. */
const HEAD = 400;

const KIND_NAMES: Readonly<Record<Exclude<Kind, "name">, string>> = {
  government: "an authority",
  regulator: "an authority",
  legislature: "a legislature",
  court: "a court",
  developer: "a developer",
  company: "a company",
  people: "a group",
  rule: "a rule",
  case: "a case",
  system: "a system",
};

/** Acts that need a word before what they are about. */
const BEFORE_OBJECT: Partial<Record<Act, string>> = {
  rule: "on",
  vote: "on",
  appeal: "against",
  settle: "with",
  talk: "about",
  agree: "with",
  say: "something of",
};

/** Acts that tell little: another one is shown where there is one. */
const SAYS_LITTLE: ReadonlySet<Act> = new Set(["say", "talk", "publish", "consider"]);

/**
 * What an article says, in plain words, as its tags and its title are read: `Ofcom (an authority) orders Vireo (a developer), about images of
 * minors; in United Kingdom; Enforcement`. Null where nothing of it is known.
 */
export function gistOf(
  article: { readonly title: string; readonly text: string },
  tags: readonly Tag[],
  pack: Pack,
): string | null {
  const places = counting(tags, "place").map((tag) => nameOn("place", tag.id, pack));
  const stage = idOn(tags, "stage");
  const parts = [
    matterOf(article, tags, pack) ?? "",
    places.length === 0 ? "" : `in ${places.join(" and ")}`,
    stage === null ? "" : nameOn("stage", stage, pack),
  ].filter((part) => part !== "");
  return parts.length === 0 ? null : parts.join("; ");
}

/** The first part of it, who does what about what: `Ofcom (an authority) orders Vireo (a developer), about images of minors`. */
export function matterOf(
  article: { readonly title: string; readonly text: string },
  tags: readonly Tag[],
  pack: Pack,
): string | null {
  const points = counting(tags, "point").map((tag) => small(nameOn("point", tag.id, pack)));
  const about = points.length === 0 ? [] : [points.map((point) => `about ${point}`).join(", and ")];
  return [actOf(article, tags, pack), ...about].filter((part) => part !== null).join(", ") || null;
}

/** The tags of an axis that an article is about. */
const counting = (tags: readonly Tag[], axis: Tag["axis"]) =>
  tagsOn(tags, axis).filter(({ strength, primary }) => strength === "strong" && primary);

/** Names in lists begin with a capital; within a sentence an abbreviation alone keeps it. */
const small = (name: string): string =>
  /^\p{Lu}\p{Ll}/u.test(name) ? name.charAt(0).toLowerCase() + name.slice(1) : name;

/** Who does what to whom: by the title, or else by the first sentences. */
function actOf(article: { title: string; text: string }, tags: readonly Tag[], pack: Pack): string | null {
  const frames = (["title", "text"] as const).flatMap((field) => {
    const text = field === "title" ? article.title : article.text.slice(0, HEAD);
    return framesIn(text, namedIn(field, text.length, tags, pack)).map((frame) => ({ text, frame }));
  });
  // A capital beside what may be a noun is no more than a guess: “Independent audits”.
  const isSure = ({ actor, object }: Frame) => actor !== null && (actor.kind !== "name" || object !== null);
  const whole = frames.filter(({ frame }) => isSure(frame));
  const best = whole.find(({ frame }) => !SAYS_LITTLE.has(frame.act)) ?? whole[0];
  return best === undefined ? null : said(best.frame, best.text);
}

/** The actors that the pack knows, in order and apart, with their kind. */
function namedIn(field: Field, length: number, tags: readonly Tag[], { facets }: Pack): readonly Party[] {
  const all = tagsOn(tags, "actor").flatMap(({ id, evidence }): Party[] => {
    const kind = facets.actors.find((actor) => actor.id === id)?.government === false ? "developer" : "government";
    return evidence.flatMap(({ field: at, start, end }) =>
      at === field && end <= length ? [{ start, end, kind }] : [],
    );
  });
  const apart: Party[] = [];
  for (const party of all.toSorted((a, b) => a.start - b.start || b.end - a.end))
    if (party.start >= (apart.at(-1)?.end ?? 0)) apart.push(party);
  return apart;
}

function said({ actor, act, object, modality }: Frame, text: string): string {
  const verb = verbOf(act, modality);
  const what = object === null ? [] : [BEFORE_OBJECT[act] ?? "", partyText(object, text)];
  return [partyText(actor!, text), verb, ...what].filter((part) => part !== "").join(" ");
}

function verbOf(act: Act, modality: Modality): string {
  const [base = act, present = act] = formsOf(act);
  const by: Record<Modality, string> = {
    done: present,
    demanded: `should ${base}`,
    considered: `may ${base}`,
    denied: `does not ${base}`,
  };
  return by[modality];
}

/** `Ofcom (an authority)`; a name of which nothing more is known stands alone. */
function partyText({ start, end, kind }: Party, text: string): string {
  const surface = text.slice(start, end);
  return kind === "name" ? surface : `${surface} (${KIND_NAMES[kind]})`;
}
