import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { createFetcher, type FetcherOptions } from "#pipeline/fetch/fetch.ts";
import { startFeedServer } from "./feed-server.ts";

/** A server, what fetches from it, and a folder for the pack that lists it; all are gone after the test. */
export async function aPolledServer(options: Pick<FetcherOptions, "clock" | "keys">) {
  const server = await startFeedServer();
  const folder = mkdtempSync(join(tmpdir(), "policywire-polled-"));
  const fetcher = createFetcher({
    userAgent: "Policywire/test",
    allowNetworks: ["127.0.0.0/8"],
    pace: { concurrency: 9, intervalMs: 0 },
    ...options,
  });
  onTestFinished(async () => {
    await fetcher.close();
    await server.close();
    rmSync(folder, { recursive: true });
  });
  return { server, folder, fetcher };
}
