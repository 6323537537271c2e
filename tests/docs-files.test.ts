import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";

/** Files and folders that a page names in backquotes: from the top of the repository, from `src/`, or beside the one named last. */
function missingIn(page: string): readonly string[] {
  const missing: string[] = [];
  let beside = "src";
  for (const [, name = ""] of readFileSync(page, "utf8").matchAll(/`([\w./-]+(?:\.(?:ts|yaml|json|md)|\/))`/g)) {
    const found = [name, join("src", name), join(beside, name)].find((path) => existsSync(path));
    if (found === undefined) missing.push(name);
    else if (found.startsWith("src/")) beside = name.endsWith("/") ? found : dirname(found);
  }
  return missing;
}

test.each(["ARCHITECTURE.md", "CONTRIBUTING.md", "docs/walk.md", "docs/changes.md"])(
  "every file that %s names is there",
  (page) => expect(missingIn(page)).toEqual([]),
);
