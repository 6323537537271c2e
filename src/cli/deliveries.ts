import { Command, Option } from "commander";
import { DELIVERY_STATES, type DeliveryState } from "#model/delivery.ts";
import { deliveriesIn } from "#store/outbox/deliveries.ts";
import { count } from "./latest.ts";
import { type LookUpOptions, lookUp } from "./look-up.ts";

const SHOWN = 50;

type Asked = LookUpOptions & { readonly state: DeliveryState; readonly limit: number };

/** `policywire deliveries`: what could not be posted, and why. */
export function deliveriesCommand(): Command {
  return new Command("deliveries")
    .addOption(new Option("--state <state>", "which deliveries").choices(DELIVERY_STATES).default("dead"))
    .option("--limit <count>", "how many to list", count, SHOWN)
    .option("--pack <dir>", "the pack in use (default: POLICYWIRE_PACK)")
    .option("--data <dir>", "the folder of the embedded database (default: POLICYWIRE_DATA)")
    .action(async ({ state, limit, ...options }: Asked) => {
      process.exitCode = await lookUp(options, async ({ db }) => {
        for (const delivery of await deliveriesIn(db, state, { limit }))
          process.stdout.write(`${JSON.stringify(delivery)}\n`);
        return 0;
      });
    });
}
