import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { fileURLToPath } from "node:url";
import pg from "pg";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  export interface ProvidedContext {
    /** URL of a PostgreSQL that the tests may fill as they like; null where there is none. */
    readonly postgresUrl: string | null;
    /** With what the names of the schemas begin that this run makes there. */
    readonly postgresSchemas: string;
  }
}

const START_TIMEOUT_MS = 60_000;

/** Once per test run: finds a PostgreSQL for the tests, or says why half of them are skipped. */
export async function setup(project: TestProject): Promise<() => unknown> {
  const schemas = `t_${randomBytes(4).toString("hex")}`;
  project.provide("postgresSchemas", schemas);
  const given = process.env.TEST_DATABASE_URL;
  if (given !== undefined && given !== "") {
    project.provide("postgresUrl", given);
    return () => dropSchemas(given, schemas);
  }
  const started = await startPostgres();
  if (started.kind === "failed") {
    const why = `No PostgreSQL could be started for the tests: ${started.reason}`;
    if (process.env.CI === "true") throw new Error(why);
    process.stderr.write(
      `\n${why}\nTHE POSTGRESQL HALF OF THE STORE TESTS IS SKIPPED. Set TEST_DATABASE_URL to run it.\n\n`,
    );
    project.provide("postgresUrl", null);
    return () => {};
  }
  project.provide("postgresUrl", started.url);
  return started.stop;
}

async function dropSchemas(url: string, begin: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ nspname: string }>(
    "select nspname from pg_namespace where starts_with(nspname, $1)",
    [begin],
  );
  for (const { nspname } of rows) await client.query(`drop schema ${nspname} cascade`);
  await client.end();
}

type Started =
  | { readonly kind: "started"; readonly url: string; readonly stop: () => void }
  | { readonly kind: "failed"; readonly reason: string };

/** Starts postgres-server.ts in its own process group. Closing its input, by `stop` or by our own death, ends it. */
export function startPostgres(): Promise<Started> {
  const script = fileURLToPath(new URL("./postgres-server.ts", import.meta.url));
  const child = spawn(process.execPath, [script], { detached: true, stdio: ["pipe", "pipe", "pipe"] });
  const stop = () => {
    child.stdin.end();
  };
  return new Promise((resolve) => {
    let printed = "";
    let complaint = "";
    const deadline = setTimeout(() => {
      stop();
      resolve({ kind: "failed", reason: `it did not answer within ${START_TIMEOUT_MS / 1000} s.` });
    }, START_TIMEOUT_MS);
    child.stderr.on("data", (chunk: Buffer) => {
      complaint += chunk.toString();
    });
    child.stdout.on("data", (chunk: Buffer) => {
      printed += chunk.toString();
      const url = /^(postgres:\S+)\n/.exec(printed)?.[1];
      if (url === undefined) return;
      clearTimeout(deadline);
      child.unref();
      resolve({ kind: "started", url, stop });
    });
    child.on("exit", (code) => {
      clearTimeout(deadline);
      resolve({ kind: "failed", reason: `its process ended with ${code}. ${complaint.trim()}` });
    });
  });
}
