import { parseArgs } from "node:util";
import { telling } from "./growth/telling.ts";

const HELP = "npm run bench -- growth [--rounds 3]";

/** What must cost the same however much there is of it. */
export async function bench(args: readonly string[]): Promise<void> {
  const options = { rounds: { type: "string", default: "3" }, help: { type: "boolean" } } as const;
  const { values } = parseArgs({ args: [...args], options });
  if (values.help === true) return void process.stdout.write(`${HELP}\n`);
  await telling(Number(values.rounds));
}
