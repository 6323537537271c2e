import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import fc from "fast-check";
import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import { parseDocument } from "yaml";
import { editorSchemas } from "#pack/json-schema.ts";
import { loadPack } from "#pack/pack.ts";
import type { Problem } from "#settings/problem.ts";

const SHIPPED = ["feeds/ai-policy", "feeds/privacy", "feeds/payments", "feeds/demo"];

describe.each(SHIPPED)("the pack %s", (dir) => {
  const outcome = loadPack(dir);

  it("loads", () => {
    expect(outcome.ok ? [] : outcome.problems).toEqual([]);
  });

  it("names no id twice on one axis, and writes every address so that it can be fetched", () => {
    if (!outcome.ok) return expect.fail("it does not load");
    const { feeds, points, facets } = outcome.pack;
    for (const list of [feeds, points, ...Object.values(facets)]) {
      const ids = (list as readonly { id: string }[]).map(({ id }) => id);
      expect(ids).toEqual([...new Set(ids)]);
    }
    for (const { url, site } of feeds) {
      expect(new URL(url).protocol).toMatch(/^https?:$/);
      expect(new URL(site).protocol).toMatch(/^https?:$/);
    }
  });

  it("offers what people follow most, and a daily digest, ready made", () => {
    if (!outcome.ok) return expect.fail("it does not load");
    const { presets } = outcome.pack;
    if (dir === "feeds/demo") return expect(presets).toEqual([]);
    expect(presets.map(({ name }) => name)).toContain("Courts");
    expect(presets.some(({ mode, at }) => mode === "daily" && at === "08:00")).toBe(true);
  });

  it("tells editors which schema each file follows", () => {
    for (const name of ["feeds", "points", "facets"]) {
      const [first] = readFileSync(join(dir, `${name}.yaml`), "utf8").split("\n");
      expect(first).toBe(`# yaml-language-server: $schema=../schema/${name}.schema.json`);
    }
  });
});

describe("a pack that is wrong", () => {
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), "policywire-pack-"));
    cpSync("feeds/privacy", dir, { recursive: true });
  });
  afterEach(() => rmSync(dir, { recursive: true }));

  const write = (name: string, text: string) => writeFileSync(join(dir, name), text);
  const change = (name: string, from: string | RegExp, to: string) => {
    const text = readFileSync(join(dir, name), "utf8");
    const changed = text.replace(from, to);
    if (changed === text) throw new Error(`nothing to replace in ${name}`);
    write(name, changed);
  };
  const lineIn = (name: string, text: string) =>
    readFileSync(join(dir, name), "utf8")
      .split("\n")
      .findIndex((line) => line.includes(text)) + 1;
  const problems = (): readonly Problem[] => {
    const outcome = loadPack(dir);
    return outcome.ok ? [] : outcome.problems;
  };
  const FEED = `
  - id: one
    name: One
    url: https://one.example/feed
    site: https://one.example
    place: EU
    kind: press
`;

  it("is refused when the folder is not there", () => {
    const outcome = loadPack(join(dir, "nowhere"));
    expect(outcome).toMatchObject({ ok: false, problems: [{ file: join(dir, "nowhere"), message: "no such folder" }] });
  });

  it("names each file that is missing, empty or not YAML, all at once", () => {
    rmSync(join(dir, "feeds.yaml"));
    write("points.yaml", "# nothing yet\n");
    write("facets.yaml", "places:\n  - id: 'EU\n    name: x\n");
    const found = problems();
    expect(found.map(({ file }) => file)).toEqual(
      expect.arrayContaining([join(dir, "feeds.yaml"), join(dir, "points.yaml"), join(dir, "facets.yaml")]),
    );
    expect(found[0]?.message).toMatch(/missing/);
    expect(found[1]?.message).toBe("the file is empty");
    expect(found[2]).toMatchObject({ message: expect.stringMatching(/^not YAML: /), line: expect.any(Number) });
  });

  it("has the line of every fault in every file, with what to write instead", () => {
    write(
      "feeds.yaml",
      `feeds:${FEED.replace("https://one.example/feed", "ftp://one.example/feed")}    colour: red\n${FEED.replace("kind: press", "kind: blog")}`,
    );
    change("points.yaml", / {4}definition: >-\n( {6}.*\n)+/, "");
    change("facets.yaml", /order: 1$/m, "order: first");
    expect(problems().map(({ file, line, path, message }) => [file.split("/").at(-1), line, path, message])).toEqual([
      ["feeds.yaml", 4, "feeds[0].url", "not a web address"],
      ["feeds.yaml", 8, "feeds[0].colour", "unknown key"],
      ["feeds.yaml", 10, "feeds[1].id", "the same id as `feeds[0].id` on line 2"],
      ["feeds.yaml", 15, "feeds[1].kind", expect.stringMatching(/^not one of regulator, /)],
      ["points.yaml", lineIn("points.yaml", "- id: consent"), "points[0].definition", "missing"],
      ["facets.yaml", lineIn("facets.yaml", "order: first"), "stages[0].order", "not a number"],
    ]);
    for (const { remedy } of problems()) expect(remedy).toMatch(/\S.*\.$/);
  });

  it("may not name a step within a stage like a stage", () => {
    change("facets.yaml", "id: agreed", "id: adopted");
    expect(problems()).toMatchObject([
      { line: lineIn("facets.yaml", "- id: adopted"), message: expect.stringMatching(/^the same id as `stages/) },
    ]);
  });

  it("may not name one address twice, however it is spelt", () => {
    const again = FEED.replace("id: one", "id: two").replace(
      "https://one.example/feed",
      "HTTPS://ONE.example:443/feed",
    );
    write("feeds.yaml", `feeds:${FEED}${again}`);
    expect(problems()).toMatchObject([
      { line: 11, path: "feeds[1].url", message: "the same url as `feeds[0].url` on line 4" },
    ]);
  });

  it("may not hold a password in an address, nor repeat it in the complaint", () => {
    write("feeds.yaml", `feeds:${FEED.replace("https://one", "https://me:hunter2@one")}`);
    expect(problems()).toMatchObject([{ line: 4, path: "feeds[0].url", message: "holds a user name or password" }]);
    expect(JSON.stringify(problems())).not.toContain("hunter2");
  });

  it("may only name places that facets.yaml knows", () => {
    write("feeds.yaml", `feeds:${FEED.replace("place: EU", "place: XX")}`);
    expect(problems()).toMatchObject([{ line: 6, path: "feeds[0].place", message: "no place `XX`" }]);
  });

  it("may only offer presets of what its files know, each under a name of its own and following something", () => {
    const line = (text: string) => lineIn("points.yaml", text);
    change("points.yaml", "points: [childrens-data]", "points: [childrens-games]");
    change("points.yaml", "    stages: [enforcement]", "    stages: [enforced]\n    sources: [nobody]");
    change("points.yaml", '    at: "08:00"', '    at: "25:00"');
    change(
      "points.yaml",
      "  - name: Courts\n    stages: [litigation, settlement]\n",
      "  - name: Children's data\n    words: []\n",
    );
    expect(problems().map(({ line, path, message }) => [line, path, message])).toEqual([
      [line("enforced"), "presets[0].stages[0]", "no stage `enforced`"],
      [line("nobody"), "presets[0].sources[0]", "no feed `nobody`"],
      [line("childrens-games"), "presets[1].points[0]", "no point `childrens-games`"],
      [line("words: []") - 1, "presets[2]", "it names nothing to follow"],
      [line("words: []") - 1, "presets[2].name", expect.stringMatching(/^the same name as `presets\[1\]\.name`/)],
      [line("25:00"), "presets[3].at", "not a time of day"],
    ]);
  });

  it("may hold no phrase that the rule language does not know", () => {
    change("points.yaml", "- pay or okay", "- pay (or okay");
    change("facets.yaml", "european parliament", "european NEAR parliament");
    expect(problems().map(({ file, line, message }) => [basename(file), line, message])).toEqual([
      [
        "points.yaml",
        lineIn("points.yaml", "pay (or okay"),
        expect.stringMatching(/^the phrase "pay \(or okay" cannot be read: /),
      ],
      ["facets.yaml", lineIn("facets.yaml", "NEAR parliament"), expect.stringMatching(/NEAR takes a number/)],
    ]);
  });

  it("must have at least one feed", () => {
    write("feeds.yaml", "feeds: []\n");
    expect(problems()).toMatchObject([{ line: 1, path: "feeds", message: "empty" }]);
  });

  it("may be anything but a map: a list, a number, a text", () => {
    for (const text of ["- 1\n", "7\n", "hello\n"]) {
      write("feeds.yaml", text);
      expect(problems()).toMatchObject([{ line: 1, message: "not a map" }]);
    }
  });

  it("may not use an alias that nothing anchors, or the same key twice", () => {
    write("feeds.yaml", "feeds: *nothing\n");
    expect(problems()).toMatchObject([{ message: expect.stringMatching(/^not YAML: /) }]);
    write("feeds.yaml", `feeds:${FEED}    name: Another\n`);
    expect(problems()).toMatchObject([{ line: 8, message: expect.stringMatching(/^not YAML: /) }]);
  });
});

describe("whatever stands in the files of a pack", () => {
  const dir = mkdtempSync(join(tmpdir(), "policywire-pack-fuzz-"));
  afterAll(() => rmSync(dir, { recursive: true }));
  const loadWith = (name: string, text: string) => {
    cpSync("feeds/privacy", dir, { recursive: true });
    writeFileSync(join(dir, name), text);
    return loadPack(dir);
  };
  const names = fc.constantFrom("feeds.yaml", "points.yaml", "facets.yaml");
  const told = (problems: readonly Problem[]) => {
    expect(problems.length).toBeGreaterThan(0);
    for (const { line, message, remedy } of problems) {
      expect(line ?? 1).toBeGreaterThan(0);
      expect(message).toMatch(/\S/);
      expect(remedy).toMatch(/\.$/);
    }
  };

  it("is told as problems and never thrown: any text", () => {
    fc.assert(
      fc.property(names, fc.string({ unit: "binary", maxLength: 200 }), (name, text) => {
        const outcome = loadWith(name, text);
        if (!outcome.ok) told(outcome.problems);
      }),
      { numRuns: 40 },
    );
  });

  it("is told as problems and never thrown: a value of any shape in the place of any other", () => {
    fc.assert(
      fc.property(names, fc.nat(), fc.jsonValue({ maxDepth: 2 }), (name, at, value) => {
        const document = parseDocument(readFileSync(join("feeds/privacy", name), "utf8"));
        const paths = pathsIn(document.toJS());
        const path = paths[at % paths.length] ?? [];
        document.setIn(path, value);
        const outcome = loadWith(name, document.toString());
        if (!outcome.ok) told(outcome.problems);
      }),
      { numRuns: 40 },
    );
  });
});

/** The way to each value inside `value`. */
function pathsIn(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== "object" || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, inner]) => pathsIn(inner, [...path, key]))].filter(
    ({ length }) => length > 0,
  );
}

describe("what a feed leaves out", () => {
  it("follows from its kind: a regulator is a primary source, press is not", () => {
    const outcome = loadPack("feeds/ai-policy");
    if (!outcome.ok) return expect.fail("it does not load");
    const feed = (id: string) => outcome.pack.feeds.find((one) => one.id === id);
    expect(feed("ftc")).toMatchObject({ primary: true, fullText: "auto" });
    expect(feed("guardian-ai")).toMatchObject({ primary: false, fullText: "never" });
    expect(feed("commons-library")).toMatchObject({ kind: "legislature", primary: false });
  });
});

describe("what stands in feeds/schema", () => {
  it.each(editorSchemas())("$name is what the code reads (else run: npm run schema)", ({ name, text }) => {
    expect(readFileSync(join("feeds/schema", name), "utf8")).toBe(text);
  });
});
