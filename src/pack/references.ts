import { basename } from "node:path";
import type { Problem } from "#settings/problem.ts";
import { type Path, pathText, type YamlFile } from "./yaml-file.ts";

/*
 * What no schema of one value can say. These read the raw values, so that a file with other faults is checked all the same.
 */

/** Ids, addresses and orders that must differ and do not: each later one, with the line of the first. */
export function doubles(feeds: YamlFile | null, points: YamlFile | null, facets: YamlFile | null): readonly Problem[] {
  // The ids of stages are told apart together with those of their steps.
  const lists = Object.keys(facets?.value ?? {}).filter((list) => list !== "stages");
  return [
    ...repeats(feeds, "feeds", "id"),
    ...repeats(feeds, "feeds", "url"),
    ...repeats(points, "points", "id"),
    ...repeats(points, "presets", "name"),
    ...lists.flatMap((list) => repeats(facets, list, "id")),
    ...repeatsAmong(facets, [...valuesIn(facets, "stages", "id"), ...stepIds(facets)], "id"),
    ...repeats(facets, "stages", "order"),
    ...repeats(facets, "certainties", "order"),
    ...capsBeyondFirst(facets),
  ];
}

/** Ids that another file is to know, and does not: places of feeds and laws, and all that a preset follows. */
export function strangers(
  feeds: YamlFile | null,
  points: YamlFile | null,
  facets: YamlFile | null,
): readonly Problem[] {
  return [
    ...unknownIn(feeds, valuesIn(feeds, "feeds", "place"), "places", facets),
    ...unknownIn(facets, valuesIn(facets, "instruments", "place"), "places", facets),
    ...["places", "stages", "actors"].flatMap((list) => unknownIn(points, followed(points, list), list, facets)),
    ...unknownIn(points, followed(points, "points"), "points", points),
    ...unknownIn(points, followed(points, "sources"), "feeds", feeds),
  ];
}

/** Those of the values in `yaml` that no id of `list` in the file `owner` is; none while that cannot be read. */
function unknownIn(
  yaml: YamlFile | null,
  values: readonly Found[],
  list: string,
  owner: YamlFile | null,
): readonly Problem[] {
  if (yaml === null || owner === null) return [];
  const known = new Set(valuesIn(owner, list, "id").map(({ value }) => value));
  const where = owner === yaml ? "this file" : basename(owner.file);
  return values
    .filter(({ value }) => !known.has(value))
    .map(({ path, value }) =>
      problem(
        yaml,
        path,
        `no ${list.replace(/s$/, "")} \`${value}\``,
        `Add it to \`${list}\` in ${where}, or name one of those.`,
      ),
    );
}

/** What the presets name in one of their lists. */
const followed = (points: YamlFile | null, list: string): Found[] =>
  valuesIn(points, "presets", list).flatMap(({ path, value }) =>
    Array.isArray(value) ? value.map((one: unknown, at) => ({ path: [...path, at], value: one })) : [],
  );

type Found = { readonly path: Path; readonly value: unknown };

/** The values of `key` in the maps of a list of the file; what has another shape is the schema's to refuse. */
function valuesIn(yaml: YamlFile | null, list: string, key: string): Found[] {
  const items = (yaml?.value as Record<string, unknown> | null | undefined)?.[list];
  if (!Array.isArray(items)) return [];
  return items.flatMap((item: unknown, at) => {
    const value = typeof item === "object" && item !== null ? (item as Record<string, unknown>)[key] : undefined;
    return value === undefined ? [] : [{ path: [list, at, key], value }];
  });
}

/** Steps share the names of stages: a story moves from one to the other. */
const stepIds = (facets: YamlFile | null): Found[] =>
  valuesIn(facets, "stages", "steps").flatMap(({ path, value }) => {
    const steps: readonly unknown[] = Array.isArray(value) ? value : [];
    return steps.flatMap((step, at): Found[] =>
      typeof step === "object" && step !== null && "id" in step ? [{ path: [...path, at, "id"], value: step.id }] : [],
    );
  });

const repeats = (yaml: YamlFile | null, list: string, key: string): Problem[] =>
  repeatsAmong(yaml, valuesIn(yaml, list, key), key);

function repeatsAmong(yaml: YamlFile | null, values: readonly Found[], key: string): Problem[] {
  const first = new Map<unknown, Found>();
  return values.flatMap((found) => {
    const same = sameness(found.value, key);
    const before = first.get(same);
    if (before === undefined) {
      first.set(same, found);
      return [];
    }
    const { lineOf } = yaml as YamlFile;
    const message = `the same ${key} as \`${pathText(before.path)}\` on line ${lineOf(before.path)}`;
    return [problem(yaml as YamlFile, found.path, message, `Give each its own ${key}, or remove one of the two.`)];
  });
}

/** Two spellings of one address are one address. */
function sameness(value: unknown, key: string): unknown {
  return key === "url" && typeof value === "string" && URL.canParse(value) ? new URL(value).href : value;
}

function capsBeyondFirst(yaml: YamlFile | null): Problem[] {
  return valuesIn(yaml, "stages", "conditionalCap")
    .filter(({ value }) => value === true)
    .slice(1)
    .map(({ path }) => problem(yaml as YamlFile, path, "a second stage with a cap", "Mark one stage alone."));
}

function problem(yaml: YamlFile, path: Path, message: string, remedy: string): Problem {
  return { file: yaml.file, line: yaml.lineOf(path), path: pathText(path), message, remedy };
}
