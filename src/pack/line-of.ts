import type { PackFile } from "#model/pack-files.ts";
import type { Path } from "./yaml-file.ts";

/** Where a value of a loaded pack is written. */
export type LineOf = (file: PackFile, path: Path) => { readonly file: string; readonly line: number };
