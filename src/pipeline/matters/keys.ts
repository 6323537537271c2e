import type { Facets } from "#model/pack.ts";
import type { Span } from "#model/tag.ts";
import { extentOf, type Identifier, identifiersOf } from "#text/identifiers.ts";
import { once } from "#text/once.ts";
import { stateIn } from "#text/us-states.ts";

/** Of an instrument of a pack what makes its matter. */
export type Law = Facets["instruments"][number];

/** Two years each, from 1789. */
const congressOf = (at: Date): number => Math.floor((at.getUTCFullYear() - 1789) / 2) + 1;

/**
 * What the matter of an identifier is filed under: two states' bills of one number are two, as are those of two Congresses. Null
 * for a state's bill where neither its sentence nor the rest says whose. `texts` are what was read, the nearest first.
 */
export function keyOf(
  { key, kind, country }: Omit<Identifier, keyof Span>,
  at: Date,
  texts: readonly string[],
): string | null {
  const extent = extentOf(key);
  if (extent === "everywhere") return key;
  if (extent === "country")
    return kind === "bill" && country === "US" ? `${key} of ${congressOf(at)}` : `${country} ${key}`;
  const state = texts.map(stateIn).find((found) => found !== null);
  return state === undefined ? null : `${state} ${key}`;
}

/** The laws of a pack by what their numbers are filed under. */
export const lawsByNumber = once((laws: readonly Law[]): ReadonlyMap<string, Law> => {
  return new Map(laws.flatMap((law) => keysOfLaw(law).map((key) => [key, law] as const)));
});

/** What each number of a law is filed under; in an empty place a number that none is. */
function keysOfLaw({ numbers = [], place }: Law): readonly string[] {
  return numbers.flatMap((number) => {
    const [found] = numberOfLaw(number);
    if (found === undefined) return [];
    return extentOf(found.key) === "state" ? [`${place} ${found.key}`] : [found.key];
  });
}

/** The key of the matter whose number somebody writes: `SB 53`, with its state where the pack has no such law. Null for no number. */
export function keyWritten(typed: string, laws: readonly Law[], now: Date): string | null {
  const [found] = numberOfLaw(typed);
  if (found === undefined) return null;
  const key = keyOf(found, now, [typed]);
  const byNumber = lawsByNumber(laws);
  const law = key === null ? alone(laws, found.key) : (byNumber.get(key) ?? byNumber.get(found.key));
  return law?.id ?? key;
}

/** The one law of a pack that has a state's number, whatever its state. */
function alone(laws: readonly Law[], number: string): Law | undefined {
  const [one, other] = [...lawsByNumber(laws)].filter(([key]) => key.endsWith(` ${number}`));
  return other === undefined ? one?.[1] : undefined;
}

/** A number as a pack writes it, among words that vouch for a bill. */
export const numberOfLaw = (number: string): readonly Identifier[] => identifiersOf(`New York's bill: ${number}`);
