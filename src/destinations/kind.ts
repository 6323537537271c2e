import type { LookupFunction } from "node:net";
import type { z } from "zod";
import type { Pace } from "#model/delivery.ts";
import type { Pack } from "#model/pack.ts";
import type { Proxies } from "#pipeline/fetch/agents.ts";
import type { ContentKind, Message, Sent } from "./message.ts";
import type { Deadlines, Send } from "./send.ts";

/** What sends to one destination. It throws for bugs alone. */
export type Receiver = {
  send(message: Message): Promise<Sent>;
  /** Ends what stays open between messages. */
  close?(): Promise<void>;
};

type Say = (message: string, fields?: Readonly<Record<string, unknown>>) => void;

/** What every kind is opened with. */
export type Means = {
  /** One POST over HTTP, guarded, bounded and in time, through the operator's proxies. */
  readonly send: Send;
  /** For those that dial otherwise: yields the addresses of a name that may be dialled, and none other. */
  readonly lookup: LookupFunction;
  /** How long they may take; PATIENT unless given. */
  readonly deadlines?: Deadlines;
  readonly proxies: Proxies | null;
  readonly userAgent: string;
  readonly pack: Pack;
  readonly clock: () => Date;
  readonly log: { readonly error: Say; readonly warn: Say; readonly info: Say };
};

/** What a setting is, for whoever is asked for it. */
export type Asked = { readonly asks: string; readonly secret?: boolean };

/** A kind of destination, as the registry (`kinds.ts`) has it. */
export type Kind = {
  /** What it is, in half a line for `--help`. */
  readonly does: string;
  /** Reads what operators typed, by field, and what was kept of it: a text each; each field has `Asked` as its `meta`. */
  readonly settings: z.ZodObject;
  /** What it can say; nothing else is owed to it, and cards that grow are left as they are where it holds no "growth". */
  readonly holds: readonly ContentKind[];
  /** How often may be sent to one destination, and to all of the kind together. */
  readonly pace: Pace;
  /** Whether a receiver drops a message whose key it has seen, so that it may be sent again without harm. */
  readonly knowsAgain: boolean;
  /** What it sends, for whoever writes a program that reads it; absent where people read it. */
  readonly says?: z.ZodType;
  /** Where it leads, in a few words without a secret: `hooks.example`. It throws for what `settings` does not read. */
  readonly shown: (typed: unknown) => string;
  readonly open: (typed: unknown, means: Means) => Receiver;
};

/** A kind whose functions take its settings as they are read. */
export function kindOf<Settings extends z.ZodObject>(
  kind: Omit<Kind, "settings" | "shown" | "open"> & {
    readonly settings: Settings;
    readonly shown: (settings: z.infer<Settings>) => string;
    readonly open: (settings: z.infer<Settings>, means: Means) => Receiver;
  },
): Kind {
  const { settings, shown, open } = kind;
  return {
    ...kind,
    shown: (typed) => shown(settings.parse(typed)),
    open: (typed, means) => open(settings.parse(typed), means),
  };
}
