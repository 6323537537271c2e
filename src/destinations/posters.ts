import type { Poster } from "#model/delivery.ts";
import type { Means } from "./kind.ts";
import { kindNamed } from "./kinds.ts";
import { createPosterOf, type Posting } from "./poster.ts";
import { createSender, type SenderOptions } from "./send.ts";

type Given = Omit<Posting, "means"> &
  Omit<Means, "send" | "lookup"> &
  Pick<SenderOptions, "allowNetworks" | "deadlines">;

/** What posts to destinations, a poster for each kind, opened when the first of the kind is used. */
export type Posters = {
  /** Null for a kind that this version does not know. */
  of(kind: string): Promise<Poster | null>;
  close(): Promise<void>;
};

export function createPosters(given: Given): Posters {
  const sender = createSender(given);
  const means: Means = { ...given, send: sender.send, lookup: sender.lookup };
  const opened = new Map<string, ReturnType<typeof open>>();
  const open = async (name: string) => {
    const kind = await kindNamed(name);
    return kind === null ? null : createPosterOf(name, kind, { ...given, means });
  };
  return {
    of(name) {
      const poster = opened.get(name) ?? open(name);
      opened.set(name, poster);
      return poster;
    },
    async close() {
      await Promise.all([...opened.values()].map(async (poster) => (await poster)?.close()));
      await sender.close();
    },
  };
}
