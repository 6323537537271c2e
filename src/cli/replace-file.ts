import { renameSync, writeFileSync } from "node:fs";

/** Writes a file whole or not at all: who reads it meanwhile, or after the power failed, has the old one or the new. */
export function replaceFile(file: string, content: string | Uint8Array): void {
  writeFileSync(`${file}.new`, content);
  renameSync(`${file}.new`, file);
}
