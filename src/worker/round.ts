import type { Poll, Round } from "#model/round.ts";
import type { Agenda } from "./agenda.ts";
import { createPolls } from "./polls.ts";
import type { World } from "./world.ts";

/** Polls all that is on the agenda; `heard` hears of each feed as its poll ends. */
export async function pollRound(
  { total, take }: Agenda,
  world: World,
  heard: (poll: Poll, done: number, total: number) => void,
): Promise<Round> {
  let done = 0;
  const polls = createPolls(world, (poll) => heard(poll, ++done, total));
  try {
    await polls.takeUp(take);
  } finally {
    await polls.end();
  }
  return polls.report();
}
