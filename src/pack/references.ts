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
    ...lists.flatMap((list) => repeats(facets, list, "id")),
    ...repeatsAmong(facets, [...valuesIn(facets, "stages", "id"), ...stepIds(facets)], "id"),
    ...repeats(facets, "stages", "order"),
    ...repeats(facets, "certainties", "order"),
    ...capsBeyondFirst(facets),
  ];
}

/** Places that facets.yaml does not know. */
export function strangers(feeds: YamlFile | null, facets: YamlFile | null): readonly Problem[] {
  if (facets === null) return [];
  const known = new Set(valuesIn(facets, "places", "id").map(({ value }) => value));
  const unknownIn = (yaml: YamlFile | null, list: string) =>
    valuesIn(yaml, list, "place")
      .filter(({ value }) => !known.has(value))
      .map(({ path, value }) =>
        problem(
          yaml as YamlFile,
          path,
          `no place \`${value}\``,
          "Add it to `places` in facets.yaml, or name one of those.",
        ),
      );
  return [...unknownIn(feeds, "feeds"), ...unknownIn(facets, "instruments")];
}

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
