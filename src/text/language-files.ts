import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import type { LanguageFile } from "#model/language-file.ts";

const require = createRequire(import.meta.url);
const read = new Map<string, LanguageFile | null>();

export const pathOfLanguage = (language: string): string =>
  fileURLToPath(new URL(`languages/${language}.yaml`, import.meta.url));

/**
 * What the program knows of a language, by its ISO 639-1 code; null where nobody wrote it down, and for English. Read when the first
 * text in it comes: who reads English alone loads neither the file nor what reads it.
 */
export function languageNamed(language: string | null | undefined): LanguageFile | null {
  if (language == null || language === "en") return null;
  const known = read.get(language);
  if (known !== undefined) return known;
  const path = pathOfLanguage(language);
  const { parse } = require("yaml") as typeof import("yaml");
  // The program's own files leave nothing out, and are held to their schema by the tests.
  const file = existsSync(path) ? (parse(readFileSync(path, "utf8")) as LanguageFile) : null;
  read.set(language, file);
  return file;
}
