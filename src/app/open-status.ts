import type { Pack } from "#model/pack.ts";
import type { Fetcher } from "#pipeline/fetch/fetch.ts";
import type { Config } from "#settings/config.ts";
import type { Db } from "#store/engine/database.ts";
import { feedCount } from "#store/feeds.ts";
import type { Listener } from "./heard.ts";

/** The status pages of this process, or nothing where no port is set. */
export type Status = {
  /** Who counts what the work comes to. */
  readonly listeners: readonly Listener[];
  /** The same fetcher, its answers counted. */
  fetching(fetcher: Fetcher): Fetcher;
  /** Discord answered with this HTTP status. */
  answered(status: number): void;
  /** It is at work. */
  ready(): void;
  /** Where to ask for the fault of our own that stands, if one does. */
  askFor(standing: () => string | null): void;
  close(): Promise<void>;
};

const NO_PAGES: Status = {
  listeners: [],
  fetching: (fetcher) => fetcher,
  answered: () => {},
  ready: () => {},
  askFor: () => {},
  close: async () => {},
};

/** Resolves to a sentence when the pages cannot be served. */
export async function openStatus(config: Config, pack: Pack, db: Db, clock: () => Date): Promise<Status | string> {
  const { statusPort: port, statusHost: host, statusNames: names } = config;
  if (port === null) return NO_PAGES;
  // Loaded only where they are served.
  const [{ createMetrics }, { serveStatus }] = await Promise.all([import("./metrics.ts"), import("./status.ts")]);
  const metrics = createMetrics(db, pack, clock);
  let standing: () => string | null = () => null;
  let awaited: string | null = "Discord has not answered yet.";
  const server = await serveStatus({
    host,
    port,
    names,
    async alive() {
      const fault = standing();
      if (fault !== null) throw new Error(fault);
      await feedCount(db);
    },
    awaiting: () => awaited,
    metrics: metrics.text,
  });
  if (typeof server === "string") return server;
  return {
    listeners: [metrics],
    fetching: metrics.fetching,
    answered: metrics.answered,
    ready() {
      awaited = null;
    },
    askFor(asked) {
      standing = asked;
    },
    close: server.close,
  };
}
