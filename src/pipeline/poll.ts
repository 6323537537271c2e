import type { Article, FeedDocument } from "#model/article.ts";
import { addressOf, type Feed, type FeedState, type IdentityKind, LEAST_GAP_MS, LONGEST_WAIT_MS } from "#model/feed.ts";
import { LONGEST_REASON } from "#model/limits.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "#model/time.ts";
import { cutText } from "#text/cut.ts";

/** Bounds of the adaptive interval. PRODUCT policy: 5 minutes to 4 hours; failures wait up to a day. */
const SHORTEST_MS = 5 * MINUTE_MS;
const LONGEST_MS = 4 * HOUR_MS;
/** The first retry after a failure. */
const FIRST_BACK_OFF_MS = 10 * MINUTE_MS;
/** Server-stated wishes (ttl, Cache-Control) are honoured up to this; feeds claim a year. */
const LONGEST_WISH_MS = 12 * HOUR_MS;
/** Polls that a permanent redirect must hold before it is believed. */
const REDIRECT_POLLS = 3;
/** Operators are told of a failing feed after LEAST_GAP_MS, and again every week. */
const NEXT_REPORT_MS = 7 * DAY_MS;
/**
 * A document's entries are all compared with the store this often, so that what is still listed is noted there, and no slip
 * lasts.
 */
const COMPARE_MS = DAY_MS;
/** A server that says for so long that nothing changed is asked for the whole document: its clock or its cache may be wrong. */
const UNSEEN_MS = DAY_MS;
/** Where a feed moved to may be left behind in its turn: when nothing was new there for so long, its own address is asked now and then. */
const SILENT_MS = 7 * DAY_MS;
/** How much longer to wait after each poll that finds nothing new. */
const GROWTH = 1.5;
/** How much of an interval may be added by chance, so that feeds added together do not stay together. */
const JITTER = 0.1;

/** Randomness is passed in: a number from 0 to 1, 1 excluded. */
type Random = () => number;

const later = (now: Date, ms: number): Date => new Date(now.getTime() + Math.round(ms));

const jittered = (ms: number, random: Random): number => ms * (1 + JITTER * random());

/**
 * Time to the next poll by the feed's own rhythm: half the usual gap between its newest entries, longer while it has
 * been silent for longer than that. `dates` are the entries' dates, `wishMs` what the server asks for at least.
 */
export function intervalMs(dates: readonly Date[], now: Date, wishMs: number | null): number {
  const times = dates
    .map((date) => date.getTime())
    .filter((time) => time <= now.getTime())
    .sort((a, b) => b - a)
    .slice(0, 20);
  const newest = times[0];
  let rhythm = LONGEST_MS;
  if (newest !== undefined && times.length > 1) {
    const gap = (newest - (times[times.length - 1] ?? newest)) / (times.length - 1);
    const silence = now.getTime() - newest;
    rhythm = Math.max(gap, silence / 4) / 2;
  }
  const own = Math.min(Math.max(rhythm, SHORTEST_MS), LONGEST_MS);
  return Math.max(own, Math.min(wishMs ?? 0, LONGEST_WISH_MS));
}

/** What an answer of the server says beside its body. */
export type Answered = {
  readonly url: string;
  readonly etag: string | null;
  readonly lastModified: string | null;
  readonly movedTo: string | null;
  readonly maxAgeMs: number | null;
};

/** Why a feed could not be read; `retry-later` and `gone` are the server's own words. */
export type Failure =
  | { readonly kind: "failed" | "gone"; readonly reason: string }
  | { readonly kind: "retry-later"; readonly reason: string; readonly afterMs: number };

/** A permanent redirect is remembered once it has led to the same address in three polls running, until the feed is back. */
function redirected(state: FeedState, { url, movedTo }: Answered): Pick<FeedState, "redirect" | "movedTo"> {
  // A feed that answers at its own address has not moved, or is back.
  if (url === addressOf(state.address)) return { redirect: null, movedTo: null };
  if (movedTo === null) return { redirect: null, movedTo: state.movedTo };
  const polls = state.redirect?.url === movedTo ? state.redirect.polls + 1 : 1;
  if (polls >= REDIRECT_POLLS) return { redirect: null, movedTo };
  return { redirect: { url: movedTo, polls }, movedTo: state.movedTo };
}

/** What a poll asks for, and on what condition; see the fetcher's request. */
type Request = {
  readonly url: string;
  readonly validators?: { readonly url: string } & Pick<FeedState, "etag" | "lastModified">;
  readonly whole?: boolean;
};

/** What a poll asks for: what changed since a whole document last came, or all of it when that is too long ago. */
export function requestFor(state: FeedState, feed: Pick<Feed, "url">, now: Date): Request {
  const { movedTo, answeredBy, etag, lastModified, wholeAt, lastChangedAt, failureCount } = state;
  const url = movedTo ?? feed.url;
  if (answeredBy === null || wholeAt === null) return { url };
  const seen = Math.abs(now.getTime() - wholeAt.getTime()) < UNSEEN_MS;
  if (seen) return { url, validators: { url: answeredBy, etag, lastModified } };
  const silent = lastChangedAt === null || now.getTime() - lastChangedAt.getTime() >= SILENT_MS;
  return { url: silent && failureCount === 0 ? feed.url : url, whole: true };
}

/** What is held is what came whole: a 304 may speak of a version that never did. */
const heldAfter = ({ url, etag, lastModified }: Answered, now: Date) => ({
  etag,
  lastModified,
  answeredBy: url,
  wholeAt: now,
});

function afterAnswer(state: FeedState, answer: Answered, nextMs: number, now: Date, random: Random): FeedState {
  return {
    ...state,
    ...redirected(state, answer),
    nextPollAt: later(now, jittered(nextMs, random)),
    lastPolledAt: now,
    lastSuccessAt: now,
    failureCount: 0,
    failingSince: null,
    failureReason: null,
    pausedAt: null,
    reportedAt: null,
  };
}

/** Fingerprints of entries that need no look this time: the store has them, and all were compared not long ago. */
export function knownEntries({ knownEntries: known, comparedAt }: FeedState, now: Date): ReadonlySet<string> {
  const recent = comparedAt !== null && now.getTime() - comparedAt.getTime() < COMPARE_MS;
  return new Set(recent ? known : []);
}

/** The feed answered with a document that was read; `fingerprints` are those of its entries. */
export function afterRead(
  state: FeedState,
  {
    answer,
    document,
    bodyHash,
    identity,
    fingerprints,
  }: {
    readonly answer: Answered;
    readonly document: FeedDocument;
    /** Null where the same bytes next time would not mean that nothing is new. */
    readonly bodyHash: string | null;
    readonly identity: IdentityKind;
    readonly fingerprints: readonly string[];
  },
  now: Date,
  random: Random,
): FeedState {
  const dates = document.entries
    .flatMap(({ published, updated }) => published ?? updated ?? [])
    .map((date) => new Date(date));
  const wishMs = Math.max(answer.maxAgeMs ?? 0, document.minIntervalMs ?? 0);
  const next = {
    ...afterAnswer(state, answer, intervalMs(dates, now, wishMs), now, random),
    ...heldAfter(answer, now),
  };
  const changed = bodyHash === null || bodyHash !== state.bodyHash;
  return {
    ...next,
    bodyHash,
    // An empty document says nothing of what identifies entries.
    identity: state.identity ?? (fingerprints.length === 0 ? null : identity),
    knownEntries: fingerprints,
    comparedAt: knownEntries(state, now).size === 0 ? now : state.comparedAt,
    lastChangedAt: changed ? now : state.lastChangedAt,
  };
}

/** The feed answered 304, or the same bytes as last time (`whole`): the interval grows by half, up to its bound. */
export function afterUnchanged(
  state: FeedState,
  { answer, whole }: { readonly answer: Answered; readonly whole: boolean },
  now: Date,
  random: Random,
): FeedState {
  const last = state.lastPolledAt === null ? SHORTEST_MS : state.nextPollAt.getTime() - state.lastPolledAt.getTime();
  const grown = Math.min(Math.max(last * GROWTH, SHORTEST_MS), LONGEST_MS);
  const nextMs = Math.max(grown, Math.min(answer.maxAgeMs ?? 0, LONGEST_WISH_MS));
  const next = afterAnswer(state, answer, nextMs, now, random);
  return whole ? { ...next, ...heldAfter(answer, now) } : next;
}

/** How long to wait after so many failures in a row: doubling from ten minutes to a day, never longer, never for good. */
export function backOffMs(failures: number, random: Random): number {
  const doublings = Math.min(Math.max(failures - 1, 0), 12);
  return Math.min(jittered(FIRST_BACK_OFF_MS * 2 ** doublings, random), LONGEST_WAIT_MS);
}

/**
 * The feed could not be read. It is tried again with growing patience, or when the server says; it is never disabled,
 * save that 410 Gone pauses it until an operator resumes it.
 */
export function afterFailure(state: FeedState, failure: Failure, now: Date, random: Random): FeedState {
  const failureCount = state.failureCount + 1;
  const asked = failure.kind === "retry-later" ? Math.max(jittered(failure.afterMs, random), SHORTEST_MS) : null;
  return {
    ...state,
    redirect: null,
    // Where a feed once moved to may die in its turn; its first address is then tried again.
    movedTo: failureCount < REDIRECT_POLLS ? state.movedTo : null,
    nextPollAt: later(now, Math.min(asked ?? backOffMs(failureCount, random), LONGEST_WAIT_MS)),
    lastPolledAt: now,
    failureCount,
    failingSince: state.failingSince ?? now,
    failureReason: cutText(failure.reason, LONGEST_REASON),
    pausedAt: failure.kind === "gone" ? now : state.pausedAt,
  };
}

/** An outage of our own counts against no feed: it is polled again soon, its record as it was. */
export function afterOwnOutage(state: FeedState, now: Date, random: Random): FeedState {
  return { ...state, nextPollAt: later(now, jittered(SHORTEST_MS, random)) };
}

/** Fewer hosts than this that fail together prove nothing. */
const LEAST_HOSTS = 3;

/**
 * Whether it is our own outage that these were not reached, when no server answered meanwhile: several hosts of theirs had
 * answered the time before. One that has failed for longer says nothing of our network.
 */
export function isOwnOutage(unreached: readonly { readonly host: string; readonly failureCount: number }[]): boolean {
  const answeredBefore = unreached.filter(({ failureCount }) => failureCount === 0);
  return new Set(answeredBefore.map(({ host }) => host)).size >= LEAST_HOSTS;
}

/** Fewer links than this that were never there are no flood, whatever became of the others. */
const FEWEST_STRANGE = 5;
/** Of a page that was made anew less than this share is known. */
const KNOWN_SHARE = 0.1;

/** A link as far as its list is judged by it. */
type ListedLink = Pick<Article, "publishedAt"> & { readonly isKnown: boolean };

/**
 * Whether a source lists something else than it did: enough links that are strange to the store are not from since it was last read, or
 * do not say, and next to nothing else is known; or, of a list in order (`isOrdered`), enough of those that do not say stand below all
 * that is known, where one that shows more than it did goes on with what is older.
 */
export function isRemade(
  listed: readonly ListedLink[],
  { lastReadAt, isOrdered }: { readonly lastReadAt: Date; readonly isOrdered: boolean },
): boolean {
  // Pages give days, and the day on which it was read goes on.
  const since = lastReadAt.getTime() - DAY_MS;
  const old = listed.filter(
    ({ isKnown, publishedAt }) => !isKnown && (publishedAt === null || publishedAt.getTime() < since),
  );
  if (old.length < FEWEST_STRANGE) return false;
  if (listed.filter(({ isKnown }) => isKnown).length < KNOWN_SHARE * listed.length) return true;
  if (!isOrdered) return false;
  const below = listed.slice(listed.findLastIndex(({ isKnown }) => isKnown) + 1);
  return below.filter(({ publishedAt }) => publishedAt === null).length >= FEWEST_STRANGE;
}

/** Whether the operators should hear of this feed now. */
export function shouldReport(state: FeedState, now: Date): boolean {
  if (state.failingSince === null) return false;
  const failingMs = now.getTime() - state.failingSince.getTime();
  if (state.reportedAt === null) return state.pausedAt !== null || failingMs >= LEAST_GAP_MS;
  return now.getTime() - state.reportedAt.getTime() >= NEXT_REPORT_MS;
}

/** What the operators hear of a feed that fails: silence must not pass for "no news". */
export function failureReport(feed: Pick<Feed, "name" | "url">, state: FeedState, now: Date): string {
  const { failingSince, failureReason, pausedAt } = state;
  const days = Math.floor((now.getTime() - (failingSince ?? now).getTime()) / LEAST_GAP_MS);
  const since = days > 0 ? ` for ${days === 1 ? "a day" : `${days} days`}` : "";
  const outlook = pausedAt === null ? "It is tried again daily." : "It is not tried again.";
  return `${feed.name} (${feed.url}) has not been read${since}: ${failureReason ?? "no reason is known."} ${outlook}`;
}
