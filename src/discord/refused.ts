import type { Claim, PostOutcome } from "#model/delivery.ts";
import { MINUTE_MS } from "#model/time.ts";
import { doubling } from "#model/waits.ts";
import { type ChannelFacts, type Obstacle, obstacleIn } from "./channels.ts";
import type { Failure } from "./failure.ts";

/** A refusal that nothing explains is tried again so long after the first time. */
const FIRST_WAIT_MS = MINUTE_MS;

/** What Discord tells of rights may come later than what it refuses by them: one is told of a refusal that stays. */
const TOLD_AFTER = 3;

type Asked = ChannelFacts | "hidden" | null;

/** What those who followed are told, after "Posts to #news", and what tells its cause from others. */
export type Notice = { readonly cause: string; readonly said: string };

export type Refusing = {
  readonly clock: () => Date;
  readonly random: () => number;
  /** The longest wait, in milliseconds, before what is refused for no known reason is tried again. */
  readonly refusedMs: number;
  /** What the gateway tells of a channel; undefined where it does not. */
  readonly known: (channelId: string) => ChannelFacts | undefined;
  /** What Discord itself says of a channel and of the bot's rights there now; null where it cannot be asked. */
  readonly ask: (channelId: string) => Promise<Asked>;
  /** Tells those who followed, once a cause and day. */
  readonly tell: (channelId: string, notice: Notice) => void;
};

/** The destination waits until the obstacle is gone, and who followed is told of it. */
export function held({ destination }: Claim, obstacle: Obstacle, { tell }: Refusing): PostOutcome {
  const { cause, reason } = obstacle;
  tell(destination, { cause, said: `are paused. ${reason}\nOnce that is mended they go on by themselves` });
  return { kind: "forbidden", reason };
}

/**
 * What follows from a refusal. The answer does not say which right is missing, or whether one is: a bot that a moderator has timed
 * out holds them all. So Discord is asked what the bot may do there. What that does not explain is no reason to pause, as nothing
 * would show when it is over: it is tried again.
 */
export async function refused(
  claim: Claim,
  { kind, reason }: Pick<Failure, "kind" | "reason">,
  refusing: Refusing,
): Promise<PostOutcome> {
  const { clock, random, refusedMs, tell, known, ask } = refusing;
  const { destination, attempts } = claim;
  const now = clock();
  const facts = known(destination) ?? (await ask(destination));
  const obstacle = obstacleOf(destination, facts, now);
  if (obstacle !== null) return held(claim, obstacle, refusing);
  // Nobody could be told.
  if (kind === "closed" && facts !== null && facts !== "hidden" && facts.guildId === null)
    return { kind: "forbidden", reason: CLOSED };
  const sentence = `Discord refuses them, though no permission that Policywire needs is missing: ${reason}.`;
  const said = `do not get through. ${sentence}\nThey are tried again, an hour apart at most`;
  if (attempts >= TOLD_AFTER) tell(destination, { cause: `refused in ${destination}`, said });
  const waitMs = doubling(attempts, FIRST_WAIT_MS, refusedMs, random);
  return { kind: "retry", at: new Date(now.getTime() + Math.ceil(waitMs)), reason: sentence };
}

const CLOSED =
  "You take no direct messages from Policywire. Allow them, and what came meanwhile follows within some hours; Resume brings it at once.";

function obstacleOf(channelId: string, facts: Asked, now: Date): Obstacle | null {
  if (facts === null) return null;
  if (facts === "hidden")
    return { cause: `View Channel in ${channelId}`, reason: "Policywire lacks View Channel in this channel." };
  return obstacleIn(channelId, facts, now);
}
