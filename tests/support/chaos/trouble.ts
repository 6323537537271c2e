import { PermissionFlagsBits } from "discord.js";
import { type Db, transact } from "#store/engine/database.ts";
import type { Guild, LoopbackDiscord } from "#support/discord/discord.ts";
import type { Fault, FaultPlan } from "#support/discord/faults.ts";
import { resumeElsewhere } from "./elsewhere.ts";
import { READER } from "./owing.ts";
import type { Process } from "./processes.ts";
import type { Owing } from "./seen.ts";
import { pause } from "./time.ts";

/** How often each kind of trouble was made. */
export type Trouble = Record<string, number>;

/** Late work is done within half a minute of the program's own time, which runs twenty times faster. */
const LATEST_MS = 1_500;

/** Requests by which something is said. */
const SAYS = /^POST \/channels\/:\/(?:messages|threads|messages\/:\/threads)$/;

/**
 * What a request may meet: everything, or more often what `only` names. Reading, posting and logging in fail alike; to be refused without a reason,
 * and to be done late, takes something to do.
 */
export function planOf(random: () => number, trouble: Trouble, only: readonly string[]): FaultPlan {
  const when = () => (random() < 0.5 ? ("before" as const) : ("after" as const));
  const limit = (scope: "user" | "shared" | "global"): Fault => ({
    kind: "rate-limit",
    scope,
    retryAfterMs: 20 + random() * 80,
  });
  const all: readonly (readonly [name: string, make: () => Fault, says?: true])[] = [
    ["502", () => ({ kind: "status", status: 502, when: when() })],
    ["cut", () => ({ kind: "cut", when: when() })],
    ["time-out", () => ({ kind: "hang", when: when() })],
    ["429 user", () => limit("user")],
    ["429 shared", () => limit("shared")],
    ["429 global", () => limit("global")],
    ["a page of something between", () => ({ kind: "page", status: [401, 403, 404][Math.floor(random() * 3)] ?? 403 })],
    ["block of the address", () => ({ kind: "error", status: 403, code: 40333 })],
    ["late work", () => ({ kind: "late", afterMs: random() * LATEST_MS }), true],
    ["refusal without a reason", () => ({ kind: "error", status: 403, code: 50013 }), true],
  ];
  const kinds = only.length === 0 ? all : all.filter(([name]) => only.includes(name));
  const share = only.length === 0 ? 0.3 : 0.5;
  if (kinds.length < only.length)
    throw new Error(`There is trouble of these names: ${all.map(([name]) => name).join(", ")}.`);
  return (route) => {
    // What was not registered is tried again after a minute, in which no clock here runs faster.
    if (route.endsWith("/commands")) return null;
    const chance = random();
    const loggingIn = route === "GET /gateway/bot" || route === "GET /users/@me" || route.includes("/applications/");
    if (chance > (loggingIn ? 0.05 : share)) return null;
    const [name, make, says] = kinds[Math.floor(random() * kinds.length)]!;
    if (says === true && !SAYS.test(route)) return null;
    trouble[name] = (trouble[name] ?? 0) + 1;
    return make();
  };
}

export type Scene = {
  readonly random: () => number;
  readonly trouble: Trouble;
  readonly discord: LoopbackDiscord;
  readonly guild: Guild;
  readonly processes: readonly Process[];
  readonly db: Db;
  readonly owing: readonly Owing[];
};

/** One thing goes wrong, or right again. */
export async function upset(scene: Scene): Promise<void> {
  const { random, trouble, discord, guild, processes, db, owing } = scene;
  const some = <T>(list: readonly T[]): T | undefined => list[Math.floor(random() * list.length)];
  const one = <T>(list: readonly T[]): T => some(list)!;
  const channel = one(owing.flatMap((each) => (each.channel?.guildId == null ? [] : [each.channel])));
  const { SendMessages, SendMessagesInThreads, ViewChannel, EmbedLinks, CreatePublicThreads } = PermissionFlagsBits;
  const lost = one([
    SendMessages | SendMessagesInThreads,
    ViewChannel,
    EmbedLinks,
    CreatePublicThreads,
    SendMessagesInThreads,
  ]);
  // Which threads there are hangs on timing: whether any or none, the dice are thrown as often.
  const thread = some([...discord.world.channels.values()].filter(({ type }) => type === 11));
  const troubles: readonly [name: string, weight: number, make: () => unknown][] = [
    ["nothing", 4, () => {}],
    ["SIGKILL", 2, () => one(processes).kill()],
    ["gateway drop", 1, () => discord.gateway.drop()],
    ["op 7", 1, () => discord.gateway.askToReconnect()],
    ["op 9", 1, () => discord.gateway.invalidate()],
    ["broken payload", 1, () => discord.gateway.dispatch("THREAD_LIST_SYNC", { guild_id: guild.id, threads: [{}] })],
    ["permission lost", 2, () => discord.deny(channel, lost)],
    ["timed out", 1, () => discord.timeOut(guild, new Date(discord.world.clock().getTime() + 600_000))],
    ["thread locked", 2, () => thread === undefined || discord.moderate(thread, { archived: true, locked: true })],
    ["direct messages closed", 1, () => discord.refuseDirect(READER, one([50007, 50278]))],
    [
      "all given back",
      4,
      () => {
        restore(scene);
        return resumeElsewhere(db, discord.world.clock);
      },
    ],
    ["clock wrong by ten years, or right again", 3, () => one(processes).turnClock()],
    ["database busy", 1, () => transact(db, () => pause(200))],
  ];
  let at = random() * troubles.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [name, weight, make] of troubles) {
    at -= weight;
    if (at > 0) continue;
    trouble[name] = (trouble[name] ?? 0) + 1;
    await make();
    return;
  }
}

/** Every right is given back, every time-out ended; threads stay locked. */
export function restore({ discord, guild, owing }: Pick<Scene, "discord" | "guild" | "owing">): void {
  for (const { channel } of owing) if (channel !== null && channel.deny !== 0n) discord.deny(channel, 0n);
  if (guild.timedOutUntil !== null) discord.timeOut(guild, null);
  discord.refuseDirect(READER, null);
}
