import { type HttpAnswer, type Received, startHttpReceiver } from "./http.ts";

/** What a receiver got, as far as chaos looks at it. */
export type Arrival = {
  /** By which the receiver knows it again; null where it knows nothing again. */
  readonly id: string | null;
  readonly kind: "story" | "digest" | "memo" | "reminders" | "other";
  /** `7:2` for revision 2 of story 7; of what names no revision, `7:1`; of a memo the week that it is of. */
  readonly stories: readonly string[];
  /** It says that it may be a repetition. */
  readonly mayRepeat: boolean;
};

/** How a request fails: see `Fault` of the loopback Discord. */
export type Fault =
  | {
      readonly kind: "status";
      readonly status: number;
      readonly when: "before" | "after";
      readonly retryAfter?: string;
    }
  | { readonly kind: "cut" | "hang"; readonly when: "before" | "after" }
  | { readonly kind: "late"; readonly afterMs: number };

/** A server of a kind of destination, on loopback. */
export type Receiver = {
  /** As the registry of kinds names it. */
  readonly kind: string;
  /** What an operator types to have a destination lead here. */
  readonly settings: Readonly<Record<string, string>>;
  readonly arrivals: () => readonly Arrival[];
  /** What goes wrong by its own rules, as a signature that is no good. */
  readonly faults: () => readonly string[];
  /** Chooses what happens to each request from now on; nothing goes wrong with one for which it is null. */
  meet(plan: () => Fault | null): void;
  close(): Promise<void>;
};

/**
 * The same over HTTP: `read` says what a request is and whether it is sound, `taken` what is answered to one that was carried out.
 */
export async function startReceiver(given: {
  readonly kind: string;
  readonly settings: (origin: string) => Readonly<Record<string, string>>;
  readonly read: (received: Received) => Arrival | string;
  readonly taken?: HttpAnswer;
}): Promise<Receiver> {
  const arrived: Arrival[] = [];
  const faults: string[] = [];
  let plan: () => Fault | null = () => null;
  const server = await startHttpReceiver((received) => {
    const carryOut = () => {
      const read = given.read(received);
      if (typeof read === "string") faults.push(read);
      else arrived.push(read);
    };
    const fault = plan();
    if (fault === null || ("when" in fault && fault.when === "after")) carryOut();
    if (fault === null) return given.taken ?? {};
    if (fault.kind === "late") {
      setTimeout(carryOut, fault.afterMs);
      return { manner: "hang-up" };
    }
    if (fault.kind !== "status") return { manner: fault.kind === "cut" ? "hang-up" : "hang" };
    const { status, retryAfter } = fault;
    return { status, ...(retryAfter === undefined ? {} : { headers: { "retry-after": retryAfter } }) };
  });
  return {
    kind: given.kind,
    settings: given.settings(server.origin),
    arrivals: () => arrived,
    faults: () => faults,
    meet(wanted) {
      plan = wanted;
    },
    close: () => server[Symbol.asyncDispose](),
  };
}
