import { globSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { expect, test } from "vitest";

/** What forgets by age, of every table. */
const FORGETS = "src/store/retention.ts";

/** The files that write each table; those of a room within the store are one. */
function writers(): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const file of globSync("src/**/*.ts")) {
    const room = dirname(file);
    const writer = room === "src/store" ? file : room;
    for (const [, table = ""] of readFileSync(file, "utf8").matchAll(
      /\.(?:insertInto|updateTable|deleteFrom)\("(\w+)/g,
    ))
      if (file !== FORGETS) found.set(table, (found.get(table) ?? new Set()).add(writer));
  }
  return found;
}

test("a table is written by one file of the store, or by one room of it", () => {
  const owners = writers();
  expect(owners.size).toBeGreaterThan(15);
  expect(owners.get("deliveries")).toEqual(new Set(["src/store/outbox"]));
  expect([...owners].filter(([, files]) => files.size > 1)).toEqual([]);
});
