import type { Story } from "./story.ts";

/** A running dispute or matter. */
export type Saga = {
  readonly id: number;
  /** What a person called it; null while it goes by the name that its articles give it. */
  readonly givenName: string | null;
  /** In the order in which they opened. */
  readonly developments: readonly Story[];
};
