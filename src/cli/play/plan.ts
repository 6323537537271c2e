import type { Pack } from "#model/pack.ts";
import type { Filter, Manner } from "#model/subscription.ts";
import type { Heard, Item, OpenPlayer, Player, Told } from "./player.ts";

/** What is played: a pack with all the feeds that the items are from, items in order of time, and for whom. */
export type Plan = {
  readonly pack: Pack;
  readonly items: readonly Item[];
  readonly filter: Filter;
  readonly manner: Manner;
  /** Between two rounds. */
  readonly everyMs: number;
  readonly stop: AbortSignal;
};

/** A play that has come to its end, or was stopped; the player is still open. */
export type Outcome = {
  readonly player: Player;
  readonly heard: Heard;
  readonly tookMs: number;
};

/** The moment of the round that takes an item in: the first at or after it. */
const roundOf = ({ at }: Item, everyMs: number): number => Math.ceil(at.getTime() / everyMs) * everyMs;

/** How far a play has come. */
export type Reached = { readonly at: Date; readonly done: number } & Pick<Player, "itemOf">;

/** Plays all items, round by round; `hear` hears what was told at each, in order. */
export async function playAll(
  { items, everyMs, stop, ...setting }: Plan,
  open: OpenPlayer,
  hear: (told: readonly Told[], reached: Reached) => Promise<void> | void,
): Promise<Outcome> {
  const [first] = items;
  const since = first === undefined ? new Date(0) : new Date(roundOf(first, everyMs) - everyMs);
  const started = performance.now();
  const player = await open({ ...setting, since, stop });
  const heard = { articles: 0, inStories: 0, moved: 0 };
  let done = 0;
  let at = since;
  for (const [time, round] of Map.groupBy(items, (item) => roundOf(item, everyMs))) {
    if (stop.aborted) break;
    at = new Date(time);
    const played = await player.round(at, round);
    heard.articles += played.heard.articles;
    heard.inStories += played.heard.inStories;
    heard.moved += played.heard.moved;
    done += round.length;
    await hear(played.told, { at, done, itemOf: player.itemOf });
  }
  await hear(await player.end(), { at, done, itemOf: player.itemOf });
  return { player, heard, tookMs: performance.now() - started };
}
