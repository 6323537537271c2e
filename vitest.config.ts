import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { ClosingLine } from "./tests/support/closing-line.ts";

/** Suites that run on both database engines; only they pay for starting a PostgreSQL. */
const ON_BOTH_ENGINES = [
  "tests/store/**/*.test.ts",
  "tests/answers/answers.test.ts",
  "tests/worker/amended.test.ts",
  "tests/worker/ceilings.test.ts",
  "tests/worker/deliver.test.ts",
  "tests/worker/read-stored.test.ts",
  "tests/worker/reminders.test.ts",
  "tests/worker/memo.test.ts",
  "tests/worker/memos.test.ts",
  "tests/worker/story-memory.test.ts",
  "tests/worker/known-entries.test.ts",
  "tests/destinations/poster.test.ts",
  "tests/discord/chaos.test.ts",
  "tests/worker/arrivals.test.ts",
  "tests/one-bot.test.ts",
  "tests/roles.test.ts",
  "tests/restore.test.ts",
];

const shared = {
  // A test that hangs is found all the same; one that waits for processes on a busy machine must not be taken for it.
  testTimeout: 120_000,
  hookTimeout: 120_000,
  expect: { poll: { timeout: 60_000 } },
  // No module keeps what another test could meet, so files share a process, which loads each module once.
  isolate: false,
  // Processes that tests start find their types stripped, as those of the program do (src/main.ts).
  env: { NODE_COMPILE_CACHE: fileURLToPath(new URL("node_modules/.cache/policywire", import.meta.url)) },
};

export default defineConfig({
  test: {
    projects: [
      { test: { ...shared, name: "policywire", include: ["tests/**/*.test.ts"], exclude: ON_BOTH_ENGINES } },
      { test: { ...shared, name: "store", include: ON_BOTH_ENGINES, globalSetup: "tests/support/postgres.ts" } },
    ],
    // Much of the time is waiting for sockets, processes and databases: one worker more than the two cores of a small machine.
    maxWorkers: 3,
    reporters: ["default", new ClosingLine()],
    coverage: {
      provider: "v8",
      include: ["src/{model,text,pipeline,store}/**/*.ts"],
      reporter: [["text-summary"]],
      thresholds: {
        "src/model/**": { lines: 90, branches: 85 },
        "src/pipeline/**": { lines: 90, branches: 80 },
        "src/store/**": { lines: 90, branches: 80 },
      },
    },
  },
});
