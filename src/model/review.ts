import type { PostOutcome } from "./delivery.ts";

/** What a moderator decides about an article that was held back: readers get it, or nobody does. */
export const VERDICTS = ["released", "dropped"] as const;

export type Verdict = (typeof VERDICTS)[number];

/** An article that is held back from readers because of what it says of itself. */
export type Held = {
  readonly articleId: number;
  readonly title: string;
  readonly url: string;
  readonly source: string;
  /** Completes "The item …": `calls itself fiction`. */
  readonly hold: string;
  readonly at: Date;
};

export type PostHeld = (held: Held) => Promise<PostOutcome>;
