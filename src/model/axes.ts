import type { Pack } from "./pack.ts";

/** Something a filter names: what is stored, and what people read. */
export type Named = { readonly id: string; readonly name: string };

/** The axes of the pack that an option can name, under the option's name. */
export const AXES = {
  point: (pack: Pack): readonly Named[] => pack.points,
  place: (pack: Pack): readonly Named[] => pack.facets.places,
  stage: (pack: Pack): readonly Named[] => pack.facets.stages,
  actor: (pack: Pack): readonly Named[] => pack.facets.actors,
  law: (pack: Pack): readonly Named[] => pack.facets.instruments,
  source: (pack: Pack): readonly Named[] => pack.feeds,
} as const;

/** Options that name several of an axis, each with the field of a filter that holds them; laws are read apart. */
export const AXIS_FIELDS = [
  ["point", "points"],
  ["place", "places"],
  ["stage", "stages"],
  ["actor", "actors"],
  ["source", "sources"],
] as const satisfies readonly (readonly [AxisOption, string])[];

export type AxisOption = keyof typeof AXES;

export const isAxisOption = (name: string): name is AxisOption => name in AXES;

/** What stands between commas. */
export const readWords = (typed: string | null): readonly string[] =>
  (typed ?? "").split(",").flatMap((part) => part.trim() || []);

export function findNamed(text: string, named: readonly Named[]): Named | null {
  const wanted = text.toLowerCase();
  return named.find(({ id, name }) => id.toLowerCase() === wanted || name.toLowerCase() === wanted) ?? null;
}

/** What drops a story may be named by several axes, or be any words. */
export const unwantable = (pack: Pack): readonly Named[] => [
  ...AXES.point(pack),
  ...AXES.place(pack),
  ...AXES.actor(pack),
  ...AXES.source(pack),
];

/** What ids are called; one that is not known is called by itself. */
export const namesOf = (ids: readonly string[], named: readonly Named[]) =>
  ids.map((id) => named.find((one) => one.id === id)?.name ?? id);
