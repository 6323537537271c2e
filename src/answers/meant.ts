import { labelOfKey } from "#model/matter.ts";
import type { Pack } from "#model/pack.ts";
import { keyWritten } from "#pipeline/matters/keys.ts";
import { type KnownMatter, mattersMeant } from "#store/matters.ts";
import type { Library } from "./question.ts";

/** Matters that are named to somebody who meant one, and may have meant another. */
const MOST_MEANT = 5;

/** The keys of the laws, bills, acts and cases that options name, or a sentence for each that means none, or several. */
export async function lawsMeant(
  typed: readonly string[],
  library: Library,
  now: Date,
): Promise<{ readonly keys: readonly string[]; readonly faults: readonly string[] }> {
  const { instruments } = library.pack.facets;
  const given = typed.map((one) => instruments.find(({ id }) => id === one)?.id ?? keyWritten(one, instruments, now));
  const unknown = typed.filter((_, at) => given[at] === null);
  const { matters, faults } = await mattersOf(unknown, library, now);
  return { keys: [...given.filter((key) => key !== null), ...matters.map(({ key }) => key)], faults };
}

/** The one matter that each means, or a sentence for each that means none, or several. */
export async function mattersOf(typed: readonly string[], { db, pack }: Library, now: Date) {
  const matters: KnownMatter[] = [];
  const faults: string[] = [];
  for (const one of typed) {
    const meant = await mattersMeant(db, one, keyWritten(one, pack.facets.instruments, now), MOST_MEANT);
    if (meant.length === 1) matters.push(meant[0]!);
    else if (meant.length === 0) faults.push(`No article is about "${one}".`);
    else faults.push(`"${one}" may be several: ${meant.map((each) => titleOf(each, pack)).join("; ")}.`);
  }
  return { matters, faults };
}

/** What readers know a matter by: `SB77 (US-ID): Honest Robots Reporting Act`. */
export function titleOf({ key, names: [name] }: KnownMatter, { facets }: Pack): string {
  const label = facets.instruments.find(({ id }) => id === key)?.name ?? labelOfKey(key);
  return name === undefined || label.includes(name) ? label : `${label}: ${name}`;
}
