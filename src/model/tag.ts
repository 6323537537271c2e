/** Offsets in UTF-16 code units, end exclusive, as `String.prototype.slice` takes them. */
export type Span = { readonly start: number; readonly end: number };

/** The list of a pack that each axis is in. What is fought over and where it stands come first; who and where is background. */
export const LIST_OF = {
  point: "points",
  stage: "stages",
  certainty: "certainties",
  instrument: "instruments",
  remedy: "remedies",
  place: "places",
  actor: "actors",
} as const;

/** `point` is a friction point; the others are facets. */
export type Axis = keyof typeof LIST_OF;

export const AXES = Object.keys(LIST_OF) as readonly Axis[];

export type Field = "title" | "text";

/** What the sentence does to the thing it names. The last two keep no tag. */
export const MOODS = ["stated", "demanded", "proposed", "hypothetical", "quoted", "negated", "elsewhere"] as const;

export type Mood = (typeof MOODS)[number];

/** The proof of a tag: `article[field].slice(start, end)` is the matched text, `sentence` the sentence it stands in. */
export type Evidence = Span & {
  readonly field: Field;
  /** The matched text as it stands in the field. */
  readonly phrase: string;
  readonly sentence: Span;
  /** The pack's phrase or rule that fired. */
  readonly rule: string;
  readonly reading: Mood;
};

export type Tag = {
  readonly axis: Axis;
  readonly id: string;
  /** `weak` tags go to digests and look-ups only, never to an instant post. */
  readonly strength: "strong" | "weak";
  /** For a place: the article is about it, or only mentions it. For stage and certainty: the one that counts. */
  readonly primary: boolean;
  readonly evidence: readonly Evidence[];
};

/** What tagging says of one article. */
export type Tagging = {
  /** A policy development on the pack's topic, surely enough to be looked up. */
  readonly relevant: boolean;
  /** How probable it is, 0 to 1, that it is one: decides how far it goes. */
  readonly support: number;
  /** Why the item is kept from readers (it calls itself fiction, satire, sponsored or generated), or null. */
  readonly hold: string | null;
  /** On the axes `stage` and `certainty` at most one tag is primary; others that title and lede name besides are not. */
  readonly tags: readonly Tag[];
};

export const tagsOn = (tags: readonly Tag[], axis: Axis): readonly Tag[] => tags.filter((tag) => tag.axis === axis);

/** The tag that counts on an axis where only one does: its id, or null. */
export const idOn = (tags: readonly Tag[], axis: "stage" | "certainty"): string | null =>
  tagsOn(tags, axis).find(({ primary }) => primary)?.id ?? null;
