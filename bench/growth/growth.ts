import { parseArgs } from "node:util";
import { comparePolls } from "./polls.ts";
import { flooding, telling } from "./telling.ts";

const HELP = "npm run bench -- growth [telling] [flooding] [polls] [--rounds 3]";

/** What must cost the same however much there is of it: an arrival in a story, however many copies or figures it has, and a poll beside a small bot's. */
export async function bench(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { rounds: { type: "string", default: "3" }, help: { type: "boolean" } },
  });
  if (values.help === true) return void process.stdout.write(`${HELP}\n`);
  const asked = (part: string) => positionals.length === 0 || positionals.includes(part);
  if (asked("telling")) await telling(Number(values.rounds));
  if (asked("flooding")) await flooding(Number(values.rounds));
  if (asked("polls") && !(await comparePolls())) process.exitCode = 1;
}
