import { userInfo } from "node:os";
import { DESTINATION_NAME, type NamedDestination } from "#model/destination.ts";
import { complain } from "#settings/problem.ts";
import { addDestination, namedDestinations, resealNamed } from "#store/destinations.ts";
import type { Db } from "#store/engine/database.ts";
import { tell } from "./one.ts";
import { readSettings } from "./settings-typed.ts";
import type { Workshop } from "./workshop.ts";

const BAD_NAME = "A name is made of small letters, digits and hyphens, 40 at most, and begins with a letter or digit.";

/** Sets one up. Resolves to the exit code. */
export async function add(
  db: Db,
  { kind, name }: Pick<NamedDestination, "kind" | "name">,
  set: readonly string[],
  workshop: Workshop,
  now: Date,
): Promise<number> {
  if (!DESTINATION_NAME.test(name)) return complain([BAD_NAME]);
  const described = await workshop.describe(kind);
  if (described === null)
    return complain([`There are no destinations of the kind ${kind}. There are: ${workshop.kinds.join(", ")}.`]);
  const read = await readSettings(set, described.fields, {});
  if (read.kind === "refused") return complain(read.faults);
  const made = await workshop.seal({ kind, name }, read.typed);
  if (made.kind === "refused") return complain(made.faults);
  const { sealed, leadsTo } = made;
  const createdBy = userInfo().username;
  if (!(await addDestination(db, { name, kind, leadsTo, sealed, guildId: null, createdBy }, now)))
    return complain([`There is a destination ${name} already: \`destinations change ${name}\` changes its settings.`]);
  return tell(
    `${name} leads to ${leadsTo}. Try it with \`policywire destinations test ${name}\`, then have it follow something.\n`,
  );
}

/** Gives one new settings. Resolves to the exit code. */
export async function change(
  db: Db,
  destination: NamedDestination,
  set: readonly string[],
  workshop: Workshop,
): Promise<number> {
  const { kind, name } = destination;
  const known = await workshop.typed(destination);
  if (known.kind === "refused") return complain(known.faults);
  const described = await workshop.describe(kind);
  const read = await readSettings(set, described?.fields ?? [], known.typed);
  if (read.kind === "refused") return complain(read.faults);
  const made = await workshop.seal({ kind, name }, read.typed);
  if (made.kind === "refused") return complain(made.faults);
  if (!(await resealNamed(db, destination, made)))
    return complain([`Somebody else changed ${name} meanwhile: look at it again.`]);
  return tell(`${name} leads to ${made.leadsTo}.\n`);
}

/** Seals what another key than the first sealed. Resolves to the exit code. */
export async function reseal(db: Db, workshop: Workshop): Promise<number> {
  const outdated = (await namedDestinations(db)).filter((one) => workshop.isOutdated(one));
  let done = 0;
  for (const one of outdated) {
    const known = await workshop.typed(one);
    const made = known.kind === "refused" ? known : await workshop.seal(one, known.typed);
    if (made.kind === "refused") return complain(made.faults.map((fault) => `${one.name}: ${fault}`));
    if (await resealNamed(db, one, made)) done += 1;
  }
  return tell(
    done === outdated.length
      ? `${done} sealed anew.\n`
      : `${done} of ${outdated.length} sealed anew: others changed meanwhile, try again.\n`,
  );
}
