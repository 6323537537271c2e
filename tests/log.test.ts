import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { createLog, type LogLevel } from "#settings/log.ts";

function logged(level: LogLevel, secrets: string[] = []) {
  const out = new PassThrough().setEncoding("utf8");
  const log = createLog({ level, out, secrets, clock: () => new Date("2026-11-24T08:00:00Z") });
  return { log, lines: (): string[] => (out.read() ?? "").trimEnd().split("\n").filter(Boolean) };
}

test("a line is JSON with the time, the level and the fields", () => {
  const { log, lines } = logged("info");
  log.info("polled", { feed: "gazette", new: 3 });
  expect(lines().map((line) => JSON.parse(line))).toEqual([
    { time: "2026-11-24T08:00:00.000Z", level: "info", message: "polled", feed: "gazette", new: 3 },
  ]);
});

test("what is below the level is not written", () => {
  const { log, lines } = logged("warn");
  log.debug("a");
  log.info("b");
  log.warn("c");
  log.error("d");
  expect(lines()).toHaveLength(2);
});

test("a secret is written nowhere, not even in an error's cause or escaped", () => {
  const { log, lines } = logged("debug", ['to"ken']);
  log.error('login with to"ken failed', { error: new Error("outer", { cause: new Error('sent to"ken') }) });
  const [line] = lines();
  expect(line).toContain("login with [redacted] failed");
  expect(line).toContain("outer: sent [redacted]");
});
