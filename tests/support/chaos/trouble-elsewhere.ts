import type { Fault } from "#support/receivers/receiver.ts";
import type { Trouble } from "./trouble.ts";

/** Late work is done within so long. */
const LATEST_MS = 1_000;

const LOST_ANSWER = ["elsewhere cut", () => ({ kind: "cut", when: "after" }) as const] as const;

/**
 * What a request to a server meets until all `isOver`. The first is carried out and its answer lost, whenever it comes: however short a
 * play is, each server is sent something twice.
 */
export function planElsewhere(random: () => number, trouble: Trouble, isOver: () => boolean): () => Fault | null {
  const when = () => (random() < 0.5 ? ("before" as const) : ("after" as const));
  const all: readonly (readonly [name: string, make: () => Fault])[] = [
    ["elsewhere 500", () => ({ kind: "status", status: 500, when: when() })],
    [
      "elsewhere 429",
      () => ({ kind: "status", status: 429, when: "before", retryAfter: String(1 + Math.floor(random() * 20)) }),
    ],
    ["elsewhere 403", () => ({ kind: "status", status: 403, when: "before" })],
    ["elsewhere cut", () => ({ kind: "cut", when: when() })],
    ["elsewhere time-out", () => ({ kind: "hang", when: when() })],
    ["elsewhere late work", () => ({ kind: "late", afterMs: random() * LATEST_MS })],
  ];
  let isFirst = true;
  return () => {
    if (isOver() && !isFirst) return null;
    // Half of the time all is well.
    const wrong = isFirst ? LOST_ANSWER : all[Math.floor(random() * all.length * 2)];
    isFirst = false;
    if (wrong === undefined) return null;
    const [name, make] = wrong;
    trouble[name] = (trouble[name] ?? 0) + 1;
    return make();
  };
}
