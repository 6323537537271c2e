import type { OpenWorkshop } from "#cli/destinations/workshop.ts";
import { createWorkshop } from "#destinations/workshop.ts";
import { loadConfig } from "#settings/config.ts";
import { createLog } from "#settings/log.ts";
import { keySourceOf } from "./elsewhere.ts";

/** On the settings of the environment, and the store of a command. */
export async function openWorkshop(where: Parameters<OpenWorkshop>[0], clock: () => Date): ReturnType<OpenWorkshop> {
  const { userAgent, allowNetworks, proxies, destinationKey, secrets } = loadConfig().config;
  const workshop = createWorkshop(keySourceOf({ destinationKey, ...where }));
  const log = createLog({ level: "warn", out: process.stderr, clock, secrets });
  return {
    ...workshop,
    test: (destination, pack) => workshop.test(destination, { pack, clock, log, userAgent, allowNetworks, proxies }),
  };
}
