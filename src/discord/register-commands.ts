import { type Client, Routes } from "discord.js";
import { MINUTE_MS } from "#model/time.ts";
import { COMMANDS, MENU } from "./commands/all.ts";
import type { Definition } from "./commands/command.ts";
import type { Log } from "./connection.ts";
import { failureOf } from "./failure.ts";

/** After an outage of Discord the commands are tried again. */
const AGAIN_MS = MINUTE_MS;

/** Writes the commands only when they differ from what Discord has: it allows 200 new ones a day. */
export async function registerCommands(client: Client<true> | Client, log: Log): Promise<void> {
  const application = client.application?.id;
  if (application === undefined) throw new Error("commands are registered after the log-in");
  const wanted = [...COMMANDS, ...MENU].map(({ definition }) => definition);
  try {
    const known = (await client.rest.get(Routes.applicationCommands(application))) as readonly Definition[];
    if (sameCommands(wanted, known)) return;
    await client.rest.put(Routes.applicationCommands(application), { body: wanted });
    log.info("commands registered", { commands: wanted.map(({ name }) => name) });
  } catch (error) {
    const failure = failureOf(error);
    log.error("commands could not be registered; the known ones go on working", { reason: failure.reason });
    if (failure.kind === "later") setTimeout(() => void registerCommands(client, log), AGAIN_MS).unref();
  }
}

/** Whether Discord's list says all that ours does; what Discord adds of itself (ids, versions, defaults) does not count. */
function sameCommands(wanted: readonly Definition[], known: readonly Definition[]): boolean {
  if (wanted.length !== known.length) return false;
  return wanted.every((definition) => {
    const other = known.find(({ name, type }) => name === definition.name && (type ?? 1) === (definition.type ?? 1));
    return other !== undefined && contains(other, definition);
  });
}

function contains(known: unknown, wanted: unknown): boolean {
  if (Array.isArray(wanted)) {
    const list = Array.isArray(known) ? known : [];
    return list.length === wanted.length && wanted.every((item, at) => contains(list[at], item));
  }
  if (typeof wanted === "object" && wanted !== null) {
    const record = (known ?? {}) as Record<string, unknown>;
    return Object.entries(wanted).every(([key, value]) => contains(record[key], value));
  }
  // Discord leaves out what is empty or false.
  return (
    known === wanted ||
    ((known === undefined || known === null) && (wanted === false || wanted === undefined || wanted === null))
  );
}
