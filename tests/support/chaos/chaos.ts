import { HOUR_MS } from "#model/time.ts";
import { type Db, openDatabase, type Where } from "#store/engine/database.ts";
import { deliveryCounts, heldChannels } from "#store/outbox/deliveries.ts";
import { resumeDestination } from "#store/outbox/owed.ts";
import { startDiscord } from "#support/discord/discord.ts";
import { randomFrom } from "#support/random.ts";
import { RECEIVERS } from "#support/receivers/all.ts";
import { askingIn } from "./asking.ts";
import { KEY, repeatedIn, resumeElsewhere, seenElsewhere, settleElsewhere } from "./elsewhere.ts";
import { owe, READER, settleIn, type Told } from "./owing.ts";
import { type Process, processOf } from "./processes.ts";
import { seenIn, toldTwice } from "./seen.ts";
import { fastClock, pause, SPEED } from "./time.ts";
import { planOf, restore, type Trouble, upset } from "./trouble.ts";
import { planElsewhere } from "./trouble-elsewhere.ts";

/** What a run of chaos came to. `faults` is empty when every revision was seen exactly once, in order, everywhere. */
export type Outcome = {
  readonly owed: number;
  /** How many of them are reminders, and memos. */
  readonly reminders: number;
  readonly memos: number;
  /** How many people asked to follow something meanwhile. */
  readonly asked: number;
  readonly faults: readonly string[];
  readonly violations: readonly string[];
  /** How often each kind of trouble was made. */
  readonly trouble: Readonly<Trouble>;
  /** How many messages arrived again beside Discord, by kind, since the answer to an earlier try was lost. */
  readonly repeated: Readonly<Record<string, number>>;
};

/** Once the trouble has ended something must come right within so long, again and again until nothing is owed: the longest wait is an hour. */
const SETTLING_MS = (HOUR_MS / SPEED) * 1.25;

/** One person in so many rounds asks for something. */
const ROUNDS_A_QUESTION = 4;

/**
 * Owes posts to channels of every kind, and to a person, while Discord, the network, the database, moderators and the processes'
 * own lives fail at random, and people ask to follow things; then lets everything recover and compares what was owed with what is
 * seen. On SQLite one process does all; on PostgreSQL two workers post and a bot answers. The same seed owes the same posts and
 * makes the same upsets; which request meets which fault hangs on their timing.
 */
export async function chaos(given: {
  readonly seed: number;
  readonly rounds: number;
  readonly where: Where;
  /** The kinds of trouble that requests meet; all unless given. */
  readonly only?: readonly string[];
}): Promise<Outcome> {
  const { seed, rounds, where, only = [] } = given;
  const epoch = Date.now();
  const clock = fastClock(epoch);
  const random = randomFrom(seed);
  const opening = await openDatabase(where);
  if (opening.kind === "refused") throw new Error(opening.reason);
  const { db } = opening.database;
  const discord = await startDiscord({ clock, acknowledgeMs: 3_000 * SPEED });
  const guild = discord.addGuild("chaos");
  const roles = where.url === null ? (["run"] as const) : (["bot", "worker", "worker"] as const);
  const { api, token } = discord;
  const receivers = await Promise.all(RECEIVERS.flatMap((startReceiver) => [startReceiver(), startReceiver()]));
  const processes = roles.map((role) => processOf({ role, where, api, token, epoch, key: KEY }));
  try {
    const elsewhere = await settleElsewhere(db, receivers, clock);
    const owing = [...(await settleIn(db, discord, guild, clock)), ...elsewhere];
    const asking = askingIn(discord, discord.addChannel(guild, "asking"));
    const trouble: Trouble = {};
    // Requests come when they come: their dice are not those of the rounds, which so stay the same for a seed.
    discord.faults.plan = planOf(randomFrom(seed + 1_000_000), trouble, only);
    let isOver = false;
    for (const [at, receiver] of receivers.entries())
      receiver.meet(planElsewhere(randomFrom(seed + 2_000_000 + at), trouble, () => isOver));
    for (const one of processes) one.start();
    const stories: Told[] = [];
    for (let round = 1; round <= rounds; round += 1) {
      await owe(db, clock, random, stories, owing);
      await Promise.all(processes.map((one) => one.connected()));
      if (round % ROUNDS_A_QUESTION === 0) asking.begin();
      await pause(20 + random() * 200);
      await upset({ random, trouble, discord, guild, processes, db, owing });
    }
    discord.faults.plan = null;
    isOver = true;
    restore({ discord, guild, owing });
    await settled(db, processes, clock);
    await Promise.all(processes.map((one) => one.connected()));
    const counts = Object.values(await deliveryCounts(db)).reduce((sum, count) => sum + count, 0);
    const reminders = owing.reduce((sum, one) => sum + one.reminded.length, 0);
    const memos = owing.reduce((sum, one) => sum + one.memos, 0);
    const owed = owing.reduce((sum, one) => sum + one.owed.length, reminders + memos);
    const faults = [
      ...owing.flatMap((one) => seenIn(discord.world, one)),
      ...elsewhere.flatMap(seenElsewhere),
      ...toldTwice(discord.world, READER),
      ...(counts === owed ? [] : [`${counts} deliveries are stored of ${owed}`]),
      ...(await asking.faults(db)),
      ...processes.flatMap(({ complaints }) => complaints),
    ];
    const { violations } = discord;
    const repeated = repeatedIn(elsewhere);
    return { owed, reminders, memos, asked: asking.asked, faults, violations, trouble, repeated };
  } finally {
    await Promise.all(processes.map((one) => one.end()));
    await discord.close();
    await Promise.all(receivers.map((receiver) => receiver.close()));
    await opening.database.close();
  }
}

/**
 * Until nothing is owed any more. Who took no direct messages for a while asks for them again, as by Resume in /following, and operators
 * resume what is paused.
 */
async function settled(db: Db, processes: readonly Process[], clock: () => Date): Promise<void> {
  let deadline = Date.now() + SETTLING_MS;
  let fewest = Number.POSITIVE_INFINITY;
  for (;;) {
    const { due, held } = await deliveryCounts(db);
    if (due === 0 && held === 0) return pause(LATE_MS);
    if (due + held < fewest) deadline = Date.now() + SETTLING_MS;
    fewest = Math.min(fewest, due + held);
    if (Date.now() > deadline) {
      const complaints = processes.flatMap((one) => one.complaints).slice(-5);
      const waiting = await db
        .selectFrom("deliveries")
        .select(["destination", "state", "reason"])
        .where("state", "in", ["due", "held"])
        .execute();
      throw new Error(
        `${due} deliveries still due and ${held} held, and nothing came right for ${SETTLING_MS / 1_000} s: ${JSON.stringify(waiting.slice(0, 5))} ${complaints.join("; ")}`,
      );
    }
    await resumeElsewhere(db, clock);
    for (const channel of await heldChannels(db))
      if (channel.startsWith("7")) await resumeDestination(db, channel, new Date(0), clock());
    await pause(50);
  }
}

/** What Discord does late is done by then. */
const LATE_MS = 1_600;
