import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { parseCommand } from "#cli/parse.ts";
import { NOW } from "#support/samples.ts";

afterEach(() => vi.restoreAllMocks());

test("a file is read as of now, by which a year of two digits is told from a day", async () => {
  const folder = mkdtempSync(join(tmpdir(), "policywire-parse-"));
  const file = join(folder, "feed.xml");
  const item = "<item><title>Audits are due</title><pubDate>26-11-19</pubDate></item>";
  writeFileSync(file, `<rss version="2.0"><channel><title>Gazette</title>${item}</channel></rss>`);
  const said: string[] = [];
  vi.spyOn(process.stdout, "write").mockImplementation((text) => said.push(String(text)) > 0);
  const unused = () => {
    throw new Error("no address was given");
  };
  await parseCommand(unused, () => NOW).parseAsync([file], { from: "user" });
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
  expect(JSON.parse(said.join(""))).toMatchObject({ ok: true, entries: [{ published: "2026-11-19T00:00:00.000Z" }] });
});
