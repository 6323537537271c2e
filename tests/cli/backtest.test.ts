import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { asStream, newsLines } from "#support/news-stream.ts";
import { writePack } from "#support/packs.ts";
import { startProgram } from "#support/program.ts";

let folder: string;
let pack: string;
let changed: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "policywire-backtest-"));
  const feeds = [{ id: "courier", url: "https://courier.example/feed" }];
  pack = writePack(join(folder, "pack"), feeds);
  changed = writePack(join(folder, "changed"), feeds);
  const points = join(changed, "points.yaml");
  // Courts are no policy any more, and a cherry crop is about audits.
  const rewritten = readFileSync(points, "utf8")
    .replace("      - court\n", "")
    .replace("      - audit*\n", "      - audit*\n      - cherry crop\n");
  writeFileSync(points, rewritten);
});
afterAll(() => rmSync(folder, { recursive: true }));

async function backtest(args: readonly string[]) {
  const { ended, output, errors } = startProgram(["backtest", ...args], {}, asStream(newsLines(30)));
  return { code: await ended, output: output(), errors: errors() };
}

it("names the posts that are gained, lost and worded otherwise, and what each point gains and loses", async () => {
  const { code, output } = await backtest(["-", "--pack", changed, "--against", pack]);
  expect(code).toBe(0);
  expect(output).toContain("30 items: 10 posts before, 9 after.\n1 post lost:\n  − ferry timetable: ");
  expect(output).toContain("1 post worded otherwise:\n  ~ orchard spraying: ");
  expect(output).toContain("\n  (relevant): 0 gained, 5 lost\n    − ferry timetable: ");
  expect(output).toContain("\n  audit-scope: 1 gained, 0 lost\n    + orchard spraying: ");
});

it("says that nothing changes where nothing does", async () => {
  const { code, output } = await backtest(["-", "--pack", pack, "--against", pack]);
  expect({ code, output }).toEqual({ code: 0, output: "30 items: 10 posts before, 10 after.\nNo tag changes.\n" });
});

it("names a pack that cannot be read, and plays nothing", async () => {
  const { code, output, errors } = await backtest(["-", "--pack", join(folder, "none"), "--against", pack]);
  expect({ code, output }).toEqual({ code: 1, output: "" });
  expect(errors).toContain(`${join(folder, "none")}: no such folder`);
});
