import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Story } from "#model/story.ts";
import { openDatabase } from "#store/engine/database.ts";
import { writePack } from "#support/packs.ts";
import { startProgram } from "#support/program.ts";
import { storedStory } from "#support/stored.ts";

let dataDir: string;
let stories: Story[];

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), "policywire-by-hand-"));
  writePack(join(dataDir, "pack"), [{ id: "gazette", url: "https://gazette.example/feed" }]);
  const opening = await openDatabase({ url: null, dataDir });
  if (opening.kind === "refused") throw new Error(opening.reason);
  const { db, close } = opening.database;
  stories = [await storedStory(db, { keys: ["a"] }), await storedStory(db, { keys: ["b"], title: "Port pays" })];
  await close();
});

afterAll(() => rmSync(dataDir, { recursive: true }));

const inStore = () => ["--pack", join(dataDir, "pack"), "--data", dataDir];

async function say(...args: readonly (string | number)[]) {
  const program = startProgram(args.map(String));
  const code = await program.ended;
  return { code, output: program.output(), errors: program.errors() };
}

test("stories are merged and split on the command line, and what was decided is exported", async () => {
  const [one, other] = stories as [Story, Story];
  const merged = await say("stories", "merge", one.id, other.id, ...inStore());
  expect(merged).toMatchObject({ code: 0, output: expect.stringContaining(`Story ${one.id} has 2 articles: `) });
  const split = await say("stories", "split", one.id, other.leadArticleId, ...inStore());
  expect(split.output).toContain("has 1 article: Port pays");
  const exported = await say("stories", "export", join(dataDir, "sets"), "--data", dataDir);
  expect(exported.output).toContain("Wrote 2 articles");
  const gold = readFileSync(join(dataDir, "sets", "gold", "stories-by-hand.jsonl"), "utf8");
  expect(gold).toBe(`{"id":"${one.leadArticleId}","story":"${one.id}"}\n{"id":"${other.leadArticleId}","story":"3"}\n`);
});

test("a dispute is closed and reopened on the command line", async () => {
  const { sagaId } = stories[0]!;
  expect(await say("stories", "close", sagaId, ...inStore())).toMatchObject({ output: `Saga ${sagaId} is closed.\n` });
  expect(await say("stories", "reopen", sagaId, ...inStore())).toMatchObject({
    output: `Saga ${sagaId} is open again.\n`,
  });
});

test("a dispute is named on the command line, and its developments are listed under that name", async () => {
  const { id, sagaId } = stories[0]!;
  const made = await say("stories", "saga", id, ...inStore());
  expect(made.output).toMatch(new RegExp(`^.+ \\(saga ${sagaId}\\)\n1\\. `));
  const named = await say("stories", "name", sagaId, "Harbour", "audits", ...inStore());
  expect(named.output).toBe(`Saga ${sagaId} is called “Harbour audits”.\n`);
  expect((await say("stories", "saga", id, ...inStore())).output).toContain(`Harbour audits (saga ${sagaId})\n1. `);
  await say("stories", "name", sagaId, ...inStore());
  expect((await say("stories", "saga", id, ...inStore())).output).toBe(made.output);
  expect(await say("stories", "name", 77, "x", ...inStore())).toMatchObject({ errors: "There is no saga 77.\n" });
  expect(await say("stories", "name", sagaId, "x".repeat(61), ...inStore())).toMatchObject({ code: 1 });
});

test("what cannot be decided is refused in a sentence, with a code that scripts see", async () => {
  const unknown = await say("stories", "move", 99, "new", ...inStore());
  expect(unknown).toEqual({ code: 1, output: "", errors: "Article 99 is in no story.\n" });
});
