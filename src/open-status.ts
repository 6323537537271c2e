import type { Outlet } from "#cli/terminal-outlet.ts";
import type { Db } from "#store/database.ts";
import { feedCount } from "#store/feeds.ts";
import type { Config } from "./config.ts";

/** The status pages of this process, or nothing where no port is set. */
export type Status = {
  /** The same outlet, watched. */
  watch(outlet: Outlet): Outlet;
  /** It is at work. */
  ready(): void;
  close(): Promise<void>;
};

const NO_PAGES: Status = { watch: (outlet) => outlet, ready: () => {}, close: async () => {} };

/** Resolves to a sentence when the pages cannot be served. */
export async function openStatus(config: Config, db: Db, clock: () => Date): Promise<Status | string> {
  const { statusPort: port, statusHost: host } = config;
  if (port === null) return NO_PAGES;
  // Loaded only where they are served.
  const [{ createMetrics }, { serveStatus }] = await Promise.all([import("./metrics.ts"), import("./status.ts")]);
  const metrics = createMetrics(db, clock);
  let awaited: string | null = "Discord has not answered yet.";
  const server = await serveStatus({
    host,
    port,
    alive: () => feedCount(db),
    awaiting: () => awaited,
    metrics: metrics.text,
  });
  if (typeof server === "string") return server;
  return {
    watch: (outlet) => {
      awaited = null;
      return {
        ...metrics.counting(outlet),
        roundEnded: (round, posts, tookMs) => {
          metrics.roundEnded(round, tookMs);
          outlet.roundEnded(round, posts, tookMs);
        },
      };
    },
    ready() {
      awaited = null;
    },
    close: server.close,
  };
}
