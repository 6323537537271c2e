import { renameSync, writeFileSync } from "node:fs";

/** Writes a file whole or not at all: who reads it meanwhile, or after the power failed, has the old text or the new. */
export function replaceFile(file: string, text: string): void {
  writeFileSync(`${file}.new`, text);
  renameSync(`${file}.new`, file);
}
