import { optionsOf } from "../options.ts";
import { comparePolls } from "./polls.ts";
import { flooding, telling } from "./telling.ts";

/**
 * What must cost the same however much there is of it: an arrival in a story, however many copies or figures it has, and a poll
 * beside a small bot's.
 */
export async function bench(args: readonly string[]): Promise<void> {
  const { values, positionals } = optionsOf("growth", args, { rounds: "3" }, "[telling] [flooding] [polls]");
  const asked = (part: string) => positionals.length === 0 || positionals.includes(part);
  if (asked("telling")) await telling(Number(values.rounds));
  if (asked("flooding")) await flooding(Number(values.rounds));
  if (asked("polls") && !(await comparePolls())) process.exitCode = 1;
}
