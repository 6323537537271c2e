import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import type { Born } from "./bot.ts";

/** A process of the program, started anew whenever it ended, as any supervisor would. */
export type Process = {
  start(): void;
  /** Resolves when the process that runs now, or the next one, has logged in. */
  connected(): Promise<void>;
  kill(): void;
  /** Puts the clock of its machine ten years ahead, then as much behind, then right; it is right again after half an hour in any case. */
  turnClock(): void;
  end(): Promise<void>;
  readonly complaints: readonly string[];
};

/** That an answer to a person failed is part of the trouble. */
const isComplaint = (line: string) =>
  /a tick failed|met a bug|Error:/.test(line) && !line.startsWith("an interaction failed");

export function processOf(given: Born): Process {
  const program = new URL("./bot.ts", import.meta.url).pathname;
  const complaints: string[] = [];
  let child: ChildProcess | null = null;
  let over = false;
  let loggedIn = Promise.withResolvers<void>();
  const start = () => {
    if (over) return;
    const born = spawn(process.execPath, [program, JSON.stringify(given)], { stdio: ["ignore", "pipe", "pipe"] });
    born.stderr
      .setEncoding("utf8")
      .on("data", (text: string) => complaints.push(...text.split("\n").filter(isComplaint)));
    born.stdout.setEncoding("utf8").on("data", (text: string) => {
      if (text.includes("connected")) loggedIn.resolve();
    });
    child = born;
    born.on("close", () => setTimeout(start, 20));
  };
  return {
    start,
    connected: () => loggedIn.promise,
    kill() {
      loggedIn = Promise.withResolvers<void>();
      child?.kill("SIGKILL");
    },
    turnClock: () => void child?.kill("SIGUSR2"),
    async end() {
      over = true;
      if (child === null || child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, "close");
      child.kill("SIGTERM");
      const timer = setTimeout(() => child?.kill("SIGKILL"), 10_000);
      await ended;
      clearTimeout(timer);
    },
    complaints,
  };
}
