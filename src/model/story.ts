import type { Span } from "./tag.ts";

/**
 * What can move in a story, what readers want to hear of first named first: what is news to them `posts` a message of its
 * own, the rest `edits` the cards that stand, and posts only where a request that it newly answers has none.
 */
const TOLD_BY = {
  /** An act that is opposed to an earlier one on the same object. */
  reversal: "posts",
  stage: "posts",
  /** An authority or another party that acts for the first time. */
  party: "posts",
  date: "posts",
  figure: "posts",
  /** What was only reported is confirmed. */
  certainty: "posts",
  /** A primary source that tells an act. */
  primary: "posts",
  opened: "posts",
  /** The stage is read otherwise, and nothing that was not told before shows it. */
  standing: "edits",
  point: "edits",
} as const satisfies Readonly<Record<string, "posts" | "edits">>;

export type MovementKind = keyof typeof TOLD_BY;

export const MOVEMENT_KINDS = Object.keys(TOLD_BY) as readonly MovementKind[];

/** Whether something moved that readers are sent a message about. */
export const posts = (movements: readonly Pick<Movement, "kind">[]): boolean =>
  movements.some(({ kind }) => TOLD_BY[kind] === "posts");

/** A change in a story, as data. */
export type Movement = {
  readonly kind: MovementKind;
  /** What it was before; null when there was nothing. */
  readonly from: string | null;
  readonly to: string | null;
  /** The article that shows it, and the sentence in its text; null where no single sentence does. */
  readonly articleId: number;
  readonly sentence: Span | null;
};

/**
 * One sentence of a summary. `text` is the `ranges` of the article's text joined, which lie within [start, end):
 * words are only ever cut, never written.
 */
export type SummarySentence = Span & {
  readonly text: string;
  readonly articleId: number;
  readonly ranges: readonly (readonly [start: number, end: number])[];
};

/** Where the words of a sentence begin and end in its article's text. */
export const keptSpan = ({ ranges, start, end }: Pick<SummarySentence, "ranges" | "start" | "end">): Span => ({
  start: ranges[0]?.[0] ?? start,
  end: ranges.at(-1)?.[1] ?? end,
});

/** The articles about one development, as readers see them. */
export type Story = {
  readonly id: number;
  /** The running dispute that this development belongs to. */
  readonly sagaId: number;
  /** The leading source's own title. */
  readonly title: string;
  readonly leadArticleId: number;
  readonly articleCount: number;
  readonly stage: string | null;
  readonly certainty: string | null;
  /** Ids, most evidence first. */
  readonly points: readonly string[];
  readonly places: readonly string[];
  readonly actors: readonly string[];
  readonly summary: readonly SummarySentence[];
  /** 1 when it opens; each movement adds one. */
  readonly revision: number;
  readonly openedAt: Date;
  /** Date of the newest article (`dateOf`). */
  readonly lastArticleAt: Date;
  readonly closedAt: Date | null;
};

/** A state of a story that readers were shown. */
export type Revision = {
  readonly storyId: number;
  readonly number: number;
  readonly at: Date;
  readonly movements: readonly Movement[];
};
