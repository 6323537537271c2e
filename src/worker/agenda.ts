import type { FeedState } from "#model/feed.ts";
import { claimDueFeeds, claimFeeds, dueFeedCount } from "#store/feeds.ts";
import type { World } from "./world.ts";

/**
 * A worker that comes back to a great many ends its first round all the same: what was found is posted, and the next is taken up.
 */
const MOST_IN_ROUND = 2_000;

/** What a round polls. */
export type Agenda = {
  /** Feeds to poll, as far as is known at the start. */
  readonly total: number;
  /** Claims the next few, at most this many; empty when there are none left. */
  readonly take: (most: number) => Promise<readonly FeedState[]>;
};

type Store = Pick<World, "db" | "clock">;

/** What is due. A worker claims no more than it polls at once: one that dies holds few, and others have their share. */
export const takeDue =
  ({ db, clock }: Store): Agenda["take"] =>
  (most) =>
    claimDueFeeds(db, clock(), most);

/** What is due, for one round. */
export async function dueAgenda(store: Store): Promise<Agenda> {
  const { db, clock } = store;
  const total = Math.min(await dueFeedCount(db, clock()), MOST_IN_ROUND);
  const takeSome = takeDue(store);
  let left = MOST_IN_ROUND;
  const take = async (most: number) => {
    const claimed = left === 0 ? [] : await takeSome(Math.min(most, left));
    left -= claimed.length;
    return claimed;
  };
  return { total, take };
}

/** These, whether due or not, save what another worker polls just then. */
export function agendaOf({ db, clock }: Store, feedIds: readonly string[]): Agenda {
  let rest = feedIds;
  const take = async (most: number) => {
    let claimed: readonly FeedState[] = [];
    while (claimed.length === 0 && rest.length > 0) {
      claimed = await claimFeeds(db, rest.slice(0, most), clock());
      rest = rest.slice(most);
    }
    return claimed;
  };
  return { total: feedIds.length, take };
}
