import { isIPv4, isIPv6 } from "node:net";
import { MINUTE_MS } from "#model/time.ts";

const WINDOW_MS = 10 * MINUTE_MS;

/** Wrong tokens of one address within the window: a person mistypes three times. */
const MOST_OF_ADDRESS = 10;

/** Of all addresses together, so that many of them find no more than a few would. */
const MOST_OF_ALL = 200;

/** Counts wrong tokens. */
export type Attempts = {
  /** Whether a token of this address is not even looked at for now. */
  isBarred(address: string, now: Date): boolean;
  /** One was wrong. */
  note(address: string, now: Date): void;
};

/** Remembers what failed in the last ten minutes, at most as many failures as bar everybody. */
export function createAttempts(): Attempts {
  let failed: { readonly from: string; readonly at: number }[] = [];
  const recent = (now: Date) => {
    failed = failed.filter(({ at }) => at > now.getTime() - WINDOW_MS);
    return failed;
  };
  return {
    isBarred(address, now) {
      const all = recent(now);
      const from = networkOf(address);
      return all.length >= MOST_OF_ALL || all.filter((one) => one.from === from).length >= MOST_OF_ADDRESS;
    },
    note(address, now) {
      if (recent(now).length < MOST_OF_ALL) failed.push({ from: networkOf(address), at: now.getTime() });
    },
  };
}

/** Who has an address of version 6 has 2^64 of them. */
function networkOf(address: string): string {
  const mapped = address.replace(/^::ffff:/i, "");
  if (isIPv4(mapped) || !isIPv6(address)) return mapped;
  const { hostname } = new URL(`http://[${address.replace(/%.*/, "")}]`);
  const [before = "", after] = hostname.slice(1, -1).split("::");
  const groups = before.split(":").filter((group) => group !== "");
  const zeros = after === undefined ? 0 : 8 - groups.length - after.split(":").length;
  return [...groups, ...Array.from({ length: Math.max(zeros, 0) }, () => "0"), ...(after ?? "").split(":")]
    .slice(0, 4)
    .join(":");
}
