#!/usr/bin/env node
import { enableCompileCache } from "node:module";
import { join } from "node:path";
import { becomeLean } from "#app/lean.ts";

const CACHE = join(import.meta.dirname, "../node_modules/.cache/policywire");

/** What goes on until it is stopped, and mostly waits. */
const ROLES = ["run", "worker", "bot", "web"];

if (ROLES.includes(process.argv[2] ?? "")) await becomeLean(CACHE);

// Without it each start strips the types anew.
enableCompileCache(CACHE);

const { main } = await import("#app/program.ts");
await main();
