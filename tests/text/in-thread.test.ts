import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { much } from "#support/hostile.ts";
import { inThread } from "#text/in-thread.ts";

const HOSTILE = new URL("../support/hostile.ts", import.meta.url);
const call = (name: string, ...input: readonly unknown[]) => inThread<number>(HOSTILE, name, ...input);

test("a function is called in another thread, with bytes and text", async () => {
  expect(await call("lengthOf", new Uint8Array(4), "text")).toEqual({ kind: "done", value: 8 });
});

test.each([
  ["in its heap", "grow"],
  ["outside of it", "swell"],
])(
  "what needs too much memory %s ends its thread, not the program, and the next call has another",
  async (_, name) => {
    const [over, next] = await Promise.all([call(name), call("lengthOf", new Uint8Array(1), "")]);
    // On a busy machine its time may be up first.
    expect(over).toMatchObject({ kind: "failed", why: expect.stringMatching(/^(?:memory|time)$/) });
    expect(next).toEqual({ kind: "done", value: 1 });
  },
  30_000,
);

test("what throws is said to have failed", async () => {
  expect(await call("fail")).toEqual({ kind: "failed", why: "error" });
});

test("what one kind of text costs holds up no other kind", async () => {
  const end = new Int32Array(new SharedArrayBuffer(4));
  const order: string[] = [];
  const page = call("hold", end).then(() => order.push("page"));
  const feed = inThread(
    new URL("../../src/pipeline/parse/read.ts", import.meta.url),
    "readDocument",
    new Uint8Array(),
    {
      contentType: null,
      url: null,
    },
  );
  await feed.then(() => order.push("feed"));
  Atomics.store(end, 0, 1);
  Atomics.notify(end, 0);
  await page;
  expect(order).toEqual(["feed", "page"]);
});

test("much comes back whole, with turns for others between its parts", async () => {
  let [turns, over] = [0, false];
  const others = () => {
    turns += 1;
    if (!over) setImmediate(others);
  };
  // A thread that is there already.
  await call("lengthOf", new Uint8Array(1), "");
  const answer = inThread<readonly string[]>(HOSTILE, "much");
  setImmediate(others);
  const came = await answer;
  over = true;
  expect(came).toEqual({ kind: "done", value: much() });
  expect(turns).toBeGreaterThan(40);
});

/** Calls when no file is left to open, and again when there are some. */
const WITHOUT_FILES = `
  const { closeSync, openSync } = await import("node:fs");
  const { inThread } = await import(${JSON.stringify(new URL("../../src/text/in-thread.ts", import.meta.url).href)});
  const call = () => inThread(new URL(${JSON.stringify(HOSTILE.href)}), "lengthOf", new Uint8Array(1), "");
  const open = [];
  try {
    for (;;) open.push(openSync("/dev/null", "r"));
  } catch {}
  const first = await call().catch(({ code }) => code);
  open.forEach((file) => closeSync(file));
  console.log(JSON.stringify([first, await call()]));`;

test.skipIf(process.platform === "win32")(
  "where no thread can be started, that is no fault of the text, and the next call has one",
  () => {
    const limited = ["-c", 'ulimit -n 60 && exec "$0" -e "$1"', process.execPath, WITHOUT_FILES];
    const { stdout } = spawnSync("sh", limited, { encoding: "utf8" });
    expect(JSON.parse(stdout)).toEqual(["ERR_WORKER_INIT_FAILED", { kind: "done", value: 1 }]);
  },
);
