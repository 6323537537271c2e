import { z } from "zod";
import type { Feed, FeedState } from "#model/feed.ts";
import { SOURCES } from "#model/feeds-file.ts";
import { FEED_KINDS } from "#model/pack-fields.ts";
import { feedStates } from "#store/feeds.ts";
import { answered, plain, question } from "./question.ts";
import { count, moment, nullable } from "./shapes.ts";

/** How the sources are. */
export const feeds = question({
  does: "The sources, which of them are read and which fail, and since when: silence is not `no news`.",
  asked: z.strictObject({}),
  shape: z.object({
    feeds: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        url: z.string(),
        site: z.string(),
        place: z.string(),
        kind: z.enum(FEED_KINDS),
        primary: z.boolean(),
        language: nullable.describe("By ISO 639-1; null where the catalogue does not say."),
        readAs: z.enum(SOURCES),
        health: z.enum(["read", "failing", "paused", "unread"]),
        lastReadAt: moment.nullable(),
        nextPollAt: moment.nullable(),
        failingSince: moment.nullable(),
        failures: count.describe("Failures in a row."),
        reason: nullable.describe("The last failure."),
      }),
    ),
    failing: count.describe("Feeds that fail or are paused."),
  }),
  async ask({ db, pack }) {
    const states = new Map((await feedStates(db)).map((state) => [state.feedId, state]));
    const feeds = pack.feeds.map((feed) => feedLine(feed, states.get(feed.id)));
    const failing = feeds.filter(({ health }) => health === "failing" || health === "paused").length;
    return answered(plain({ feeds, failing }));
  },
});

function feedLine({ source: readAs = "feed", language, ...feed }: Feed, state: FeedState | undefined) {
  return {
    id: feed.id,
    name: feed.name,
    url: feed.url,
    site: feed.site,
    place: feed.place,
    kind: feed.kind,
    primary: feed.primary,
    language: language ?? null,
    readAs,
    health: healthOf(state),
    lastReadAt: state?.lastSuccessAt ?? null,
    nextPollAt: state === undefined || state.pausedAt !== null ? null : state.nextPollAt,
    failingSince: state?.failingSince ?? null,
    failures: state?.failureCount ?? 0,
    reason: state?.failureReason ?? null,
  };
}

function healthOf(state: FeedState | undefined): "read" | "failing" | "paused" | "unread" {
  if (state === undefined) return "unread";
  if (state.pausedAt !== null) return "paused";
  if (state.failureCount > 0) return "failing";
  return state.lastSuccessAt === null ? "unread" : "read";
}
