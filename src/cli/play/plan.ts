import type { Pack } from "#model/pack.ts";
import type { Filter, Manner } from "#model/subscription.ts";
import { addHeard, type Heard, type Item, NOTHING, type OpenPlayer, type Player, type Told } from "./player.ts";

/** What is played: items in order of time, with which pack, and for whom. */
export type Plan = {
  readonly pack: Pack;
  readonly items: readonly Item[];
  readonly filter: Filter;
  readonly manner: Manner;
  /** Nothing published before it is news; left out, nothing is too old but what is old when it comes. */
  readonly since?: Date;
  /** Between two rounds. */
  readonly everyMs: number;
  readonly stop: AbortSignal;
};

/** A play that has come to its end, or was stopped; the player is still open. */
export type Outcome = {
  readonly player: Player;
  /** The clock as it stands. */
  readonly at: Date;
  readonly heard: Heard;
};

/** The moment of the round that takes an item in: the first at or after it. */
const roundOf = ({ at }: Item, everyMs: number): number => Math.ceil(at.getTime() / everyMs) * everyMs;

/** How far a play has come: the time of the round, the items played so far, and what this round brought. */
export type Reached = { readonly at: Date; readonly done: number; readonly heard: Heard } & Pick<Player, "itemOf">;

/** Plays all items, round by round; `hear` hears what was told at each, in order. */
export async function playAll(
  { items, everyMs, since = startOf(items, everyMs), ...setting }: Plan,
  open: OpenPlayer,
  hear: (told: readonly Told[], reached: Reached) => Promise<void>,
): Promise<Outcome> {
  const player = await open({ ...setting, since, sources: items.map(({ source }) => source) });
  const { itemOf } = player;
  let [at, done, heard] = [since, 0, NOTHING];
  for (const [time, round] of Map.groupBy(items, (item) => roundOf(item, everyMs))) {
    if (setting.stop.aborted) break;
    at = new Date(time);
    const played = await player.round(at, round);
    heard = addHeard(heard, played.heard);
    done += round.length;
    await hear(played.told, { at, done, heard: played.heard, itemOf });
  }
  const last = await player.end();
  if (last.length > 0) await hear(last, { at, done, heard: NOTHING, itemOf });
  return { player, at, heard };
}

/** A round's time before the first. */
const startOf = ([first]: readonly Item[], everyMs: number): Date =>
  new Date(first === undefined ? 0 : roundOf(first, everyMs) - everyMs);
