import { privately } from "#discord/answer.ts";
import { escapeWithin, link, timestamp } from "#discord/escape.ts";
import type { FeedState } from "#model/feed.ts";
import { feedStates } from "#store/feeds.ts";
import { type Button, type Command, type Context, lookUp } from "./command.ts";
import { paged, type Text } from "./paging.ts";

const PER_PAGE = 15;
const MAX_NAME = 80;
const MAX_REASON = 150;

/** `/feeds`: the sources and how they are; the failing ones first, because silence is not "no news". */
export const feeds: Command = {
  definition: lookUp("feeds", "The sources, and which of them fail"),
  async run(_interaction, context) {
    if (context.pack.feeds.length === 0) return privately("The pack has no feeds.");
    return paged({ read: () => health(context), perPage: PER_PAGE, gap: "\n" }, context);
  },
};

/** The button of a day on which nothing moved (`quiet:SUBSCRIPTION:TIME`), and of what is silent (`silences:SUBSCRIPTION:TIME`). */
export const quietButton: Button = async (_interaction, _args, context) =>
  paged({ read: () => health(context), perPage: PER_PAGE, gap: "\n" }, context);

async function health({ db, pack }: Context): Promise<Text> {
  const states = new Map((await feedStates(db)).map((state) => [state.feedId, state]));
  const known = pack.feeds.map((feed) => ({ feed, state: states.get(feed.id) }));
  const failing = known.filter(({ state }) => state !== undefined && isFailing(state));
  const entries = [...failing, ...known.filter((each) => !failing.includes(each))].map(
    ({ feed, state }) =>
      `${state !== undefined && isFailing(state) ? "⚠ " : ""}${link(escapeWithin(feed.name, MAX_NAME), feed.site)}${feed.primary ? " (primary)" : ""}: ${healthOf(state)}`,
  );
  return { title: `${entries.length} feeds, ${failing.length} failing`, entries };
}

const isFailing = ({ failureCount, pausedAt }: FeedState) => failureCount > 0 || pausedAt !== null;

function healthOf(state: FeedState | undefined): string {
  if (state === undefined || state.lastPolledAt === null) return "not read yet";
  const read = state.lastSuccessAt === null ? "never read" : `read ${timestamp(state.lastSuccessAt)}`;
  if (state.pausedAt !== null)
    return `paused ${timestamp(state.pausedAt)}: ${escapeWithin(state.failureReason ?? "gone", MAX_REASON)}`;
  if (state.failureCount === 0) return read;
  const since = state.failingSince === null ? "" : ` since ${timestamp(state.failingSince)}`;
  return `failing${since} (${state.failureCount} times): ${escapeWithin(state.failureReason ?? "", MAX_REASON)}; ${read}`;
}
