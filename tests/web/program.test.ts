import { globSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { startFeedServer } from "#support/feed-server.ts";
import { freePort } from "#support/free-port.ts";
import { rss, writePack } from "#support/packs.ts";
import { startProgram } from "#support/program.ts";

const TOKEN = "a-token-that-nobody-guesses";

/** A pack of one feed, and an empty folder for its store. */
async function places(): Promise<readonly string[]> {
  const at = mkdtempSync(join(tmpdir(), "policywire-web-"));
  onTestFinished(() => rmSync(at, { recursive: true }));
  const server = await startFeedServer();
  onTestFinished(() => server.close());
  server.answer("/courier", { body: rss(server.origin, []) });
  const pack = writePack(join(at, "pack"), [{ id: "courier", url: `${server.origin}/courier` }]);
  return ["--pack", pack, "--data", join(at, "data")];
}

test("`run` serves the site where a port is set, `web` beside it, and both end when they are told to", async () => {
  const at = await places();
  const [first, second] = [await freePort(), await freePort()];
  const run = startProgram(["run", ...at], { WEB_PORT: String(first), WEB_TOKEN: TOKEN, LOG_LEVEL: "info" });
  await run.says("the site is served");
  await run.says("1 feed");
  const web = startProgram(["web", ...at], { WEB_PORT: String(second) });
  await web.says(`Policywire is read at http://127.0.0.1:${second}`);
  const asked = await fetch(`http://127.0.0.1:${first}/feeds`, { headers: { authorization: `Bearer ${TOKEN}` } });
  expect(await asked.text()).toContain("1 feed, 0 failing");
  expect((await fetch(`http://127.0.0.1:${first}/feeds`)).status).toBe(401);
  expect(await (await fetch(`http://127.0.0.1:${second}/`)).text()).toContain("Nothing moved here.");
  const { paths } = (await (await fetch(`http://127.0.0.1:${second}/api/v1/openapi.json`)).json()) as { paths: object };
  for (const path of Object.keys(paths).filter((each) => !/[{]|search|trend/.test(each)))
    expect((await fetch(`http://127.0.0.1:${second}/api/v1${path}`)).status, path).toBe(200);
  expect(await (await fetch(`http://127.0.0.1:${second}/latest.atom`)).text()).toContain(
    "<id>tag:127.0.0.1,2026:latest</id>",
  );
  for (const { child, ended } of [web, run]) {
    child.kill("SIGTERM");
    expect(await ended).toBe(0);
  }
  expect(run.output() + run.errors()).not.toContain(TOKEN);
});

test("a site that others could read without a token is not served", async () => {
  const { ended, errors } = startProgram(["web", ...(await places())], { WEB_HOST: "0.0.0.0" });
  expect(await ended).toBe(1);
  expect(errors()).toMatch(/^environment: WEB_TOKEN: none, while WEB_HOST is not of this machine alone\./);
});

/** What loading a file of the program loads with it, unless it is asked for later. */
function loadedWith(file: string, known = new Set<string>()): ReadonlySet<string> {
  if (known.has(file)) return known;
  known.add(file);
  for (const [, kind, imported = ""] of readFileSync(file, "utf8").matchAll(
    /^(import|export) (?!type )[^;]*?"([#.][^"]+\.ts)"/gm,
  )) {
    const path = imported.startsWith(".") ? join(dirname(file), imported) : imported.replace("#", "src/");
    if (kind !== undefined) loadedWith(path, known);
  }
  return known;
}

test("a process that serves no site loads none of it", () => {
  const ofSite = new Set(globSync("src/{web,api}/**/*.ts"));
  const loaded = ["src/app/run.ts", "src/app/program.ts", "src/app/commands.ts"].flatMap((file) => [
    ...loadedWith(file),
  ]);
  expect(loaded.length).toBeGreaterThan(100);
  expect(loaded.filter((file) => ofSite.has(file))).toEqual([]);
  // The same walk finds what is loaded: it is no walk that finds nothing.
  expect([...loadedWith("src/web/serve.ts")]).toContain("src/web/gate.ts");
});
