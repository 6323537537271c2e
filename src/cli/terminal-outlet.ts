import type { Outlet } from "#model/outlet.ts";
import { createFailureText, OFFLINE, roundLine } from "./round-text.ts";
import { createTerminal, lookOf } from "./terminal.ts";

/** Prints posts and the closing line on standard output; progress and failures on standard error. */
export function terminalOutlet(dataDir: string): Outlet {
  const { stdout, stderr } = process;
  const freshFailures = createFailureText();
  let toldOffline = false;
  return {
    poster: { post: createTerminal(stdout.fd, dataDir, lookOf(stdout)), serves: "terminal" },
    followsAll: true,
    polled: (_poll, done, total) => {
      if (stderr.isTTY) stderr.write(done < total ? `\rPolling feeds: ${done} of ${total} ` : "\r\u001b[K");
    },
    roundEnded: (round, posts, tookMs) => {
      for (const line of freshFailures(round.failures)) stderr.write(`${line}\n`);
      if (round.offline && !toldOffline) stderr.write(`${OFFLINE}\n`);
      toldOffline = round.offline || (toldOffline && round.read + round.unchanged === 0);
      stdout.write(`${roundLine(round, posts, tookMs)}\n`);
    },
    close: async () => {},
  };
}
