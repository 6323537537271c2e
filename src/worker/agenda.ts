import type { FeedState } from "#model/feed.ts";
import type { Round } from "#model/round.ts";
import { claimDueFeeds, dueFeedCount } from "#store/feeds.ts";
import type { World } from "./world.ts";

/** Feeds read at the same time. More only helps where hosts are slow, and each holds a document in memory. */
export const AT_ONCE = 16;

/** A worker that is never done ends a round now and then all the same, to say how it went. */
const MOST_IN_ROUND = 2_000;

/** Whether a round ended for its size: more may be due, and the next need not wait for its time. */
export const wasFull = ({ read, unchanged, failures }: Round): boolean =>
  read + unchanged + failures.length >= MOST_IN_ROUND;

/** What a round polls. */
export type Agenda = {
  /** Feeds to poll, as far as is known at the start. */
  readonly total: number;
  /** Takes the next few; empty when there are none left. */
  readonly take: () => Promise<readonly FeedState[]>;
};

/** What is due, claimed a few at a time: a worker that dies holds few, and others have their share. */
export async function dueAgenda({ db, clock }: Pick<World, "db" | "clock">): Promise<Agenda> {
  const total = Math.min(await dueFeedCount(db, clock()), MOST_IN_ROUND);
  let left = MOST_IN_ROUND;
  const take = async () => {
    const claimed = left === 0 ? [] : await claimDueFeeds(db, clock(), Math.min(AT_ONCE, left));
    left -= claimed.length;
    return claimed;
  };
  return { total, take };
}

/** These, whether due or not. */
export function agendaOf(states: readonly FeedState[]): Agenda {
  const batches = [states];
  return { total: states.length, take: async () => batches.shift() ?? [] };
}
