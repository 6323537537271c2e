import { stillNews } from "#model/delivery.ts";
import { keyOfNamed, type NamedDestination } from "#model/destination.ts";
import { complain } from "#settings/problem.ts";
import { allowNamed, destinationNamed, namedDestinations, unpauseNamed } from "#store/destinations.ts";
import type { Db } from "#store/engine/database.ts";
import { resumeDestination } from "#store/outbox/owed.ts";
import { removeSubscription, subscriptionsOf } from "#store/subscriptions.ts";

/** Runs `work` on the destination of a name. Resolves to the exit code. */
export async function named(
  db: Db,
  name: string,
  work: (destination: NamedDestination) => Promise<number>,
): Promise<number> {
  const destination = await destinationNamed(db, name);
  if (destination !== null) return work(destination);
  const names = (await namedDestinations(db)).map((one) => one.name).join(", ");
  return complain([`There is no destination ${name}.${names === "" ? "" : ` There are ${names}.`}`]);
}

/** Says it; returns the exit code. */
export function tell(text: string, code = 0): number {
  (code === 0 ? process.stdout : process.stderr).write(text);
  return code;
}

export async function resume(db: Db, destination: NamedDestination, now: Date): Promise<number> {
  await unpauseNamed(db, destination.name);
  const due = await resumeDestination(db, keyOfNamed(destination), stillNews(now), now);
  return tell(`${destination.name} is taken up again; ${due} of what was kept ${due === 1 ? "is" : "are"} due now.\n`);
}

/** Lets a server have it follow something, or none where it is null; what another server had it follow ends. */
export async function allow(db: Db, destination: NamedDestination, guildId: string | null): Promise<number> {
  const { name } = destination;
  await allowNamed(db, name, guildId);
  const requests = await subscriptionsOf(db, { destination: keyOfNamed(destination) });
  const ended = requests.filter((request) => request.guildId !== null && request.guildId !== guildId);
  for (const { id } of ended) await removeSubscription(db, id);
  const whose =
    guildId === null ? `${name} is the operators' alone` : `Those who manage server ${guildId} may use ${name}`;
  return tell(`${whose}${ended.length === 0 ? "" : `; ${ended.length} of another server's requests ended`}.\n`);
}

export async function unfollow(db: Db, destination: NamedDestination, id: number): Promise<number> {
  const requests = await subscriptionsOf(db, { destination: keyOfNamed(destination) });
  if (!requests.some((request) => request.id === id))
    return complain([
      `${destination.name} has no request ${id}. It has: ${requests.map((one) => one.id).join(", ") || "none"}.`,
    ]);
  await removeSubscription(db, id);
  return tell(`${destination.name} does not follow request ${id} any more.\n`);
}
