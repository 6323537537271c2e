import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { startFeedServer } from "#support/feed-server.ts";
import { rss, writePack } from "#support/packs.ts";
import { DECISION, decision } from "#support/pdf/documents.ts";
import { startProgram } from "#support/program.ts";

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), "policywire-lean-"));
  onTestFinished(() => rmSync(made, { recursive: true }));
  return made;
}

test.runIf(process.platform === "linux")(
  "what goes on for long is a lean process under the id it began with",
  async () => {
    const server = await startFeedServer();
    onTestFinished(() => server.close());
    server.answer("/courier", { body: rss(server.origin, []) });
    const at = folder();
    const pack = writePack(join(at, "pack"), [{ id: "courier", url: `${server.origin}/courier` }]);
    const { child, says, ended } = startProgram(["run", "--pack", pack, "--data", join(at, "data")]);
    await says("1 feed");
    const of = (name: string) => readFileSync(`/proc/${child.pid}/${name}`, "utf8").split("\0");
    expect(of("cmdline")).toContain("--optimize-for-size");
    expect(of("environ")).toContain("MALLOC_ARENA_MAX=1");
    child.kill("SIGTERM");
    expect(await ended).toBe(0);
  },
);

test("the first start fills the cache of compiled code, then starts once more", async () => {
  const cache = folder();
  const { ended, output } = startProgram(["run", "--help"], { NODE_COMPILE_CACHE: cache });
  expect(await ended).toBe(0);
  expect(output()).toContain("Usage: policywire run");
  // One folder for the lean process, and one for the process before it, which has other flags.
  const kept = readdirSync(cache).map((version) => readdirSync(join(cache, version)).length);
  expect(Math.max(...kept)).toBeGreaterThan(500);
});

test("where no compiled code can be kept, it starts all the same", async () => {
  const { ended, output } = startProgram(["run", "--help"], { NODE_DISABLE_COMPILE_CACHE: "1" });
  expect(await ended).toBe(0);
  expect(output()).toContain("Usage: policywire run");
});

/** Says on standard error which modules a process loads. */
const TELLING = `data:text/javascript,${encodeURIComponent(
  'import { registerHooks } from "node:module";' +
    'registerHooks({ load: (url, context, next) => { process.stderr.write("loads " + url + "\\n"); return next(url, context); } });',
)}`;

/** What only those need who serve programs: their protocols, and what writes feeds. */
const OF_PROGRAMS = /loads \S*(?:modelcontextprotocol|feedsmith|\/src\/mcp\/|\/src\/api\/)\S*/g;

test("what answers programs is loaded by nothing else", async () => {
  const loading = async (...args: string[]) => {
    const program = startProgram(args, { NODE_OPTIONS: `--import "${TELLING}"` });
    await program.ended;
    expect(program.errors()).toContain("loads ");
    return program.errors().match(OF_PROGRAMS) ?? [];
  };
  const data = folder();
  expect(await loading("--help")).toEqual([]);
  expect(await loading("latest", "--data", data)).toEqual([]);
  expect(await loading("run", "--help")).toEqual([]);
  expect(await loading("mcp", "--data", data)).not.toEqual([]);
});

/** Notes what the program loads, not what its threads do, and reads a PDF from its input. */
const READS_A_PDF = `
  const { registerHooks } = await import("node:module");
  const { buffer } = await import("node:stream/consumers");
  const loaded = [];
  registerHooks({ load: (url, context, next) => (loaded.push(url), next(url, context)) });
  await import(${JSON.stringify(new URL("../src/app/run.ts", import.meta.url).href)});
  const { readPageAside } = await import(${JSON.stringify(new URL("../src/pipeline/extract/page.ts", import.meta.url).href)});
  const read = await readPageAside(new Uint8Array(await buffer(process.stdin)), "application/pdf", "");
  console.log(JSON.stringify({ read, loaded }));`;

test("what reads a PDF loads in the thread that reads one, and nowhere else", () => {
  const flags = ["-e", READS_A_PDF];
  const { stdout } = spawnSync(process.execPath, flags, { input: decision(), encoding: "utf8", maxBuffer: 2 ** 26 });
  const { read, loaded } = JSON.parse(stdout) as { read: object; loaded: readonly string[] };
  expect(read).toMatchObject({ kind: "done", value: { text: DECISION.flat().join("\n\n") } });
  expect(loaded.length).toBeGreaterThan(100);
  expect(loaded.filter((url) => /unpdf|extract\/pdf\//.test(url))).toEqual([]);
});
