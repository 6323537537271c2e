import { once as happens } from "node:events";
import type { Config } from "#settings/config.ts";
import { withOpened } from "./open.ts";

/** The port where none is set. */
const USUAL_PORT = 8_300;

/** `web`: the site alone, until SIGINT or SIGTERM. Resolves to the exit code. */
export const runWeb = (config: Config): Promise<number> => {
  const web = { ...config.web, port: config.web.port ?? USUAL_PORT };
  const part = { works: false, migrates: false, reads: true };
  return withOpened({ ...config, web }, part, async ({ site, status, stop }) => {
    status.ready();
    process.stdout.write(`Policywire is read at ${site}; Ctrl-C ends it.\n`);
    if (!stop.signal.aborted) await happens(stop.signal, "abort");
  });
};
