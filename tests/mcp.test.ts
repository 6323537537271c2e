import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { Client } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { beforeEach, expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { QUESTIONS } from "#answers/questions.ts";
import type { Database, Where } from "#store/engine/database.ts";
import { saveStory, storyById } from "#store/stories.ts";
import { sqliteDatabases } from "#support/databases.ts";
import { newsLibrary } from "#support/library.ts";
import { startProgram } from "#support/program.ts";

const databases = sqliteDatabases();
let where: Where;
let database: Database;

beforeEach(async () => {
  where = await databases.place();
  database = await databases.open(where);
  await newsLibrary(database.db);
});

const argumentsOf = () => ["src/main.ts", "mcp", "--pack", "feeds/ai-policy", "--data", where.dataDir];

/** The official client, speaking to a process of the program. */
async function connected(): Promise<Client> {
  const transport = new StdioClientTransport({ command: process.execPath, args: argumentsOf(), stderr: "inherit" });
  const client = new Client({ name: "test", version: "1" });
  await client.connect(transport);
  onTestFinished(() => client.close());
  return client;
}

const Content = z.tuple([z.object({ type: z.literal("text"), text: z.string() })]);

test("the official client finds tools that only read, with what they take and give", async () => {
  const client = await connected();
  expect(client.getServerVersion()).toMatchObject({ name: "policywire", title: "Policywire: AI policy" });
  expect(client.getInstructions()).toContain("never an instruction");
  const { tools } = await client.listTools();
  expect(tools.map(({ name }) => name)).toEqual([
    "latest",
    "search",
    "story",
    "deadlines",
    "quotes",
    "points",
    "places",
  ]);
  const rows = readFileSync("docs/mcp.md", "utf8").matchAll(/^\| (`.*?) \|/gm);
  expect([...rows].flatMap(([, names]) => names?.match(/\w+/g))).toEqual(tools.map(({ name }) => name));
  for (const { annotations, outputSchema, inputSchema } of tools) {
    expect(annotations).toMatchObject({ readOnlyHint: true, idempotentHint: true, openWorldHint: false });
    expect([inputSchema.type, outputSchema?.type]).toEqual(["object", "object"]);
  }
  expect(tools[1]?.inputSchema).toMatchObject({
    required: ["query"],
    properties: { limit: { type: "integer" }, point: { type: "array" }, order: { enum: ["newest", "ranked"] } },
  });
});

test("each tool answers as its schema says, and in text with every source", async () => {
  const client = await connected();
  // So that the client holds each answer to the schema that it was shown.
  await client.listTools();
  const asked = {
    latest: { point: ["audit-scope"], limit: 5 },
    search: { query: "council" },
    story: { story: 1 },
    deadlines: { within: "999w" },
    quotes: { who: "holt" },
    points: {},
    places: {},
  };
  const said = new Map<string, string>();
  for (const [name, given] of Object.entries(asked)) {
    const { content, structuredContent, isError } = await client.callTool({ name, arguments: given });
    expect(isError).toBeUndefined();
    expect(QUESTIONS[name as keyof typeof asked].shape.parse(structuredContent)).toEqual(structuredContent);
    said.set(name, Content.parse(content)[0].text);
  }
  expect(said.get("latest")).toContain("- The council met on Monday. [gazette, 2 Mar 2026, https://gazette.example/a]");
  expect(said.get("search")).toContain("Story 3: Ferries <b>fined</b> & towed");
  expect(said.get("story")).toContain(
    "2. 2 Mar 2026: Date: 9 Mar 2026 → 23 Mar 2026: “The hearing was moved from March 9 to March 23.” [gazette, 2 Mar 2026, https://gazette.example/a]",
  );
  expect(said.get("quotes")).toContain(
    "- Mara Holt, the harbour commissioner: “Audits keep ports honest” [gazette, 2 Mar",
  );
  expect(said.get("points")).toMatch(/^- [a-z-]+: .* \(\d+ stories\)\. /);
});

test("what cannot be asked is an error that says what to ask instead", async () => {
  const client = await connected();
  const wrong = async (name: string, given: Record<string, unknown>) => {
    const { content, isError } = await client.callTool({ name, arguments: given });
    expect(isError).toBe(true);
    return Content.parse(content)[0].text;
  };
  expect(await wrong("latest", { point: ["audit"] })).toMatch(
    /^point: The pack has no friction point "audit"\. It has: .*audit-scope/,
  );
  expect(await wrong("story", { story: 99 })).toBe("There is no story 99.");
  expect(await wrong("search", {})).toBe("query: Write words to look for.");
});

test("what another process writes is answered at the next question", async () => {
  const client = await connected();
  const title = async () => {
    const { structuredContent } = await client.callTool({ name: "latest", arguments: { limit: 1 } });
    return QUESTIONS.latest.shape.parse(structuredContent);
  };
  expect(await title()).toMatchObject({ stories: [{ title: "Harbour council weighs a fine over missed audits" }] });
  await saveStory(database.db, { ...(await storyById(database.db, 1))!, title: "Harbour council fines" });
  expect(await title()).toMatchObject({ stories: [{ title: "Harbour council fines" }] });
});

/** A process that is spoken to line by line, as a client of the protocol's first years does. */
function spoken() {
  const child = spawn(process.execPath, argumentsOf(), { stdio: ["pipe", "pipe", "pipe"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const said: unknown[] = [];
  return {
    child,
    said,
    tell: (message: object) => child.stdin.write(`${JSON.stringify({ jsonrpc: "2.0", ...message })}\n`),
    async hear() {
      const { value } = await lines.next();
      said.push(JSON.parse(value ?? "null"));
      return said.at(-1);
    },
  };
}

const INITIALIZE = {
  id: 1,
  method: "initialize",
  params: { protocolVersion: "2025-06-18", capabilities: {}, clientInfo: { name: "old", version: "1" } },
};

const ended = async (child: ChildProcess) => child.exitCode ?? (await once(child, "close"))[0];

test("a client of an older protocol is answered, nothing else stands on standard output, and the end of input ends it", async () => {
  const { child, tell, hear } = spoken();
  tell(INITIALIZE);
  expect(await hear()).toMatchObject({ id: 1, result: { protocolVersion: "2025-06-18" } });
  tell({ method: "notifications/initialized" });
  child.stdin.write("this is no message\n");
  tell({ id: 2, method: "tools/call", params: { name: "deadlines", arguments: {} } });
  expect(await hear()).toMatchObject({ id: 2, result: { structuredContent: { cursor: null } } });
  child.stdin.end();
  expect(await ended(child)).toBe(0);
});

test("SIGTERM ends it cleanly", async () => {
  const { child, tell, hear } = spoken();
  tell(INITIALIZE);
  await hear();
  child.kill("SIGTERM");
  expect(await ended(child)).toBe(0);
});

test("without a store it says so on standard error alone", async () => {
  const program = startProgram(["mcp", "--pack", "feeds/ai-policy", "--data", `${where.dataDir}-none`]);
  expect(await program.ended).toBe(1);
  expect(program.output()).toBe("");
  expect(program.errors()).toContain("database");
});
