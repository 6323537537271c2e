import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { type Glossaries, type LanguageFile, languageFile } from "#model/language-file.ts";
import type { Problem } from "#settings/problem.ts";
import { explain } from "./explain.ts";
import { pathText, readYaml, type YamlFile } from "./yaml-file.ts";

/** The folder of a pack in which what its words are in other languages stands: `de.yaml`. */
const FOLDER = "languages";
const NAME = /^([a-z]{2})\.yaml$/;

/** What a pack says of other languages, or every fault of these files. */
export function readGlossaries(dir: string): {
  readonly glossaries: Glossaries;
  readonly problems: readonly Problem[];
} {
  const folder = join(dir, FOLDER);
  if (!existsSync(folder)) return { glossaries: {}, problems: [] };
  const read = readdirSync(folder)
    .filter((file) => NAME.test(file))
    .map((file) => ({ language: NAME.exec(file)![1]!, ...readLanguage(join(folder, file)) }));
  const glossaries = Object.fromEntries(read.flatMap(({ language, value }) => (value ? [[language, value]] : [])));
  return { glossaries, problems: read.flatMap(({ problems }) => problems) };
}

/** One file of a language, the program's or a pack's. */
export function readLanguage(file: string): {
  readonly value: LanguageFile | null;
  readonly problems: readonly Problem[];
} {
  const yaml = readYaml(file);
  if (!("value" in yaml)) return { value: null, problems: yaml };
  const parsed = languageFile.safeParse(yaml.value);
  if (!parsed.success)
    return { value: null, problems: parsed.error.issues.flatMap((issue) => explain(languageFile, issue, yaml)) };
  const problems = [...unreadable(parsed.data, yaml), ...saidTwice(parsed.data, yaml)];
  return { value: problems.length === 0 ? parsed.data : null, problems };
}

/** Phrases that could be found nowhere: each of the one or two parts has a word. */
function* unreadable({ words }: LanguageFile, yaml: YamlFile): Generator<Problem> {
  for (const [english, phrases] of Object.entries(words)) {
    for (const [at, phrase] of phrases.entries()) {
      const parts = phrase.split("…");
      if (parts.length <= 2 && parts.every((part) => /\p{L}/u.test(part))) continue;
      const path = ["words", english, at];
      const message = `"${phrase}" is no word, nor words with one … between`;
      const remedy = "docs/packs.md explains how words of other languages are written.";
      yield { file: yaml.file, line: yaml.lineOf(path), path: pathText(path), message, remedy };
    }
  }
}

/** Phrases that are said to be two things: only one could be found. */
function* saidTwice({ words }: LanguageFile, yaml: YamlFile): Generator<Problem> {
  const first = new Map<string, string>();
  for (const [english, phrases] of Object.entries(words)) {
    for (const [at, phrase] of phrases.entries()) {
      const said = first.get(phrase);
      first.set(phrase, said ?? english);
      if (said === undefined) continue;
      const path = ["words", english, at];
      const message = `"${phrase}" is "${said}" already`;
      yield {
        file: yaml.file,
        line: yaml.lineOf(path),
        path: pathText(path),
        message,
        remedy: "Take one of them out.",
      };
    }
  }
}
