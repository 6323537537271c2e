import type { PostOutcome } from "#model/delivery.ts";
import type { NamedDestination } from "#model/destination.ts";
import { LONGEST_REASON } from "#model/limits.ts";
import { HOUR_MS } from "#model/time.ts";
import { doubling } from "#model/waits.ts";
import { pauseNamed } from "#store/destinations.ts";
import type { Db } from "#store/engine/database.ts";
import type { Sent } from "./message.ts";
import { withoutSecrets } from "./settings.ts";

/** Waiting doubles from the first to the last of these: a small server that restarts is away for seconds, one that broke for hours. */
const FIRST_WAIT_MS = 5_000;
const LONGEST_WAIT_MS = HOUR_MS;

/** The operators are told at this try of a message, some three hours after the first. */
const TOLD_AT = 13;

/** Some three days after the first it has lost its news, and the destination pauses. */
const MOST_TRIES = 100;

export type Pausing = {
  readonly db: Db;
  readonly clock: () => Date;
  readonly random: () => number;
  readonly tell: (sentence: string) => void;
  readonly destination: NamedDestination;
  /** What no reason may repeat. */
  readonly secrets: readonly string[];
};

/** What a try means for what is owed. Where the destination itself is at fault it pauses, and the operators hear of it. */
export async function outcomeOf(sent: Sent, attempts: number, pausing: Pausing): Promise<PostOutcome> {
  if (sent.kind === "sent") return { kind: "posted", messageId: sent.messageId };
  const { clock, random, secrets, tell, destination } = pausing;
  const reason = withoutSecrets(sent.reason, secrets).slice(0, LONGEST_REASON);
  switch (sent.kind) {
    case "later": {
      if (attempts >= MOST_TRIES) return paused("forbidden", `It took nothing for days. ${reason}`, pausing);
      if (attempts === TOLD_AT)
        tell(`${destination.name} (${destination.kind}) has taken nothing for hours: ${reason}`);
      const waitMs = sent.afterMs ?? doubling(attempts, FIRST_WAIT_MS, LONGEST_WAIT_MS, random);
      return { kind: "retry", at: new Date(clock().getTime() + Math.ceil(waitMs)), reason };
    }
    case "closed":
      return paused("forbidden", reason, pausing);
    case "gone":
      return paused("gone", reason, pausing);
    case "refused":
      return { kind: "rejected", reason };
  }
}

async function paused(
  kind: "forbidden" | "gone",
  reason: string,
  { db, clock, tell, destination: { name, kind: of, leadsTo } }: Pausing,
): Promise<PostOutcome> {
  const owed = kind === "gone" ? "What was owed to it is dropped" : "What is owed to it is kept";
  if (await pauseNamed(db, name, reason, clock()))
    tell(
      `${name} (${of}, ${leadsTo}) is paused: ${reason} ${owed}; \`policywire destinations resume ${name}\` takes it up again.`,
    );
  return { kind, reason };
}
