/**
 * How the next request fails. `before` means that the work was not done, `after` that it was, and only the answer is
 * lost. A `hang` never answers; the client's own time-out ends it. What is `late` is cut off too, and does its work all the same:
 * `afterMs` milliseconds from then or, where that is null, when `finish` is called. A `page` is the answer of something between
 * Discord and us, with no code of Discord's.
 */
export type Fault =
  | { readonly kind: "status"; readonly status: number; readonly when: "before" | "after" }
  | { readonly kind: "cut"; readonly when: "before" | "after" }
  | { readonly kind: "hang"; readonly when: "before" | "after" }
  | { readonly kind: "late"; readonly afterMs: number | null }
  | { readonly kind: "page"; readonly status: number }
  | { readonly kind: "rate-limit"; readonly scope: "user" | "shared" | "global"; readonly retryAfterMs: number }
  | { readonly kind: "error"; readonly status: number; readonly code: number };

/** Chooses what happens to a request; `route` is like `POST /channels/:/messages`. */
export type FaultPlan = (route: string, path: string) => Fault | null;

/** Faults that were asked for, taken in order by the first request whose route matches. */
export type FaultQueue = {
  next(fault: Fault, options?: { readonly route?: string; readonly times?: number }): void;
  plan: FaultPlan | null;
  take: FaultPlan;
  /** Keeps work for later, as a `late` fault says. */
  later(afterMs: number | null, work: () => void): void;
  /** Does all the work that is late. */
  finish(): void;
  readonly pending: number;
};

export function faultQueue(): FaultQueue {
  const queue: { fault: Fault; route: string | null }[] = [];
  const late: (() => void)[] = [];
  const faults: FaultQueue = {
    plan: null,
    next(fault, { route, times = 1 } = {}) {
      for (let at = 0; at < times; at += 1) queue.push({ fault, route: route ?? null });
    },
    take(route, path) {
      const at = queue.findIndex((entry) => entry.route === null || entry.route === route);
      if (at >= 0) return queue.splice(at, 1)[0]?.fault ?? null;
      return faults.plan?.(route, path) ?? null;
    },
    later(afterMs, work) {
      if (afterMs === null) late.push(work);
      else setTimeout(work, afterMs);
    },
    finish() {
      for (const work of late.splice(0)) work();
    },
    get pending() {
      return queue.length;
    },
  };
  return faults;
}
