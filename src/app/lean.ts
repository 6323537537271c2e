import { readdirSync } from "node:fs";
import { flushCompileCache, getCompileCacheDir } from "node:module";

/** V8 then holds on to less; tagging is a seventh slower (`npm run bench -- memory`, `-- tag`). */
const FLAG = "--optimize-for-size";

/**
 * Starts Node anew in the place of this process, under the same id, as one that takes half the memory: what does that can only be
 * told a process that begins. One arena of glibc instead of one a thread saves 15 MB; and where even the first file comes
 * compiled from `cache`, Node never loads its type stripper, 25 MB that would stay. Returns in the process that is lean, and
 * where there is no such start (on Windows).
 */
export async function becomeLean(cache: string): Promise<void> {
  if (process.execve === undefined) return;
  const isLean = process.execArgv.includes(FLAG);
  if (isLean && (!isCacheEmpty() || !(await fillCache()))) return;
  const flags = isLean ? process.execArgv : [FLAG, ...process.execArgv];
  process.execve(process.execPath, [process.execPath, ...flags, ...process.argv.slice(1)], {
    MALLOC_ARENA_MAX: "1",
    NODE_COMPILE_CACHE: cache,
    ...process.env,
  });
}

/**
 * Compiles what the roles load, at the first start of all, which has the stripper. Resolves to whether it was kept for the next
 * start.
 */
async function fillCache(): Promise<boolean> {
  await Promise.all([import("./program.ts"), import("#cli/run.ts"), import("./run.ts"), import("#discord/client.ts")]);
  flushCompileCache();
  return !isCacheEmpty();
}

function isCacheEmpty(): boolean {
  const folder = getCompileCacheDir();
  if (folder === undefined) return false;
  try {
    return readdirSync(folder).length === 0;
  } catch {
    // One that cannot be read is no help to anybody.
    return false;
  }
}
