import type { Claim, GrownCard, Poster, PostOutcome } from "#model/delivery.ts";
import type { Outlet } from "#model/outlet.ts";
import type { Poll, Round } from "#model/round.ts";
import type { Log, LogLevel } from "#settings/log.ts";

/**
 * What an outlet was asked to do with a story: post it, post a digest, a memo or a line (`overflow`) that holds it, remind of its days, or
 * edit the card that shows it.
 */
export type Attempt = "post" | "digest" | "memo" | "overflow" | "reminders" | "edit";

/** Hears of every outcome of the work, as it comes. */
export type Listener = {
  polled(poll: Poll): void;
  attempted(attempt: Attempt, of: Claim | GrownCard, outcome: PostOutcome): void;
  roundEnded(round: Round, posts: number, tookMs: number): void;
};

/** The same poster, heard by all of these. */
export function heardPoster(poster: Poster, listeners: readonly Listener[]): Poster {
  const heard =
    <Of extends Claim | GrownCard, What>(attempt: Attempt, work: (of: Of, what: What) => Promise<PostOutcome>) =>
    async (of: Of, what: What) => {
      const outcome = await work(of, what);
      for (const listener of listeners) listener.attempted(attempt, of, outcome);
      return outcome;
    };
  const { post, postDigest, postMemo, postOverflow, postReminders, edit } = poster;
  return {
    ...poster,
    post: heard("post", post),
    ...(postDigest && { postDigest: heard("digest", postDigest) }),
    ...(postMemo && { postMemo: heard("memo", postMemo) }),
    ...(postOverflow && { postOverflow: heard("overflow", postOverflow) }),
    ...(postReminders && { postReminders: heard("reminders", postReminders) }),
    ...(edit && { edit: heard("edit", edit) }),
  };
}

/** The same outlet, heard by all of these. */
export function heardBy(outlet: Outlet, listeners: readonly Listener[]): Outlet {
  return {
    ...outlet,
    poster: outlet.poster && heardPoster(outlet.poster, listeners),
    polled: (poll, done, total) => {
      for (const listener of listeners) listener.polled(poll);
      outlet.polled(poll, done, total);
    },
    roundEnded: (round, posts, tookMs) => {
      for (const listener of listeners) listener.roundEnded(round, posts, tookMs);
      outlet.roundEnded(round, posts, tookMs);
    },
  };
}

/** What succeeds at every poll is for those who look for something; what readers saw, or did not, is for every operator. */
const LEVELS: Readonly<Record<PostOutcome["kind"], LogLevel>> = {
  posted: "info",
  retry: "info",
  moot: "info",
  forbidden: "warn",
  gone: "warn",
  rejected: "error",
};

/** One line for each outcome. */
export function logging(log: Log): Listener {
  return {
    polled: ({ reason, ...poll }) => {
      if (reason === null) log.debug("polled", poll);
      else log.info("polled", { feedId: poll.feedId, outcome: poll.outcome, reason });
    },
    attempted: (attempt, { storyId, revision, destination }, outcome) =>
      log[LEVELS[outcome.kind]](attempt, {
        storyId,
        revision,
        destination,
        outcome: outcome.kind,
        ...detailsOf(outcome),
      }),
    roundEnded: ({ failures, ...round }, posts, tookMs) =>
      log.info("round ended", { ...round, failed: failures.length, posts, tookMs }),
  };
}

function detailsOf(outcome: PostOutcome) {
  const { kind: _kind, ...details } = outcome;
  return details;
}
