import { existsSync, readFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import type { z } from "zod";
import type { Feed } from "#model/feed.ts";
import type { Pack } from "#model/pack.ts";
import { type FacetsFile, type FeedsFile, PACK_FILES, type PackFile, type PointsFile } from "#model/pack-files.ts";
import type { Weights } from "#model/weights.ts";
import { forPack } from "#pipeline/tag/general.ts";
import type { Problem } from "#settings/problem.ts";
import { explain } from "./explain.ts";
import { readGlossaries } from "./glossaries.ts";
import type { LineOf } from "./line-of.ts";
import { unreadablePhrases, unreadNumbers } from "./phrases.ts";
import { doubles, strangers } from "./references.ts";
import { generalWeights, readWeights } from "./weights.ts";
import { readYaml, type YamlFile } from "./yaml-file.ts";

export type PackOutcome =
  | { readonly ok: true; readonly pack: Pack; readonly lineOf: LineOf }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/**
 * Reads the three files of a pack. Every error of all three comes back at once, in the order of files and lines. Whoever takes no
 * more than names from it need not wait until each phrase is found to be readable.
 */
export function loadPack(dir: string, { namesAlone = false } = {}): PackOutcome {
  if (!existsSync(dir)) {
    const remedy = "Name a folder that holds feeds.yaml, points.yaml and facets.yaml, such as feeds/ai-policy.";
    return { ok: false, problems: [{ file: dir, line: null, path: null, message: "no such folder", remedy }] };
  }
  const read = Object.keys(PACK_FILES).map((name) => readFile(dir, name as PackFile));
  const yaml = Object.fromEntries(read.map(({ name, yaml }) => [name, yaml])) as Record<PackFile, YamlFile | null>;
  const problems = [
    ...read.flatMap((file) => file.problems),
    ...doubles(yaml["feeds.yaml"], yaml["points.yaml"], yaml["facets.yaml"]),
    ...strangers(yaml["feeds.yaml"], yaml["points.yaml"], yaml["facets.yaml"]),
  ];
  if (problems.length > 0) return { ok: false, problems: inOrder(problems) };
  const [feeds, points, facets] = read.map(({ value }) => value) as [FeedsFile, PointsFile, FacetsFile];
  const weights = namesAlone ? null : weightsIn(dir);
  if (typeof weights === "string") {
    const file = join(dir, WEIGHTS_FILE);
    const remedy = "Make it anew with `policywire learn`, or delete it: the pack then has the general weights.";
    return { ok: false, problems: [{ file, line: null, path: null, message: weights, remedy }] };
  }
  const languages = namesAlone ? { glossaries: {}, problems: [] } : readGlossaries(dir);
  if (languages.problems.length > 0) return { ok: false, problems: languages.problems };
  const { glossaries } = languages;
  const own: Pack = {
    ...points,
    id: basename(resolve(dir)),
    feeds: feeds.feeds.map(feedOf),
    facets,
    weights,
    glossaries,
  };
  const pack = weights === null && !namesAlone ? { ...own, weights: forPack(generalWeights(), own) } : own;
  const lineOf: LineOf = (file, path) => ({ file: join(dir, file), line: yaml[file]?.lineOf(path) ?? 1 });
  const unreadable = namesAlone ? [] : [...unreadablePhrases(pack, lineOf), ...unreadNumbers(pack, lineOf)];
  return unreadable.length > 0 ? { ok: false, problems: unreadable } : { ok: true, pack, lineOf };
}

/** What was learned, beside the files that people write. */
export const WEIGHTS_FILE = "weights.json";

function weightsIn(dir: string): Weights | string | null {
  const file = join(dir, WEIGHTS_FILE);
  return existsSync(file) ? readWeights(readFileSync(file, "utf8")) : null;
}

type Read = {
  readonly name: PackFile;
  readonly yaml: YamlFile | null;
  readonly value: unknown;
  readonly problems: readonly Problem[];
};

function readFile(dir: string, name: PackFile): Read {
  const yaml = readYaml(join(dir, name));
  if (!("value" in yaml)) return { name, yaml: null, value: null, problems: yaml };
  const schema: z.ZodType = PACK_FILES[name];
  const parsed = schema.safeParse(yaml.value);
  if (parsed.success) return { name, yaml, value: parsed.data, problems: [] };
  return { name, yaml, value: null, problems: parsed.error.issues.flatMap((issue) => explain(schema, issue, yaml)) };
}

function inOrder(problems: readonly Problem[]): readonly Problem[] {
  const files = [...new Set(problems.map(({ file }) => file))];
  return problems.toSorted((a, b) => files.indexOf(a.file) - files.indexOf(b.file) || (a.line ?? 0) - (b.line ?? 0));
}

const PRIMARY_KINDS = new Set<Feed["kind"]>(["regulator", "court", "legislature"]);

function feedOf(feed: FeedsFile["feeds"][number]): Feed {
  return { ...feed, primary: feed.primary ?? PRIMARY_KINDS.has(feed.kind) };
}
