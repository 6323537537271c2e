import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

/** The demo as a user starts it, but with a temporary folder of its own, to see what it leaves there. */
let scratch: string;
beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), "policywire-demo-test-"));
});
afterAll(() => rmSync(scratch, { recursive: true }));

function start(): { child: ChildProcess; output: () => string } {
  const env = { PATH: process.env["PATH"], TMPDIR: scratch, NO_COLOR: "1" };
  const child = spawn(process.execPath, ["src/main.ts", "demo"], { env, stdio: ["ignore", "pipe", "pipe"] });
  const chunks: Buffer[] = [];
  child.stdout?.on("data", (chunk: Buffer) => chunks.push(chunk));
  child.stderr?.on("data", (chunk: Buffer) => chunks.push(chunk));
  return { child, output: () => Buffer.concat(chunks).toString() };
}

describe("the demo", () => {
  let code: number;
  let whole: string;
  let posts: string;
  beforeAll(async () => {
    const { child, output } = start();
    [code] = await once(child, "close");
    whole = output();
    posts = whole.split("$ policywire latest")[0] ?? "";
  });

  it("plays to its end without a network, and leaves nothing behind", () => {
    expect(whole).not.toMatch(/Error|undefined|\[object/);
    expect(code).toBe(0);
    expect(readdirSync(scratch)).toEqual([]);
  });

  it("posts the dispute as it moves: threatened, proposed, stayed, settled", () => {
    const order = [
      "Threatened · reported, unconfirmed",
      "Proposed · Valdoria",
      "Stayed · Valdoria",
      "Settled · Valdoria",
    ];
    const places = order.map((status) => posts.indexOf(status));
    expect(places.every((at) => at > 0)).toBe(true);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  });

  it("puts the regulator's own page first where there is one", () => {
    expect(posts).toContain("[1] Department of Machine Oversight (primary source)");
  });

  it("posts no false friend, and tells at the end what it kept back", () => {
    const tail = whole.slice(whole.indexOf("Read and kept"));
    for (const friend of [
      "penalty kick",
      "Tax audit",
      "Blind auditions",
      "Fine-tuning",
      "death penalty",
      "Two lawyers",
      "gaming monitors",
    ]) {
      expect(posts).not.toContain(friend);
      expect(tail).toContain(friend);
    }
    expect(posts).not.toContain("lighthouse keeper");
    expect(tail).toMatch(/The day the monitor moved in: a scenario \(calls itself fictional\)/);
  });

  it("ends with a look-up and the proof of a story", () => {
    expect(whole).toMatch(/\$ policywire latest --limit 3\n\n\S/);
    expect(whole).toMatch(/\$ policywire why \d+ --articles 1\n\n.*rule: /s);
  });
});

it("ends on Ctrl-C at once, and cleans up", async () => {
  const { child, output } = start();
  while (!output().includes("---")) await once(child.stdout as NodeJS.ReadableStream, "data");
  child.kill("SIGINT");
  const [code, signal] = await once(child, "close");
  expect({ code, signal }).toEqual({ code: 0, signal: null });
  expect(output()).not.toContain("$ policywire latest");
  expect(readdirSync(scratch)).toEqual([]);
});

it("ends without a complaint when its reader goes away", async () => {
  const { child, output } = start();
  await once(child.stdout as NodeJS.ReadableStream, "data");
  child.stdout?.destroy();
  const before = output();
  const [code] = await once(child, "close");
  expect(code).toBe(0);
  expect(output().slice(before.length)).not.toContain("EPIPE");
  expect(readdirSync(scratch)).toEqual([]);
});
