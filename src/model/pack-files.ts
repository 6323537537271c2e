import type { z } from "zod";
import { facetsFile } from "./facets-file.ts";
import { feedsFile } from "./feeds-file.ts";
import { pointsFile } from "./points-file.ts";

/*
 * The three files of a pack, each in a file beside this one: the one place where a field of it is written. The types of `pack.ts` are
 * inferred from here, and `policywire schema` writes the JSON schemas for editors and the list of fields for people. A description is
 * shown by all of them, and by `policywire check` as the remedy for a value that does not fit.
 */

/** The files of a pack, in the order in which they are read. */
export const PACK_FILES = {
  "feeds.yaml": feedsFile,
  "points.yaml": pointsFile,
  "facets.yaml": facetsFile,
} as const;

export type PackFile = keyof typeof PACK_FILES;

/** The same for reading only, all the way down. */
export type Frozen<T> = T extends readonly (infer One)[]
  ? readonly Frozen<One>[]
  : T extends object
    ? { readonly [Key in keyof T]: Frozen<T[Key]> }
    : T;

/** What the files say, with what they leave out filled in. */
export type FeedsFile = Frozen<z.output<typeof feedsFile>>;
export type PointsFile = Frozen<z.output<typeof pointsFile>>;
export type FacetsFile = Frozen<z.output<typeof facetsFile>>;
