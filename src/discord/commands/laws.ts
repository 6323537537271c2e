import { escapeWithin } from "#discord/escape.ts";
import { AXES, findNamed, type Named, readWords } from "#model/axes.ts";
import { LONGEST_TYPED } from "#model/limits.ts";
import { labelOfKey } from "#model/matter.ts";
import { keyWritten } from "#pipeline/matters/keys.ts";
import { type KnownMatter, mattersByKey, mattersMeant, mattersNamed } from "#store/matters.ts";
import type { Choices, Context } from "./command.ts";
import { completeOf, MAX_CHOICES, type Read } from "./options.ts";

/** Matters that are named to somebody who meant one, and may have meant another. */
const MOST_MEANT = 5;

/** `SB 77 (US-ID): Honest Robots Reporting Act`. */
const titleOf = ({ key, names: [name] }: KnownMatter): string =>
  name === undefined ? labelOfKey(key) : `${labelOfKey(key)}: ${name}`;

/** Laws of the pack, and bills, acts and cases that articles are about, by number and by popular name. */
export async function lawChoices(typed: string, { db, pack }: Pick<Context, "db" | "pack">): Promise<Choices> {
  const laws = AXES.law(pack);
  const parts = typed.split(",").map((part) => part.trim());
  const last = parts.pop() ?? "";
  const found = await mattersNamed(db, last, MAX_CHOICES);
  const ids = new Set(found.map(({ key }) => key));
  const known = [...(await mattersByKey(db, parts)), ...found].filter(({ key }) => !laws.some(({ id }) => id === key));
  const named = new Map<string, Named>(known.map((one) => [one.key, { id: one.key, name: titleOf(one) }]));
  return completeOf(typed, [...laws, ...named.values()], ({ id, name }, part) => {
    return ids.has(id) || id.toLowerCase().includes(part) || name.toLowerCase().includes(part);
  });
}

/** The keys of the laws, bills, acts and cases that an option names. One that nobody has written of yet can be followed by its number. */
export async function readLaws(
  typed: string,
  { db, pack, clock }: Pick<Context, "db" | "pack" | "clock">,
): Promise<Read<readonly string[]>> {
  const keys = new Set<string>();
  for (const part of readWords(typed)) {
    const law = findNamed(part, AXES.law(pack))?.id ?? keyWritten(part, pack.facets.instruments, clock());
    if (law !== null) {
      keys.add(law);
      continue;
    }
    const meant = await mattersMeant(db, part, law, MOST_MEANT);
    const [one, other] = meant;
    if (one === undefined || other !== undefined) return { fault: unclear(part, meant) };
    keys.add(one.key);
  }
  return { value: [...keys] };
}

function unclear(part: string, meant: readonly KnownMatter[]): string {
  const typed = escapeWithin(part, LONGEST_TYPED);
  if (meant.length === 0)
    return `There is no law “${typed}”. Choose one from the list that appears while you type, or write a number such as \`H.R. 1234\` or \`California SB 53\`.`;
  const names = meant.map((one) => escapeWithin(titleOf(one), LONGEST_TYPED)).join("; ");
  return `“${typed}” may be several: ${names}. Choose one from the list that appears while you type.`;
}
