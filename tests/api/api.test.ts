import { Validator } from "@seriousme/openapi-schema-validator";
import { Ajv2020 } from "ajv/dist/2020.js";
import { beforeEach, expect, test } from "vitest";
import { z } from "zod";
import type { Library } from "#answers/question.ts";
import { apiAnswer } from "#api/api.ts";
import { openApi } from "#api/openapi.ts";
import { registerFeeds } from "#store/feeds.ts";
import { freshnessOf } from "#store/freshness.ts";
import { sqliteDatabases } from "#support/databases.ts";
import { newsLibrary } from "#support/library.ts";
import { days, NOON } from "#support/stored.ts";

const databases = sqliteDatabases();
let library: Library;

beforeEach(async () => {
  library = await newsLibrary((await databases.open()).db);
});

const ask = (path: string) => apiAnswer(new URL(path, "https://news.example"), library, NOON);

async function problem(path: string) {
  const reply = await ask(path);
  expect(reply?.headers).toEqual({ "content-type": "application/problem+json", "cache-control": "no-store" });
  const body = JSON.parse(reply?.body ?? "");
  expect(body.status).toBe(reply?.status);
  return body;
}

/** One address of each route, whose answer has something in it. */
const ASKED = {
  "/latest": "/latest?point=audit-scope",
  "/search": "/search?query=council&order=ranked",
  "/stories/{story}": "/stories/1",
  "/deadlines": "/deadlines?within=8w",
  "/quotes": "/quotes?who=holt",
  "/points": "/points",
  "/places": "/places",
  "/matters": "/matters?query=robots",
  "/matters/{matter}": "/matters/US-ID%20bill%20SB77",
  "/feeds": "/feeds",
  "/trend": "/trend?point=audit-scope",
  "/memo": "/memo?until=2026-03-02T12:30Z",
};

/** Of an OpenAPI document what is looked at here. */
const Described = z.object({
  paths: z.record(
    z.string(),
    z.object({
      get: z.object({
        parameters: z.array(z.looseObject({ name: z.string() })),
        responses: z.object({
          200: z.object({
            content: z.object({ "application/json": z.object({ schema: z.object({ $ref: z.string() }) }) }),
          }),
        }),
      }),
    }),
  ),
  components: z.object({ schemas: z.record(z.string(), z.looseObject({})) }),
});

test("every answer is what the interface's own description says", async () => {
  const described = JSON.parse((await ask("/api/v1/openapi.json"))?.body ?? "");
  const { valid, errors } = await new Validator().validate(described);
  expect({ valid, errors }).toEqual({ valid: true, errors: undefined });
  const ajv = new Ajv2020({ strict: true, validateFormats: false });
  const { paths, components } = Described.parse(described);
  expect(Object.keys(paths)).toEqual(Object.keys(ASKED));
  for (const [path, asked] of Object.entries(ASKED)) {
    const reply = await ask(`/api/v1${asked}`);
    expect(reply).toMatchObject({ status: 200, headers: { "content-type": "application/json" } });
    const { $ref } = paths[path]!.get.responses[200].content["application/json"].schema;
    const validate = ajv.compile(components.schemas[$ref.replace("#/components/schemas/", "")]!);
    expect(validate(JSON.parse(reply!.body)), JSON.stringify(validate.errors)).toBe(true);
    expect(validate({})).toBe(false);
  }
});

test("the description says what may be asked, and where", () => {
  const { paths } = Described.parse(openApi("x", "1"));
  expect(paths["/stories/{story}"]?.get.parameters[0]).toMatchObject({
    name: "story",
    in: "path",
    required: true,
    schema: { type: "integer" },
  });
  expect(paths["/search"]?.get.parameters).toMatchObject([
    { name: "query", in: "query", required: true },
    { name: "order", required: false, schema: { enum: ["newest", "ranked"], default: "newest" } },
    { name: "point", required: false, schema: { type: "array" }, explode: false },
    ...Array.from({ length: 8 }, () => ({ in: "query", required: false })),
  ]);
});

test("what cannot be asked is a problem that names the parameter", async () => {
  expect(await problem("/api/v1/latest?point=audit&limit=0")).toMatchObject({
    status: 400,
    faults: [{ parameter: "limit", reason: "Write 1 or more." }],
  });
  expect(await problem("/api/v1/latest?point=audit")).toMatchObject({
    title: "Bad Request",
    faults: [{ parameter: "point", reason: expect.stringContaining("It has: ") }],
  });
  expect(await problem("/api/v1/stories/99")).toMatchObject({ status: 404, detail: "There is no story 99." });
  expect(await problem("/api/v1/stories/x")).toMatchObject({ status: 400, faults: [{ parameter: "story" }] });
  expect(await problem("/api/v1/stories/1?story=2&stori=3")).toMatchObject({ faults: [{ parameter: "stori" }] });
  expect((await problem("/api/v1/nothing")).detail).toContain("/latest, /search");
  for (const path of ["/api/v2/latest", "/api/v1", "/api/v1/", "/api/v1/stories/1/2", "/api/v1/matters/%ff"])
    expect(await problem(path)).toMatchObject({ status: 404 });
  expect(await ask("/latest")).toBeNull();
});

test("an answer keeps its tag while what it says is the same, however fresh it is", async () => {
  const tag = async (path: string) => (await ask(path))?.headers["etag"];
  const before = await tag("/api/v1/latest");
  expect(before).toMatch(/^W\/"[\w-]{22}"$/);
  await registerFeeds(library.db, ["registry"], days(1));
  expect((await freshnessOf(library.db)).feeds).toBe(1);
  expect(await tag("/api/v1/latest")).toBe(before);
  expect(await tag("/api/v1/latest?limit=1")).not.toBe(before);
});
