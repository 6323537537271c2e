import type { Poster } from "#model/delivery.ts";
import { namedIn } from "#model/destination.ts";
import { kindsInUse } from "#store/destinations.ts";
import { heardPoster, type Listener } from "./heard.ts";
import type { Opened } from "./open.ts";

/** Where it goes beside Discord and the terminal. */
export type Elsewhere = {
  /** What posts to the kinds of which there is a destination by now. */
  posters(): Promise<readonly Poster[]>;
  /** What posts to the destination in the place of a channel; null for a channel. */
  posterTo(channel: string): Promise<Poster | null>;
  close(): Promise<void>;
};

/** Whoever has no destinations loads nothing of them. */
export function openElsewhere(
  { config, db, pack, clock, log }: Opened,
  listeners: readonly Listener[],
  tell: (sentence: string) => void,
): Elsewhere {
  const { userAgent, allowNetworks, proxies } = config;
  const load = async () => {
    const [{ createPosters }, { keysOf }] = await Promise.all([
      import("#destinations/posters.ts"),
      import("#destinations/keys.ts"),
    ]);
    const keys = () => keysOf(keySourceOf(config));
    const means = { db, pack, clock, log, userAgent, allowNetworks, proxies };
    return createPosters({ ...means, keys, tell, random: Math.random });
  };
  let loading: ReturnType<typeof load> | null = null;
  const heard = new Map<Poster, Poster>();
  const posterOf = async (kind: string) => {
    loading ??= load();
    const poster = await (await loading).of(kind);
    if (poster === null) return null;
    const known = heard.get(poster) ?? heardPoster(poster, listeners);
    heard.set(poster, known);
    return known;
  };
  return {
    async posters() {
      const posters = await Promise.all((await kindsInUse(db)).map(posterOf));
      return posters.filter((poster) => poster !== null);
    },
    async posterTo(channel) {
      const named = namedIn(channel);
      return named === null ? null : posterOf(named.kind);
    },
    async close() {
      if (loading !== null) await (await loading).close();
    },
  };
}

/** Where the key is that opens destinations' settings. */
export const keySourceOf = ({
  destinationKey,
  databaseUrl,
  dataDir,
}: Pick<Opened["config"], "destinationKey" | "databaseUrl" | "dataDir">) => ({
  given: destinationKey,
  dataDir: databaseUrl === null ? dataDir : null,
});
