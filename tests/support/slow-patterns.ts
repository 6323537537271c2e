import { globSync, readFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { analyse } from "scslre";
import { parseAst } from "vitest/node";

export type Pattern = { readonly place: string; readonly source: string; readonly flags: string };

/** What scslre calls them: a loop within a loop, two loops that take each other's characters, a loop that is begun at each character. */
const KINDS = {
  Self: "loops within a loop",
  Trade: "two loops trade characters",
  Move: "begun anew at each character",
};

/** The regular expressions that stand in a TypeScript source as literals. */
export function literalsOf(code: string, file: string): Pattern[] {
  const script = stripTypeScriptTypes(code);
  const found: Pattern[] = [];
  // Where types stood there are blanks, so that lines are the same.
  const lineOf = (offset: number) => script.slice(0, offset).split("\n").length;
  JSON.stringify(parseAst(script), (_, node: unknown) => {
    const { regex, start } = (node ?? {}) as { regex?: { pattern: string; flags: string }; start?: number };
    if (regex !== undefined)
      found.push({ place: `${file}:${lineOf(start ?? 0)}`, source: regex.pattern, flags: regex.flags });
    return typeof node === "bigint" || node instanceof RegExp ? null : node;
  });
  return found;
}

/** All modules of the program but those that do something when they are loaded. */
export const MODULES = globSync("src/**/*.ts").filter((file) => !/^src\/main\.ts$|-main\.ts$|-thread\.ts$/.test(file));

/** Of a stack the line of whoever asked for the pattern. */
const CALLER = 2;

/** The regular expressions that modules put together from parts while they are loaded. */
export async function builtBy(load: () => Promise<unknown>): Promise<Pattern[]> {
  const found: Pattern[] = [];
  const Native = globalThis.RegExp;
  globalThis.RegExp = new Proxy(Native, {
    construct(target, [source, flags]: [string | RegExp, string?]) {
      const built = new target(source, flags);
      const place = /\/(src\/[\w/-]+\.ts:\d+)/.exec(new Error().stack?.split("\n")[CALLER] ?? "")?.[1];
      if (place !== undefined) found.push({ place, source: built.source, flags: built.flags });
      return built;
    },
  });
  try {
    await load();
  } finally {
    globalThis.RegExp = Native;
  }
  return found;
}

/** Why a pattern takes time that grows faster than its text; empty when it does not. */
export const slownessOf = ({ source, flags }: Omit<Pattern, "place">): string[] =>
  analyse({ source, flags }).reports.map(({ type }) => KINDS[type]);

export const literals = (): Pattern[] =>
  globSync("src/**/*.ts").flatMap((file) => literalsOf(readFileSync(file, "utf8"), file));
