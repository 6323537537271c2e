import { keysFrom, newKey, seal } from "#destinations/seal.ts";
import { keyOfNamed } from "#model/destination.ts";
import { addDestination } from "#store/destinations.ts";
import type { Db } from "#store/engine/database.ts";
import { NOON } from "#support/stored.ts";

export const KEYS = keysFrom(newKey()) ?? [];

export const SECRET = `whsec_${Buffer.alloc(32, "a").toString("base64")}`;

/** Sets up a destination as an operator does; returns the key by which the outbox knows it. */
export async function addNamed(
  db: Db,
  name: string,
  settings: Readonly<Record<string, string>>,
  {
    kind = "webhook",
    guildId = null,
    keys = KEYS,
  }: { kind?: string; guildId?: string | null; keys?: typeof KEYS } = {},
): Promise<string> {
  const key = keyOfNamed({ kind, name });
  const sealed = seal(JSON.stringify(settings), key, keys);
  await addDestination(db, { name, kind, leadsTo: "hooks.example", sealed, guildId, createdBy: null }, NOON);
  return key;
}
