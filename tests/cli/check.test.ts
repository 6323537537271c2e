import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { openWorkshop as openAt } from "#app/destination-workshop.ts";
import { check, checkCommand } from "#cli/check.ts";
import type { OpenWorkshop } from "#cli/destinations/workshop.ts";
import { createFetcher } from "#pipeline/fetch/fetch.ts";
import { openDatabase } from "#store/engine/database.ts";
import { RSS } from "#support/feed-fixtures.ts";
import { startFeedServer } from "#support/feed-server.ts";
import { writePack } from "#support/packs.ts";
import { createSourceReader } from "#worker/read-once.ts";

let dir: string;
let data: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "policywire-check-"));
  data = join(dir, "data");
});
afterEach(() => rmSync(dir, { recursive: true }));

const pack = "feeds/privacy";
const openWorkshop: OpenWorkshop = (where) => openAt(where, () => new Date());
const faultsOf = async (options: { pack?: string; data?: string }, environment: Record<string, string> = {}) => {
  const checked = await check(options, openWorkshop, environment);
  return checked.ok ? [] : checked.faults;
};

/** A database of this program, changed by one statement. */
async function databaseAfter(statement: string) {
  const opening = await openDatabase({ url: null, dataDir: data });
  if (opening.kind !== "opened") throw new Error(opening.reason);
  await sql.raw(statement).execute(opening.database.db);
  await opening.database.close();
}

it("says in one paragraph what was found, and makes nothing", async () => {
  const checked = await check({ pack, data }, openWorkshop, {});
  expect(checked).toMatchObject({ ok: true });
  expect(checked.ok && checked.found).toMatch(
    /^The pack privacy \(Privacy\) is in order: 10 feeds, .* will be made at the first start\. .*terminal/,
  );
  expect(checked.ok && checked.found).not.toContain("\n");
  expect(existsSync(data)).toBe(false);
});

it("names faults of the environment, the pack and the database in one run", async () => {
  const faulty = join(dir, "pack");
  cpSync(pack, faulty, { recursive: true });
  writeFileSync(join(faulty, "feeds.yaml"), "feeds: []\n");
  mkdirSync(data);
  writeFileSync(join(data, "policywire.db"), "this is no database, and long enough not to be taken for an empty one");
  const faults = await faultsOf({ pack: faulty, data }, { LOG_LEVEL: "loud" });
  expect(faults).toEqual([
    expect.stringMatching(/^environment: LOG_LEVEL: not one of .*\. Choose /),
    `${join(faulty, "feeds.yaml")}:1: feeds: empty. A list of one feed or more. Each has id, name, url, site, place, kind.`,
    expect.stringMatching(/policywire\.db cannot be used as the database: .*Restore a backup/),
  ]);
});

it("takes pack and data folder from the environment when the command line names none", async () => {
  const faults = await faultsOf({}, { POLICYWIRE_PACK: join(dir, "nowhere"), POLICYWIRE_DATA: data });
  expect(faults).toEqual([expect.stringContaining(`${join(dir, "nowhere")}: no such folder`)]);
});

it("finds a current database in order", async () => {
  await databaseAfter("select 1");
  expect(await check({ pack, data }, openWorkshop, {})).toMatchObject({
    ok: true,
    found: expect.stringContaining("can be used"),
  });
});

it("lets an older database be, and says that it will be migrated", async () => {
  await databaseAfter("update schema_version set version = version - 1");
  const first = await check({ pack, data }, openWorkshop, {});
  // Version 0 is a database that holds nothing yet.
  expect(first).toMatchObject({ ok: true, found: expect.stringMatching(/will be (made|migrated)/) });
  expect(await check({ pack, data }, openWorkshop, {})).toEqual(first);
});

it("refuses a newer database with a sentence", async () => {
  await databaseAfter("update schema_version set version = version + 1");
  expect(await faultsOf({ pack, data })).toEqual([
    expect.stringMatching(/was written by a newer Policywire .* Run the newer program/),
  ]);
});

it("looks at no database when DATABASE_URL is wrong, and never repeats it", async () => {
  mkdirSync(data);
  writeFileSync(join(data, "policywire.db"), "no database");
  const faults = await faultsOf({ pack, data }, { DATABASE_URL: "mysql://me:hunter2@host/db" });
  expect(faults).toEqual([expect.stringMatching(/^environment: DATABASE_URL: not a PostgreSQL address\./)]);
});

it("says which PostgreSQL does not answer, without its password", async () => {
  const faults = await faultsOf({ pack, data }, { DATABASE_URL: "postgres://me:hunter2@127.0.0.1:1/policywire" });
  expect(faults).toEqual([
    expect.stringMatching(
      /^postgres:\/\/me@127\.0\.0\.1:1\/policywire cannot be used as the database: nothing answers there/,
    ),
  ]);
});

it("refuses a data folder that is a file", async () => {
  writeFileSync(data, "");
  expect(await faultsOf({ pack, data: join(data, "deeper") })).toEqual([
    `${data} is no folder; choose another with --data.`,
  ]);
});

it("names words that are found in words of another meaning, when it is asked", async () => {
  const made = writePack(join(dir, "pack"), [{ id: "courier", url: "http://127.0.0.1/feed" }]);
  const points = readFileSync(join(made, "points.yaml"), "utf8");
  writeFileSync(join(made, "points.yaml"), points.replace("civil penalty", "elevator penalty"));
  expect(await faultsOf({ pack: made, data })).toEqual([]);
  const checked = await check({ pack: made, data, stems: true }, openWorkshop, {});
  expect(checked).toMatchObject({
    ok: false,
    faults: [expect.stringMatching(/points\.yaml:\d+: .*"elevator" is found in "elevation" too.* Write =elevator/)],
  });
});

const json = { list: "$.results[*]", title: "$.title", link: "$.url", key: { env: "FEED_KEY_BOARD", query: "key" } };

it("names sources that no answer could be read of: a selector or path that is none, a key that is not set", async () => {
  const written = writePack(join(dir, "pack"), [
    { id: "page", url: "https://board.example/news", source: "page", page: { item: "li[" } },
    {
      id: "path",
      url: "https://board.example/path",
      source: "json",
      json: { ...json, title: "{$.a[}", key: undefined },
    },
    { id: "key", url: "https://board.example/key", source: "json", json },
  ]);
  const faults = await faultsOf({ pack: written, data });
  expect(faults).toEqual([
    expect.stringMatching(/feeds\.yaml:\d+: feeds\[0\]\.page: `item: li\[` is no CSS selector: .* Mend `page`/),
    expect.stringMatching(/feeds\.yaml:\d+: feeds\[1\]\.json: `title: \{\$\.a\[\}` is no JSONPath: .* mend `json`/),
    expect.stringMatching(/feeds\.yaml:\d+: feeds\[2\]\.json\.key\.env: FEED_KEY_BOARD is not set\. Set it/),
  ]);
  expect(await faultsOf({ pack: written, data }, { FEED_KEY_BOARD: "hush" })).toHaveLength(2);
});

it("refuses fields of another kind of source, and an interface that nobody says how to read", async () => {
  const written = writePack(join(dir, "pack"), [
    { id: "one", url: "https://board.example/1", source: "page", json },
    { id: "two", url: "https://board.example/2", source: "json" },
    { id: "three", url: "https://board.example/3", sitemap: {} },
  ]);
  expect(await faultsOf({ pack: written, data })).toEqual([
    expect.stringMatching(/feeds\[0\]\.json: for another source than `source: page`/),
    expect.stringMatching(/feeds\[1\]\.source: without `json`, which says how its answers are read/),
    expect.stringMatching(/feeds\[2\]\.sitemap: for another source than `source: feed`/),
  ]);
});

it("reads every source once when asked to, tells how it goes, and exits 1 when one fails", async () => {
  const server = await startFeedServer();
  server.answer("/feed", { body: RSS });
  server.answer("/page", {
    headers: { "content-type": "text/html" },
    body: `<ul>${["one", "two", "three"].map((id) => `<li><a href="/${id}">A notice about model ${id}</a> 20 November 2026</li>`).join("")}</ul>`,
  });
  const written = writePack(join(dir, "pack"), [
    { id: "feed", url: `${server.origin}/feed` },
    { id: "page", url: `${server.origin}/page`, source: "page" },
    { id: "gone", url: `${server.origin}/gone`, source: "json", json: { ...json, key: undefined } },
  ]);
  const clock = () => new Date("2026-11-24T12:00:00Z");
  const openReader = async () =>
    createSourceReader(
      createFetcher({ userAgent: "t", allowNetworks: ["127.0.0.0/8"], clock, pace: { concurrency: 9, intervalMs: 0 } }),
      clock,
    );
  const run = async (...args: string[]) => {
    const written = { stdout: "", stderr: "" };
    for (const name of ["stdout", "stderr"] as const)
      vi.spyOn(process[name], "write").mockImplementation((text) => {
        written[name] += String(text);
        return true;
      });
    process.exitCode = 0;
    await checkCommand(openReader, openWorkshop, clock).parseAsync(args, { from: "user" });
    vi.restoreAllMocks();
    return { ...written, code: process.exitCode };
  };
  const where = ["--pack", written, "--data", data];
  const told = await run(...where, "--network");
  const as = await run(...where, "--network", "--json");
  process.exitCode = 0;
  await server.close();
  expect(told.code).toBe(1);
  expect(told.stdout).toMatch(
    /^The pack pack .*\n.*\nok {4}feed .*\nok {4}page +3 {2}2026-11-20 {2}page\nFAIL {2}gone /,
  );
  expect(told.stderr.split("\n").filter(Boolean).sort()).toEqual([
    expect.stringMatching(/^1\/3 /),
    expect.stringMatching(/^2\/3 /),
    expect.stringMatching(/^3\/3 /),
  ]);
  expect(
    as.stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line)),
  ).toEqual([
    expect.objectContaining({ id: "feed", source: "feed", ok: true }),
    { id: "page", source: "page", ok: true, says: "page", entries: 3, newest: "2026-11-20T00:00:00.000Z" },
    { id: "gone", source: "json", ok: false, says: "The server answered 404 Not Found.", entries: 0, newest: null },
  ]);
});
