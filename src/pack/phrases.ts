import type { Problem } from "#app/problem.ts";
import type { Pack } from "#model/pack.ts";
import { parsePhrase } from "#pipeline/tag/phrase.ts";
import { phrasesOf } from "#pipeline/tag/rules.ts";
import { pathText } from "./document.ts";
import type { LineOf } from "./line-of.ts";
import { facetsFile } from "./schema.ts";

/** Phrases that break the rule language: no tagger could be made of them. */
export function unreadablePhrases(pack: Pack, lineOf: LineOf): readonly Problem[] {
  return [...phrasesOf(pack)].flatMap(({ path, source }) => {
    const parsed = parsePhrase(source, pack.lists);
    if (parsed.ok) return [];
    const name = String(path[0]) in facetsFile.shape ? "facets.yaml" : "points.yaml";
    return parsed.problems.map((message) => ({
      ...lineOf(name, path),
      path: pathText(path),
      message: `the phrase "${source}" cannot be read: ${message}`,
      remedy: "docs/packs.md explains how phrases are written.",
    }));
  });
}
