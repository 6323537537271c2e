import { join } from "node:path";
import type { FeedKind } from "#model/feed.ts";
import type { Pack } from "#model/pack.ts";
import { loadConfig } from "#settings/config.ts";
import { complain } from "#settings/problem.ts";

export type PackOption = { readonly pack?: string };
export type NewFeed = PackOption & {
  readonly id?: string;
  readonly name?: string;
  readonly place?: string;
  readonly kind: FeedKind;
  readonly dryRun?: boolean;
};

export const dirOf = ({ pack }: PackOption): string => pack ?? loadConfig().config.packDir;
export const fileOf = (options: PackOption): string => join(dirOf(options), "feeds.yaml");

export function tell(text: string): number {
  process.stdout.write(text);
  return 0;
}

export const idsOf = ({ feeds }: Pack): Set<string> => new Set(feeds.map(({ id }) => id));

/** The place of a new feed, or null when the pack has none by that id. */
export function placeOf({ place }: NewFeed, { facets }: Pack): string | null {
  const ids = facets.places.map(({ id }) => id);
  if (place !== undefined) return ids.includes(place) ? place : null;
  return ids.includes("INT") ? "INT" : (ids[0] ?? null);
}

export const noPlace = ({ place }: NewFeed, { facets }: Pack): number =>
  complain([`The pack has no place ${place ?? ""}; it has ${facets.places.map(({ id }) => id).join(", ")}.`]);
