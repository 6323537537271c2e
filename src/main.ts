#!/usr/bin/env node
import { enableCompileCache } from "node:module";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";

// Set before the program is loaded, which is when the heap grows most. Left alone, V8 keeps a young generation of some 64 MB and lets
// the old one double before it collects; a process that mostly waits keeps both for good (`npm run bench -- memory`, `-- tag`: no slower).
setFlagsFromString("--semi-space-growth-factor=1");
setFlagsFromString("--heap-growing-percent=20");

// Without it each start strips the types anew, with a compiler that then stays in memory.
enableCompileCache(join(import.meta.dirname, "../node_modules/.cache/policywire"));

await import("./program.ts");
