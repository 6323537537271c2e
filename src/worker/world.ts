import type { Pack } from "#model/pack.ts";
import type { Ceilings } from "#model/subscription.ts";
import type { Fetcher } from "#pipeline/fetch/fetch.ts";
import type { Rules } from "#pipeline/tag/tag.ts";
import type { Db } from "#store/engine/database.ts";
import type { IndexKeeper } from "./index-keeper.ts";
import type { PageReader } from "./pages.ts";
import type { Reword } from "./reword.ts";
import type { StoryMemory } from "./story-memory.ts";

/** All that a refresh touches, passed in: nothing below main reaches for a clock, a socket or a database of its own. */
export type World = {
  readonly db: Db;
  readonly pack: Pack;
  readonly rules: Rules;
  readonly fetcher: Fetcher;
  /** Whether a site lets us ask for a page. */
  readonly mayAsk: (url: string) => Promise<boolean>;
  readonly readPage: PageReader;
  readonly stories: IndexKeeper;
  readonly memory: StoryMemory;
  /** Aborted when the program ends: what was read half is not written. */
  readonly stop: AbortSignal;
  readonly clock: () => Date;
  /** How much may be posted within an hour; absent where there is no end to it, as in a play. */
  readonly ceilings?: Ceilings | undefined;
  /** In [0, 1): jitter of poll times. */
  readonly random: () => number;
  /** Words summaries with a hosted model as they are posted; absent where there is none. */
  readonly reword?: Reword | undefined;
  /** Tells the operators, in a sentence: a feed that has failed for a day. */
  readonly tell: (sentence: string) => void;
  /** Hears of a bug of ours and of where it was met; the work around it goes on. */
  readonly bug: (where: string, error: unknown) => void;
};
