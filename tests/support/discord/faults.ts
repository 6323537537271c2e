/**
 * How the next request fails. `before` means that the work was not done, `after` that it was, and only the answer is
 * lost. A `hang` never answers; the client's own time-out ends it.
 */
export type Fault =
  | { readonly kind: "status"; readonly status: number; readonly when: "before" | "after" }
  | { readonly kind: "cut"; readonly when: "before" | "after" }
  | { readonly kind: "hang"; readonly when: "before" | "after" }
  | { readonly kind: "rate-limit"; readonly scope: "user" | "shared" | "global"; readonly retryAfterMs: number }
  | { readonly kind: "error"; readonly status: number; readonly code: number };

/** Chooses what happens to a request; `route` is like `POST /channels/:/messages`. */
export type FaultPlan = (route: string, path: string) => Fault | null;

/** Faults that were asked for, taken in order by the first request whose route matches. */
export type FaultQueue = {
  next(fault: Fault, options?: { readonly route?: string; readonly times?: number }): void;
  plan: FaultPlan | null;
  take: FaultPlan;
  readonly pending: number;
};

export function faultQueue(): FaultQueue {
  const queue: { fault: Fault; route: string | null }[] = [];
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
    get pending() {
      return queue.length;
    },
  };
  return faults;
}
