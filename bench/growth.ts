import { comparePolls } from "./growth/polls.ts";

/** What a changed poll costs beside a small bot's: `npm run bench -- growth`. Fails where it is more than it may be. */
export async function bench(): Promise<void> {
  if (!(await comparePolls())) process.exitCode = 1;
}
