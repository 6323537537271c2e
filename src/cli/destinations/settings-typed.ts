import { once } from "node:events";
import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import { text } from "node:stream/consumers";
import type { Field, Typed } from "./workshop.ts";

/** Settings that were typed, or what is wrong with them. */
type Read =
  | { readonly kind: "typed"; readonly typed: Typed }
  | { readonly kind: "refused"; readonly faults: readonly string[] };

/** `NAME=VALUE`, of which the name has no `=`. */
function pairOf(line: string): readonly [string, string] | null {
  const at = line.indexOf("=");
  return at < 1 ? null : [line.slice(0, at).trim(), line.slice(at + 1).trim()];
}

/** What options set: no secrets, which everybody on the machine could read there, and shells remember. */
function fromOptions(set: readonly string[], fields: readonly Field[]): Read {
  const typed: Record<string, string> = {};
  for (const one of set) {
    const pair = pairOf(one);
    if (pair === null) return { kind: "refused", faults: ["Write --set NAME=VALUE."] };
    const [name, value] = pair;
    if (fields.some((field) => field.name === name && field.secret === true))
      return {
        kind: "refused",
        faults: [
          `${name} is a secret and belongs in no argument: type it when asked, or give ${name}=… on standard input.`,
        ],
      };
    typed[name] = value;
  }
  return { kind: "typed", typed };
}

/**
 * Settings by options, then by lines NAME=VALUE of standard input; at a terminal the others are asked for, secrets unseen. What `known` holds
 * stays as it is where nothing is typed; an empty value takes it away.
 */
export async function readSettings(
  set: readonly string[],
  fields: readonly Field[],
  known: Typed,
  { stdin, stderr } = process,
): Promise<Read> {
  const options = fromOptions(set, fields);
  if (options.kind === "refused") return options;
  if (stdin.isTTY) {
    const others = fields.filter(({ name }) => options.typed[name] === undefined);
    return typedOf({ ...known, ...options.typed, ...(await asked(others, known, stdin, stderr)) });
  }
  const lines = (await text(stdin))
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
  const pairs = lines.map(pairOf);
  // What cannot be read may be a secret: it is not repeated.
  const wrong = pairs.indexOf(null);
  if (wrong >= 0) return { kind: "refused", faults: [`Line ${wrong + 1} of standard input is no NAME=VALUE.`] };
  return typedOf({ ...known, ...options.typed, ...Object.fromEntries(pairs.filter((pair) => pair !== null)) });
}

const typedOf = (typed: Typed): Read => ({
  kind: "typed",
  typed: Object.fromEntries(Object.entries(typed).filter(([, value]) => value !== "")),
});

async function asked(
  fields: readonly Field[],
  known: Typed,
  stdin: NodeJS.ReadStream,
  stderr: NodeJS.WriteStream,
): Promise<Typed> {
  const typed: Record<string, string> = {};
  for (const { name, asks, secret, optional } of fields) {
    const empty = known[name] !== undefined ? " (empty leaves it as it is)" : optional ? " (empty for none)" : "";
    stderr.write(`${asks}${empty}\n${name}: `);
    // What is typed of a secret shows nowhere.
    const shown = secret === true ? new Writable({ write: (_part, _encoding, done) => done() }) : stderr;
    const line = createInterface({ input: stdin, output: shown, terminal: true });
    const answer = (await Promise.race([line.question(""), once(line, "close").then(() => "")])).trim();
    line.close();
    if (secret === true) stderr.write("\n");
    if (answer !== "") typed[name] = answer;
  }
  return typed;
}
