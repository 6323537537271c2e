import type { REST } from "discord.js";
import { MINUTE_MS } from "#model/time.ts";
import type { Db } from "#store/engine/database.ts";
import { holdTurn, letGoOfTurn } from "#store/turns.ts";
import type { ChannelFacts } from "./channels.ts";
import { failureOf, Unfinished } from "./failure.ts";
import { createForumPost, findForumPost, type Place } from "./requests.ts";
import { lacking } from "./rights.ts";

/** A forum takes at most five tags for a post. */
const MAX_TAGS = 5;

/** Discord was seen to finish a post 14 s after it was asked for, when the request had long been given up. */
const LATE_MS = MINUTE_MS;

export type ForumPost = {
  readonly forumId: string;
  readonly facts: ChannelFacts;
  readonly name: string;
  /** What the tags that it gets are named like, in any case. */
  readonly about: readonly string[];
  /** The delivery that it is made for. */
  readonly deliveryId: number;
};

/**
 * A post of its own in a forum. Discord knows no nonce there, so that only what stands in the forum can tell whether an earlier try
 * succeeded; and while Discord may still finish that one, no other is begun, by whichever worker.
 */
export function forumPost(
  { forumId, facts, name, about, deliveryId }: ForumPost,
  rest: REST,
  db: Db,
  clock: () => Date,
): Place {
  const stored = (id: string) => `${id}/${id}`;
  const usable = facts.tags.filter(({ moderated }) => !moderated || mayModerate(facts));
  const wanted = usable.filter(({ name: tag }) => about.some((one) => one.toLowerCase() === tag.toLowerCase()));
  const post = async (
    body: Parameters<Place["create"]>[0],
    tags: readonly { readonly id: string }[],
  ): Promise<string> => {
    try {
      const chosen = tags.slice(0, MAX_TAGS).map(({ id }) => id);
      return await createForumPost(rest, forumId, { name, body, tags: chosen });
    } catch (error) {
      const { kind } = failureOf(error);
      // The forum wants a tag, and none is named like what is posted: any is better than silence.
      if (kind === "needs-tag" && tags.length === 0 && usable.length > 0) return post(body, usable.slice(0, 1));
      if (kind === "unknown-tag" && tags.length > 0) return post(body, []);
      throw error;
    }
  };
  return {
    async find(sign) {
      // Without the right to read history nothing is found there, and the wait below is all there is.
      if (facts.rights !== null && lacking(facts.rights, ["reply"]).length > 0) return null;
      const thread = await findForumPost(rest, { id: forumId, guildId: facts.guildId ?? "" }, name, sign);
      return thread === null ? null : stored(thread);
    },
    async create(body) {
      const key = `forum post of delivery ${deliveryId} in ${forumId}`;
      const until = await holdTurn(db, key, null, clock(), LATE_MS);
      if (until === null) throw new Unfinished(LATE_MS);
      try {
        const thread = await post(body, wanted);
        await letGoOfTurn(db, key, until);
        return stored(thread);
      } catch (error) {
        const failure = failureOf(error);
        if (failure.kind !== "later" || !failure.unsure) await letGoOfTurn(db, key, until);
        throw error;
      }
    },
  };
}

const mayModerate = ({ rights }: ChannelFacts) => rights !== null && lacking(rights, ["locked"]).length === 0;
