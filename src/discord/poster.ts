import { REST, Routes } from "discord.js";
import type { Pace, Poster } from "#model/delivery.ts";
import type { PostHeld } from "#model/review.ts";
import { askFacts } from "./ask-rights.ts";
import { type Attempt, createAttempt } from "./attempt.ts";
import { type ChannelFacts, createFacts } from "./channels.ts";
import {
  type Connected,
  type Connection,
  hearAnswers,
  loginFailure,
  pacesOf,
  restOptions,
  type TokenWatch,
  watchToken,
} from "./connection.ts";
import { createEdit } from "./edit.ts";
import { createOperators } from "./operators-channel.ts";
import {
  createPost,
  createPostDigest,
  createPostMemo,
  createPostOverflow,
  createPostReminders,
  type Posting,
} from "./post.ts";
import { createPublish } from "./publish.ts";
import { tellFollowers } from "./tell-followers.ts";
import { createPostHeld, createPostQuietDay, createPostSilences } from "./unclaimed.ts";

/** Discord grants a bot 50 requests a second; some posts take two. A channel takes five messages in five seconds. */
const PACE: Pace = { burst: 5, everyMs: 1_000, allEveryMs: 25 };

/** Posts what is owed, over REST alone: no gateway is needed for it. */
export type DiscordPoster = Required<Poster> & {
  /** Tells the operators, in their channel; absent where there is none. */
  readonly tell: ((sentence: string) => void) | undefined;
  /** Tells moderators there what is held back; absent where there is none. */
  readonly postHeld: PostHeld | undefined;
  close(): Promise<void>;
};

/** What whoever listens to the gateway knows, so that it need not be asked. */
export type Ears = {
  readonly rest: REST;
  readonly attempt: Attempt;
  /** The bot's own user id. */
  readonly self: string;
  /** Undefined for a channel that the gateway did not tell about. */
  readonly known: (channelId: string) => ChannelFacts | undefined;
  readonly token: TokenWatch;
};

/** Looks whether Discord takes the token, and posts from then on. */
export async function connectPoster(connection: Connection): Promise<Connected<DiscordPoster>> {
  const rest = new REST(restOptions(connection)).setToken(connection.token);
  hearAnswers(rest, connection);
  let self: string;
  try {
    self = ((await rest.get(Routes.user())) as { readonly id: string }).id;
  } catch (error) {
    return { kind: "refused", reason: loginFailure(error) };
  }
  const token = watchToken(connection);
  const attempt = createAttempt(rest, connection, token);
  return { kind: "connected", bot: createPoster(connection, { rest, attempt, self, known: () => undefined, token }) };
}

export function createPoster(connection: Connection, { rest, attempt, self, known, token }: Ears): DiscordPoster {
  const { db, pack, clock, log, random = Math.random, cards = "embeds", operatorsChannel = null } = connection;
  const { lookMs, refusedMs } = pacesOf(connection);
  const operators =
    operatorsChannel === null
      ? null
      : createOperators({ attempt, self, channelId: operatorsChannel, log, againMs: lookMs });
  const posting: Posting = {
    attempt,
    self,
    db,
    pack,
    clock,
    random,
    refusedMs,
    log,
    cards,
    facts: createFacts(rest, known, clock),
    known,
    ask: async (channelId) => {
      const asked = await attempt((asking) => askFacts(asking, self, channelId));
      if (asked.kind === "sent") return asked.value;
      return asked.kind === "forbidden" ? "hidden" : null;
    },
    publish: createPublish(attempt, db, clock, log),
    tell: (channel, obstacle) =>
      void tellFollowers({ attempt, db, clock, log }, channel, obstacle).catch((error: unknown) =>
        log.error("followers could not be told", { error }),
      ),
  };
  return {
    serves: "channels",
    pace: PACE,
    post: createPost(posting),
    postDigest: createPostDigest(posting),
    postMemo: createPostMemo(posting),
    postOverflow: createPostOverflow(posting),
    postReminders: createPostReminders(posting),
    postQuietDay: createPostQuietDay(posting),
    postSilences: createPostSilences(posting),
    edit: createEdit(posting),
    tell: operators?.tell,
    postHeld: operatorsChannel === null ? undefined : createPostHeld(posting, operatorsChannel),
    async close() {
      token.end();
      operators?.close();
    },
  };
}
