import { namedDestinations } from "#store/destinations.ts";
import type { Db } from "#store/engine/database.ts";
import type { Workshop } from "./workshop.ts";

/** How many destinations there are, and of which the settings cannot be opened, a sentence each: what is owed to those waits. */
export async function unopened(
  db: Db,
  openWorkshop: () => Promise<Workshop>,
): Promise<{ readonly count: number; readonly faults: readonly string[] }> {
  const all = await namedDestinations(db);
  if (all.length === 0) return { count: 0, faults: [] };
  const workshop = await openWorkshop();
  const faults: string[] = [];
  for (const one of all) {
    const known = await workshop.typed(one);
    if (known.kind === "refused") faults.push(`Nothing can be sent to ${one.name}: ${known.faults.join(" ")}`);
  }
  return { count: all.length, faults };
}
