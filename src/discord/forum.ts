import { type ChannelFacts, may } from "./channels.ts";
import { failureOf } from "./failure.ts";
import type { Body } from "./message.ts";
import type { Place, Saying } from "./once.ts";
import { createForumPost } from "./requests.ts";

/** A forum takes at most five tags for a post. */
const MAX_TAGS = 5;

/** A post of its own in a forum; `about` is what the tags that it gets are named like, in any case. */
export function forumPost({ destination: id, facts, rest }: Saying, name: string, about: readonly string[]): Place {
  const usable = facts.tags.filter(({ moderated }) => !moderated || mayModerate(facts));
  const wanted = usable.filter(({ name: tag }) => about.some((one) => one.toLowerCase() === tag.toLowerCase()));
  const post = async (body: Body, tags: readonly { readonly id: string }[]): Promise<string> => {
    try {
      const chosen = tags.slice(0, MAX_TAGS).map((tag) => tag.id);
      return await createForumPost(rest, id, { name, body, tags: chosen });
    } catch (error) {
      const { kind } = failureOf(error);
      // The forum wants a tag, and none is named like what is posted: any is better than silence.
      if (kind === "needs-tag" && tags.length === 0 && usable.length > 0) return post(body, usable.slice(0, 1));
      if (kind === "unknown-tag" && tags.length > 0) return post(body, []);
      throw error;
    }
  };
  return {
    id,
    repeatable: false,
    async create(body) {
      const thread = await post(body, wanted);
      return `${thread}/${thread}`;
    },
  };
}

const mayModerate = (facts: ChannelFacts) => facts.rights !== null && may(facts, "locked");
