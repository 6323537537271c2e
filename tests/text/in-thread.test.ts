import { expect, test } from "vitest";
import { inThread } from "#text/in-thread.ts";

const HOSTILE = new URL("../support/hostile.ts", import.meta.url);
const call = (name: string, ...input: readonly unknown[]) => inThread<number>(HOSTILE, name, ...input);

test("a function is called in another thread, with bytes and text", async () => {
  expect(await call("lengthOf", new Uint8Array(4), "text")).toEqual({ kind: "done", value: 8 });
});

test("what needs too much memory ends its thread, not the program, and the next call has another", async () => {
  const [over, next] = await Promise.all([call("grow"), call("lengthOf", new Uint8Array(1), "")]);
  // On a busy machine its time may be up first.
  expect(over).toMatchObject({ kind: "failed", why: expect.stringMatching(/^(?:memory|time)$/) });
  expect(next).toEqual({ kind: "done", value: 1 });
}, 30_000);

test("what throws is said to have failed", async () => {
  expect(await call("fail")).toEqual({ kind: "failed", why: "error" });
});
