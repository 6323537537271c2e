import { defineConfig } from "vitest/config";
import { ClosingLine } from "./tests/support/closing-line.ts";

export default defineConfig({
  test: {
    include: ["tests/**/*.test.ts"],
    testTimeout: 20_000,
    hookTimeout: 60_000,
    reporters: ["default", new ClosingLine()],
    coverage: {
      provider: "v8",
      include: ["src/model/**", "src/text/**", "src/pipeline/**", "src/store/**"],
      reporter: [["text-summary"]],
      thresholds: {
        "src/model/**": { lines: 90, branches: 85 },
        "src/pipeline/**": { lines: 90, branches: 80 },
        "src/store/**": { lines: 90, branches: 80 },
      },
    },
  },
});
