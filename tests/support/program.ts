import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";

/** A real process of the program, and what it has printed. */
export type Program = {
  readonly child: ChildProcess;
  output(): string;
  errors(): string;
  /** Resolves when standard output or error holds `text`; rejects, with all that was printed, when the process ends first. */
  says(text: string): Promise<void>;
  /** Resolves to the exit code, or to the name of the signal that ended it. */
  readonly ended: Promise<number | string>;
};

/** Starts `policywire ARGS` with an environment that holds nothing of the developer's own, and `input` to read. */
export function startProgram(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  input = "",
): Program {
  const child = spawn(process.execPath, ["src/main.ts", ...args], {
    env: { PATH: process.env["PATH"], FEED_ALLOW_NETWORKS: "127.0.0.0/8", ...environment },
    stdio: ["pipe", "pipe", "pipe"],
  });
  child.stdin.end(input);
  const printed = { output: "", errors: "" };
  const heard = new Set<() => void>();
  child.stdout.setEncoding("utf8").on("data", (part: string) => {
    printed.output += part;
    for (const hear of heard) hear();
  });
  child.stderr.setEncoding("utf8").on("data", (part: string) => {
    printed.errors += part;
    for (const hear of heard) hear();
  });
  const ended = once(child, "close").then(([code, signal]: (number | string)[]) => code ?? signal ?? "unknown");
  const everything = () => `${printed.output}\n${printed.errors}`;
  const says = async (text: string) => {
    const said = new Promise<boolean>((resolve) => {
      const hear = () => {
        if (!everything().includes(text)) return;
        heard.delete(hear);
        resolve(true);
      };
      heard.add(hear);
      hear();
    });
    if (!(await Promise.race([said, ended.then(() => everything().includes(text))]))) {
      throw new Error(`the program ended and never said "${text}":\n${everything()}`);
    }
  };
  return { child, output: () => printed.output, errors: () => printed.errors, says, ended };
}
