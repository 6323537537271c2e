import type { PostOutcome } from "#model/delivery.ts";
import { keyOfNamed, type NamedDestination } from "#model/destination.ts";
import { MINUTE_MS } from "#model/time.ts";
import type { Kind, Means, Receiver } from "./kind.ts";
import { type Keys, unseal } from "./seal.ts";
import { secretsIn, typedFrom } from "./settings.ts";

/** Without its key nothing works until somebody acts; nothing is lost meanwhile, and nobody is paused. */
const KEY_WAIT_MS = 10 * MINUTE_MS;

type Opening =
  | { readonly kind: "opened"; readonly receiver: Receiver; readonly secrets: readonly string[] }
  | { readonly kind: "refused"; readonly outcome: PostOutcome };

type Given = {
  readonly means: Means;
  readonly keys: () => Keys;
  readonly tell: (sentence: string) => void;
};

/** Opens the destinations of one kind, each once as long as its settings are the same. */
export function createOpener(kind: Kind, { means, keys, tell }: Given) {
  const opened = new Map<string, { readonly sealed: string; readonly opening: Opening & { kind: "opened" } }>();
  const told = new Set<string>();
  const refused = ({ name }: NamedDestination, reason: string): Opening => {
    const sentence = `Nothing can be sent to ${name}: ${reason}`;
    if (!told.has(sentence)) tell(sentence);
    told.add(sentence);
    const at = new Date(means.clock().getTime() + KEY_WAIT_MS);
    return { kind: "refused", outcome: { kind: "retry", at, reason } };
  };
  return {
    open(destination: NamedDestination): Opening {
      const { name, sealed } = destination;
      const known = opened.get(name);
      if (known?.sealed === sealed) return known.opening;
      known?.opening.receiver.close?.().catch(() => {});
      opened.delete(name);
      const unsealed = unseal(sealed, keyOfNamed(destination), keys());
      if (unsealed.kind === "refused") return refused(destination, unsealed.reason);
      const typed = typedFrom(unsealed.text);
      const read = kind.settings.safeParse(typed);
      if (!read.success)
        return refused(destination, "This version of Policywire does not read its settings: set it up anew.");
      const opening = { kind: "opened", receiver: kind.open(typed, means), secrets: secretsIn(kind, typed) } as const;
      opened.set(name, { sealed, opening });
      return opening;
    },
    async close() {
      const all = [...opened.values()];
      opened.clear();
      await Promise.all(all.map(({ opening }) => opening.receiver.close?.()));
    },
  };
}
