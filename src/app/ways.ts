import type { Poster, PostQuietDay, PostSilences } from "#model/delivery.ts";
import { namedIn } from "#model/destination.ts";
import type { Outlet } from "#model/outlet.ts";
import { deliverDue } from "#worker/deliver.ts";
import type { World } from "#worker/world.ts";
import type { Elsewhere } from "./elsewhere.ts";

/** All ways out of a process. */
export type Ways = { readonly outlet: Outlet; readonly elsewhere: Elsewhere };

/** Each poster at its own pace; resolves to the number of posts. */
export async function deliverBy(posters: readonly (Poster | null)[], world: World): Promise<number> {
  const ends = await Promise.allSettled(
    posters.filter((poster) => poster !== null).map((poster) => deliverDue(world, poster, world.stop)),
  );
  return ends.reduce((sum, end) => {
    if (end.status === "rejected") throw end.reason;
    return sum + end.value;
  }, 0);
}

/** Whether what is sent is kept where it arrives, so that digests, memos and reminders are of use: the terminal keeps nothing. */
export const areKept = async ({ outlet, elsewhere }: Ways): Promise<boolean> =>
  outlet.poster?.postDigest !== undefined || (await elsewhere.posters()).length > 0;

/** What is no delivery goes to whoever reaches its channel, and waits where nobody here does. */
export function unowedBy({ outlet, elsewhere }: Ways, clock: () => Date) {
  const posterTo = (channel: string) => (namedIn(channel) === null ? outlet.poster : elsewhere.posterTo(channel));
  const nobody = () => ({ kind: "retry", at: clock(), reason: "Nobody posts there from here." }) as const;
  const postQuietDay: PostQuietDay = async (quiet) =>
    (await posterTo(quiet.destination))?.postQuietDay?.(quiet) ?? nobody();
  const postSilences: PostSilences = async (silences) =>
    (await posterTo(silences.destination))?.postSilences?.(silences) ?? nobody();
  return { postQuietDay, postSilences };
}
