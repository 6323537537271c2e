import { HOUR_MS } from "#model/time.ts";

/** A clock that is set right differs by seconds, one that lost its battery or its time zone by more than this. */
const JUMP_MS = HOUR_MS;

/** What a clock has shown for so long is what the machine says, wrong or not. */
const BELIEVED_AFTER_MS = HOUR_MS;

/**
 * Why the machine's clock is not believed. `behind`: it shows a time before the newest that is stored, and the right one is not
 * known.
 */
export type Doubt = { readonly kind: "jumped" | "behind"; readonly reason: string };

export type SteadyClock = {
  /** The time to work by: the machine's, or, when that has jumped, the time before the jump and what has passed since. */
  now(): Date;
  /** Null while the machine's clock is believed. */
  doubt(): Doubt | null;
  /** A clock before this time is not believed. */
  expectAfter(newest: Date): void;
};

/**
 * The machine's clock, checked against one that only goes forward (`monotonic`, in milliseconds; it should count the machine's
 * sleep). A jump is not believed until it is undone or has lasted for BELIEVED_AFTER_MS: so a few wrong minutes expire, delete
 * and postpone nothing. Each look follows the small corrections of a clock that is kept right.
 */
export function createSteadyClock(clock: () => Date, monotonic: () => number): SteadyClock {
  /** How far the clock was ahead of the monotonic one when it was last believed. */
  let offset = clock().getTime() - monotonic();
  let jump: { readonly offset: number; readonly since: number; readonly from: Date; readonly to: Date } | null = null;
  let behind: { readonly newest: Date; readonly until: number } | null = null;

  function believe(now: number): Date {
    offset = now - monotonic();
    jump = null;
    return new Date(now);
  }

  function look(): Date {
    const [now, passed] = [clock().getTime(), monotonic()];
    if (behind !== null && (now >= behind.newest.getTime() - JUMP_MS || passed >= behind.until)) behind = null;
    else if (behind === null && Math.abs(now - passed - offset) > JUMP_MS) return jumped(now, passed);
    return believe(now);
  }

  function jumped(now: number, passed: number): Date {
    const steady = new Date(offset + passed);
    if (jump === null || Math.abs(now - passed - jump.offset) > JUMP_MS)
      jump = { offset: now - passed, since: passed, from: steady, to: new Date(now) };
    return passed - jump.since >= BELIEVED_AFTER_MS ? believe(now) : steady;
  }

  return {
    now: look,
    doubt() {
      const now = look();
      if (behind !== null)
        return {
          kind: "behind",
          reason: `shows ${textOf(now)}, before the newest that is stored (${textOf(behind.newest)})`,
        };
      return jump && { kind: "jumped", reason: `jumped from ${textOf(jump.from)} to ${textOf(jump.to)}` };
    },
    expectAfter(newest) {
      if (clock().getTime() < newest.getTime() - JUMP_MS) behind = { newest, until: monotonic() + BELIEVED_AFTER_MS };
    },
  };
}

/** To the minute. */
const textOf = (at: Date): string => `${at.toISOString().slice(0, 16)}Z`;

const MEANWHILE: Readonly<Record<Doubt["kind"], string>> = {
  jumped: "Work goes on by the time that has passed, and nothing is deleted",
  behind: "Nothing is polled, posted or deleted",
};

/** Looks at the clock, and tells once when a doubt begins and when it is over. */
export function watchClock({ doubt }: SteadyClock, tell: (sentence: string) => void): () => Doubt | null {
  let told: Doubt["kind"] | null = null;
  return () => {
    const found = doubt();
    if (found !== null && told !== found.kind) {
      tell(
        `The clock of this machine ${found.reason}. ${MEANWHILE[found.kind]}, until it is right or has gone on so for an hour. Correct it if it is wrong.`,
      );
    } else if (found === null && told !== null) {
      tell("The clock of this machine is believed again.");
    }
    told = found?.kind ?? null;
    return found;
  };
}
