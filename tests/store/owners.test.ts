import { globSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { expect, test } from "vitest";
import { TABLES } from "#store/transfer.ts";

const WRITES = /(?:insertInto|updateTable|deleteFrom)\("(\w+)"|\b(?:insert into|update|delete from) (\w+)/g;

/** What is too old is deleted of all tables by one file, which knows what hangs on what. */
const DELETER = "retention.ts";

test("a table is written by one file; of the deliveries the one on edits keeps a column", () => {
  const writers = new Map<string, Set<string>>();
  for (const path of globSync("src/store/{,engine/}*.ts")) {
    const file = basename(path);
    if (file === DELETER) continue;
    for (const [, built, raw] of readFileSync(path, "utf8").matchAll(WRITES)) {
      const table = built ?? raw ?? "";
      writers.set(table, (writers.get(table) ?? new Set()).add(file));
    }
  }
  const shared = [...writers].filter(([, files]) => files.size > 1).map(([table, files]) => [table, [...files].sort()]);
  expect(shared).toEqual([["deliveries", ["growth.ts", "outbox.ts"]]]);
  expect(TABLES.filter(({ name }) => !writers.has(name))).toEqual([]);
});
