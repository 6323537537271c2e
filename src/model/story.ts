import type { Span } from "./tag.ts";

/** What can move in a story; what readers want to hear of first is named first. */
export const MOVEMENT_KINDS = [
  "reversal",
  "stage",
  "date",
  "figure",
  "certainty",
  "primary",
  "point",
  "opened",
] as const;

/** A change that deserves a new message, as data. */
export type Movement = {
  readonly kind: (typeof MOVEMENT_KINDS)[number];
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
