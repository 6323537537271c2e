import { facetsFile } from "#model/facets-file.ts";
import type { Pack } from "#model/pack.ts";
import { numberOfLaw } from "#pipeline/matters/keys.ts";
import { collisionsOf } from "#pipeline/tag/collisions.ts";
import { lintRules } from "#pipeline/tag/lint.ts";
import { parsePhrase } from "#pipeline/tag/phrase.ts";
import { phrasesOf } from "#pipeline/tag/rules.ts";
import type { Problem } from "#settings/problem.ts";
import type { LineOf } from "./line-of.ts";
import { type Path, pathText } from "./yaml-file.ts";

/** Phrases that break the rule language: no tagger could be made of them. */
export function unreadablePhrases(pack: Pack, lineOf: LineOf): readonly Problem[] {
  return [...phrasesOf(pack)].flatMap(({ path, source }) => {
    const parsed = parsePhrase(source, pack.lists);
    if (parsed.ok) return [];
    return parsed.problems.map((message) => ({
      ...placeOf(path, lineOf),
      path: pathText(path),
      message: `the phrase "${source}" cannot be read: ${message}`,
      remedy: "docs/packs.md explains how phrases are written.",
    }));
  });
}

/** Numbers of laws that no text could name: they are not written as numbers of bills and acts are. */
export function unreadNumbers({ facets }: Pack, lineOf: LineOf): readonly Problem[] {
  return facets.instruments.flatMap(({ numbers = [] }, law) =>
    numbers.flatMap((number, at) => {
      if (numberOfLaw(number).length === 1) return [];
      const path = ["instruments", law, "numbers", at];
      const message = `"${number}" is not read as one number of a bill, an act or a case`;
      const remedy = "docs/matters.md lists how they are written.";
      return [{ ...lineOf("facets.yaml", path), path: pathText(path), message, remedy }];
    }),
  );
}

/** Phrases that can be read and still serve nothing: they never count, say a thing twice, or belong to no list in use. */
export function idlePhrases(pack: Pack, lineOf: LineOf): readonly Problem[] {
  return lintRules(pack).map(({ path, message }) => ({
    ...placeOf(path, lineOf),
    path: pathText(path),
    message,
    remedy: "Change it or take it out.",
  }));
}

/** Words of phrases that are found in other words too, which mean something else. */
export function collidingWords(pack: Pack, lineOf: LineOf): readonly Problem[] {
  return collisionsOf(pack).map(({ path, word, others }) => ({
    ...placeOf(path, lineOf),
    path: pathText(path),
    message: `"${word}" is found in ${others.map((other) => `"${other}"`).join(" and ")} too, by their stem`,
    remedy: `Write =${word}, which is found in that form alone, or bear it.`,
  }));
}

/** Where a phrase is written: its file and line. */
export const placeOf = (path: Path, lineOf: LineOf) =>
  lineOf(String(path[0]) in facetsFile.shape ? "facets.yaml" : "points.yaml", path);
