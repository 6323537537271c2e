import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { startProgram } from "#support/program.ts";
import type { Report } from "./feed-server.ts";

/** Linux counts processor time in hundredths of a second. */
const TICK_MS = 10;

/** Processor time of a process and all its threads, in milliseconds; `ended` adds that of its children that ended. */
export function cpuMs(pid: number, { ended = false } = {}): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]!.split(" ");
  return fields.slice(11, ended ? 15 : 13).reduce((sum, ticks) => sum + Number(ticks) * TICK_MS, 0);
}

/** The same with all the processes that `pid` started. */
export function familyCpuMs(pid: number): number {
  return childrenOf(pid).reduce((sum, child) => sum + cpuMs(child), cpuMs(pid, { ended: true }));
}

function childrenOf(pid: number): number[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ").filter(Boolean).map(Number);
}

/** Memory that a process holds, now and at its peak, in MB. */
export function memoryMb(pid: number): { readonly now: number; readonly peak: number } {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  const of = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)?.[1] ?? 0) / 1024;
  return { now: of("VmRSS"), peak: of("VmHWM") };
}

/** Files, sockets and pipes that a process has open. */
export const openFiles = (pid: number): number => readdirSync(`/proc/${pid}/fd`).length;

/** One of the figures that the process tells of itself, or null where it does not. */
export function figure(page: string, name: string): number | null {
  const line = page.split("\n").find((each) => each.startsWith(`${name} `) || each.startsWith(`${name}{`));
  return line === undefined ? null : Number(line.slice(line.lastIndexOf(" ")));
}

export type Running = AsyncDisposable & {
  readonly pid: number;
  readonly ended: Promise<number | string>;
  /** Its page of metrics; reading it begins a new window for percentiles. */
  metrics(): Promise<string>;
  output(): string;
  errors(): string;
  kill(): void;
};

/** Starts `policywire ROLE` on the settings, waits until it is at work. */
export async function startRole(
  role: "run" | "worker",
  statusPort: number,
  settings: Readonly<Record<string, string>>,
): Promise<Running> {
  const environment = { ...settings, STATUS_PORT: String(statusPort), LOG_LEVEL: "warn" };
  const started = startProgram([role], environment);
  const { child, ended, output, errors } = started;
  let over = false;
  void ended.then(() => {
    over = true;
  });
  const origin = `http://127.0.0.1:${statusPort}`;
  while (
    !(await fetch(`${origin}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    ))
  ) {
    if (over) throw new Error(`policywire ${role} ended: ${errors()}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return {
    pid: child.pid!,
    ended,
    metrics: async () => (await fetch(`${origin}/metrics`)).text(),
    output,
    errors,
    kill: () => void child.kill("SIGKILL"),
    async [Symbol.asyncDispose]() {
      if (!over) child.kill("SIGTERM");
      await ended;
    },
  };
}

export type FeedServer = Disposable & { readonly port: number; report(): Promise<Report> };

export async function startFeeds({ busier = 1, slowestMs = 0 } = {}): Promise<FeedServer> {
  const server: ChildProcess = fork(new URL("./feed-server.ts", import.meta.url), [String(busier), String(slowestMs)]);
  const [port] = (await once(server, "message")) as [number];
  return {
    port,
    async report() {
      server.send("report");
      const [report] = (await once(server, "message")) as [Report];
      return report;
    },
    [Symbol.dispose]: () => server.disconnect(),
  };
}
