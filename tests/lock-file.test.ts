import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { z } from "zod";

const Lock = z.object({
  packages: z.record(
    z.string(),
    z.object({ optionalDependencies: z.record(z.string(), z.string()).optional(), integrity: z.string().optional() }),
  ),
});

const { packages } = Lock.parse(JSON.parse(readFileSync("package-lock.json", "utf8")));

// npm ci refuses a lock file that lacks the build of any platform, and npm leaves one out in silence
// when the registry did not have it yet.
test("the lock file holds every platform's build of every package, so that npm ci works on all", () => {
  const wanted = Object.values(packages).flatMap(({ optionalDependencies = {} }) => Object.keys(optionalDependencies));
  const held = Object.keys(packages).map((path) =>
    path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length),
  );
  expect(wanted.filter((name) => !held.includes(name))).toEqual([]);
});

test("the lock file pins the content of every package", () => {
  const unpinned = Object.entries(packages).filter(([path, { integrity }]) => path !== "" && integrity === undefined);
  expect(unpinned.map(([path]) => path)).toEqual([]);
});
