import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { asStream, newsLines } from "#support/news-stream.ts";
import { writePack } from "#support/packs.ts";
import { startProgram } from "#support/program.ts";

const LINES = newsLines(12);

let folder: string;
let pack: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "policywire-play-"));
  pack = writePack(join(folder, "pack"), [{ id: "courier", url: "https://courier.example/feed" }]);
  mkdirSync(join(folder, "tmp"));
});
afterEach(() => expect(readdirSync(join(folder, "tmp")), "a play left files behind").toEqual([]));
afterAll(() => rmSync(folder, { recursive: true }));

/** Plays in a process of its own, with a folder for temporary files that is to be empty after each test. */
async function play(args: readonly string[], input = "") {
  const env = { TMPDIR: join(folder, "tmp"), POLICYWIRE_DATA: join(folder, "none"), NO_COLOR: "1" };
  const { ended, output, errors } = startProgram(["play", ...args], env, input);
  const code = await ended;
  return { code, output: output(), errors: errors(), rows: rowsIn(output()) };
}

type Row = {
  kind: string;
  at: string;
  lead: string;
  story: number;
  articles: string[];
  sentences: Sentence[];
  movements: Movement[];
};
type Movement = { kind: string; to: string | null };
type Sentence = { article: string; start: number; end: number; text: string };

function rowsIn(output: string): Row[] {
  return output.startsWith("{")
    ? output
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line) as Row)
    : [];
}

describe("play", () => {
  it("tells, for each post, from which items it is and where its sentences stand in them", async () => {
    const { code, rows } = await play(["-", "--pack", pack, "--json"], asStream(LINES));
    expect(code).toBe(0);
    const posts = rows.filter(({ kind }) => kind === "post");
    expect(posts.length).toBeGreaterThan(3);
    const textOf = new Map(LINES.map(({ id, text }) => [id, text]));
    for (const { sentences } of posts) {
      for (const { article, start, end, text } of sentences) expect(textOf.get(article)?.slice(start, end)).toBe(text);
    }
    // An item comes with the first round after it.
    const first = LINES.find(({ id }) => id === posts[0]?.lead);
    expect(Date.parse(posts[0]?.at ?? "") - Date.parse(first?.at ?? "")).toBeLessThanOrEqual(3_600_000);
    expect(posts[0]?.at).toMatch(/:00:00\.000Z$/);
    const stories = rows.filter(({ kind }) => kind === "story");
    expect(stories.map(({ story }) => story)).toEqual(
      [...new Set(posts.map(({ story }) => story))].sort((a, b) => a - b),
    );
  });

  it("prints what a channel would have got, and closes with what came of it, read from a packed file", async () => {
    const file = join(folder, "news.jsonl.gz");
    writeFileSync(file, gzipSync(asStream(LINES)));
    const { code, output } = await play([file, "--pack", pack]);
    expect(code).toBe(0);
    expect(output).toContain("--- 2 Mar 2026, 07:00 UTC ---\n");
    expect(output).toContain("12 items from 3 sources, 2 Mar 2026, 06:10 UTC to 2 Mar 2026, 08:00 UTC");
    for (const heading of ["By friction point", "By stage", "By source"]) expect(output).toContain(`\n${heading}\n`);
    // The catalogue's own name for a source that it knows.
    expect(output).toMatch(/\n +\d+ {2}The courier\n/);
  });

  it("is the same to the byte when it is played again, and after a play that was killed", async () => {
    const stream = asStream(newsLines(30));
    const args = ["play", "-", "--pack", pack, "--json"];
    const killed = startProgram(args, {}, stream);
    await killed.says('"kind":"post"');
    killed.child.kill("SIGKILL");
    await killed.ended;
    const [one, other] = await Promise.all([play(args.slice(1), stream), play(args.slice(1), stream)]);
    expect(one.rows.length).toBeGreaterThan(10);
    expect(one.output).toBe(other.output);
  });

  it("tells no change where a regulator writes a paper's figure in short", async () => {
    const matter =
      "against Northlake Labs over its artificial intelligence chatbot, which failed the safety audit required.";
    const told = (id: string, source: string, at: string, text: string) => ({
      id,
      title: `FTC fines Northlake Labs over AI chatbot, says ${source}`,
      text: `The Federal Trade Commission ${text} ${matter} The company is to answer in thirty days.`,
      url: `https://news.example/${id}`,
      at: `2026-03-02T${at}:10:00Z`,
      source,
    });
    const paper = told("p1", "courier", "06", "has imposed a fine of $250,000");
    const changesWith = async (figure: string) => {
      const office = told("p2", "FTC", "09", `today imposed a fine of ${figure}`);
      const { rows } = await play(["-", "--json"], asStream([paper, office]));
      return rows.flatMap((row) =>
        row.kind === "post"
          ? [row.movements.filter(({ kind }) => kind !== "point").map(({ kind, to }) => `${kind} ${to}`)]
          : [],
      );
    };
    expect(await changesWith("$250k")).toEqual([["opened enforcement"]]);
    expect(await changesWith("$350k")).toEqual([["opened enforcement"], ["figure $350k"]]);
  });

  it("follows what it is asked to follow, and shows digests at their time", async () => {
    const many = asStream(newsLines(30));
    const [all, few, digest] = await Promise.all([
      play(["-", "--pack", pack, "--json"], many),
      play(["-", "--pack", pack, "--json", "--follow", "point:penalties"], many),
      play(["--pack", pack, "--json", "--digest", "daily@08:30", "Europe/Paris", "-"], many),
    ]);
    const count = ({ rows }: { rows: Row[] }) => rows.filter(({ kind }) => kind === "post").length;
    expect(count(few)).toBeGreaterThan(0);
    expect(count(few)).toBeLessThan(count(all));
    expect(digest.rows.map(({ kind }) => kind).filter((kind) => kind !== "story")).toEqual(["digest", "digest"]);
    expect(digest.rows.flatMap(({ kind, at }) => (kind === "digest" ? [at] : []))).toEqual([
      "2026-03-02T07:30:00.000Z",
      "2026-03-03T07:30:00.000Z",
    ]);
  });

  it("keeps the store in a folder that has none, for look-ups", async () => {
    const data = join(folder, "kept");
    expect((await play(["-", "--pack", pack, "--data", data], asStream(LINES))).code).toBe(0);
    const latest = startProgram(["latest", "--pack", pack, "--data", data, "--json"]);
    expect(await latest.ended).toBe(0);
    expect(latest.output()).toContain('"url":"https://news.example/');
    const again = await play(["-", "--pack", pack, "--data", data], asStream(LINES));
    expect(again).toMatchObject({
      code: 1,
      errors: `${data} holds a store already; name an empty folder.\n`,
      output: "",
    });
  });

  it("plays the articles of a store when it is given no file", async () => {
    const data = join(folder, "stored");
    const fresh = LINES.map((line, at) => ({
      ...line,
      at: new Date(Date.now() - (20 - at) * 3_600_000).toISOString(),
    }));
    await play(["-", "--pack", pack, "--data", data], asStream(fresh));
    const env = { POLICYWIRE_DATA: data, POLICYWIRE_PACK: pack };
    const replayed = startProgram(["play", "--json", "--since", "2d"], env);
    expect(await replayed.ended).toBe(0);
    const posts = rowsIn(replayed.output()).filter(({ kind }) => kind === "post");
    expect(posts.length).toBeGreaterThan(3);
    expect(posts[0]?.lead).toMatch(/^\d+$/);
    const none = startProgram(["play", "--since", "1h"], env);
    expect(await none.ended).toBe(1);
    expect(none.errors()).toContain("The store has no articles from that time: name a longer one with --since");
  });
});

describe("what cannot be played", () => {
  const [first, second, third] = LINES as [object, object, object];

  it("is named by its line, and the rest is played", async () => {
    const lines = [
      JSON.stringify(first),
      '{"id":',
      JSON.stringify({ ...second, url: undefined }),
      JSON.stringify({ ...second, at: "last Tuesday" }),
      JSON.stringify(first),
      JSON.stringify(third),
    ];
    const { code, rows, errors } = await play(["-", "--pack", pack, "--json"], lines.join("\n"));
    expect(code).toBe(1);
    expect(errors.trimEnd().split("\n")).toEqual([
      expect.stringMatching(/^standard input: line 2: not JSON: .* It is left out\.$/),
      expect.stringMatching(/^standard input: line 3: url: .* It is left out\.$/),
      'standard input: line 4: at: "last Tuesday" is no date; write it as 2026-01-31T08:00:00Z. It is left out.',
      'standard input: line 5: id: "n0" stands in line 1 already. It is left out.',
    ]);
    expect(rows.filter(({ kind }) => kind === "post").map(({ lead }) => lead)).toEqual(["n0", "n2"]);
  });

  it("is said of a stream with nothing in it, and of one out of order, which is sorted", async () => {
    const remedy = "give JSON lines {id, title, text, url, at, source}.\n";
    const empty = await play(["-", "--pack", pack, "--json"]);
    expect(empty).toMatchObject({ code: 1, output: "", errors: `standard input is empty: ${remedy}` });
    const sorted = await play(["-", "--pack", pack, "--json"], asStream([third, first, second]));
    expect(sorted.errors).toBe(
      "standard input: 1 line is earlier than the one before; all were put in order of time.\n",
    );
    expect(sorted.code).toBe(0);
    expect(sorted.output).toBe((await play(["-", "--pack", pack, "--json"], asStream([first, second, third]))).output);
  });

  it("says which file cannot be read, which pack, and which words of a filter or a digest", async () => {
    const cut = join(folder, "cut.jsonl.gz");
    writeFileSync(cut, gzipSync(asStream(LINES)).subarray(0, 400));
    const missing = join(folder, "missing.jsonl");
    const cases: readonly (readonly [args: string[], said: string])[] = [
      [[missing, "--pack", pack], `${missing} cannot be read: ENOENT`],
      [[cut, "--pack", pack], `${cut} cannot be read: unexpected end of file`],
      [["-", "--pack", join(folder, "no-pack")], `${join(folder, "no-pack")}: no such folder`],
      [["--pack", pack], `There is no database at ${join(folder, "none", "policywire.db")} yet`],
      [
        ["-", "--pack", pack, "--follow", "point:fines"],
        '--follow: the pack has no point "fines". It has: audit-scope,',
      ],
      [["-", "--pack", pack, "--follow", "colour:red"], '--follow: there is no "colour:"; there are point, place,'],
      [["--pack", pack, "--digest", "noon"], '--digest: "noon" is not hourly, daily@08:00 or weekly-fri@16:00'],
    ];
    const played = await Promise.all(cases.map(([args]) => play(args, asStream(LINES))));
    for (const [at, { code, output, errors }] of played.entries()) {
      expect({ code, output }).toEqual({ code: 1, output: "" });
      expect(errors).toContain(cases[at]?.[1]);
    }
    expect(existsSync(join(folder, "none"))).toBe(false);
  });
});
