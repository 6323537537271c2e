import { type Answer, privately } from "#discord/answer.ts";
import { escapeWithin, timestamp } from "#discord/escape.ts";
import type { StoredArticle } from "#model/article.ts";
import { newsDestinationsOf } from "#model/destination.ts";
import { feedName } from "#model/pack.ts";
import type { Story } from "#model/story.ts";
import { EVERYTHING, type Filter, without } from "#model/subscription.ts";
import { isFresh, type Matchable, matches } from "#pipeline/match.ts";
import { canonicalUrl } from "#pipeline/normalize/canonical-url.ts";
import { articlesAt, storyOf } from "#store/articles.ts";
import { deliveriesIn } from "#store/outbox/deliveries.ts";
import { reachOf, UNREACHED } from "#store/reach.ts";
import { storyById } from "#store/stories.ts";
import { activeMutes, subscriptionsOf } from "#store/subscriptions.ts";
import { taggingsOf } from "#store/taggings.ts";
import type { Context } from "./command.ts";
import { evidenceLines } from "./evidence.ts";
import { filterText } from "./list.ts";
import { paged, type Text } from "./paging.ts";

const PER_PAGE = 15;

/** Of a name or a reason. */
const MAX_WORDS = 200;

/** Why an article was not posted to this channel, or that it was. */
export async function whyNot(address: string, channelId: string, context: Context): Promise<Answer> {
  const { db } = context;
  const canonical = canonicalUrl(address.trim());
  if (canonical === null) return privately("This is no link that can be read.");
  if ((await articlesAt(db, canonical)).length === 0)
    return privately("No feed has brought this article. `/feeds` shows which are read, and which fail.");
  return paged({ read: () => reasons(canonical, channelId, context), perPage: PER_PAGE, gap: "\n" }, context);
}

async function reasons(canonical: string, channelId: string, context: Context): Promise<Text> {
  const { db, pack } = context;
  const [article] = await articlesAt(db, canonical);
  if (article === undefined) return { title: "Why not", entries: ["The article is not stored any more."] };
  const tagging = (await taggingsOf(db, [article.id])).get(article.id);
  const storyId = await storyOf(db, article.id);
  const story = storyId === null ? null : await storyById(db, storyId);
  const entries = [
    `Read ${timestamp(article.firstSeenAt, "f")} from ${escapeWithin(feedName(article.feedId, pack), MAX_WORDS)}.`,
    ...(tagging?.hold == null ? [] : [`Held back from readers: ${escapeWithin(tagging.hold, MAX_WORDS)}.`]),
    ...(story === null
      ? ["Not a development on the pack's topic, so it is in no story."]
      : await inStory(story, article, channelId, context)),
    ...evidenceLines(article, tagging?.tags ?? [], pack),
  ];
  return { title: "Why not", entries };
}

async function inStory(
  story: Story,
  article: StoredArticle,
  channelId: string,
  { db, pack, clock }: Context,
): Promise<string[]> {
  const subscriptions = await subscriptionsOf(db, { destination: channelId });
  const destinations = newsDestinationsOf(channelId, subscriptions);
  for (const state of ["posted", "due", "held", "dead", "dropped"] as const) {
    const delivery = (await deliveriesIn(db, state, { limit: 1_000, destinations })).find(
      ({ storyId }) => storyId === story.id,
    );
    if (delivery === undefined) continue;
    const ends = {
      posted: "was posted here",
      due: "waits to be posted here",
      held: "is held back here",
      dead: "could not be posted here",
      dropped: "was dropped",
    };
    return [
      `Story ${story.id} ${ends[state]}${delivery.reason === null ? "" : `: ${escapeWithin(delivery.reason, MAX_WORDS)}`}.`,
      ...(state === "posted"
        ? ["Later articles fold into its card, and make a new message only when something moves."]
        : []),
    ];
  }
  if (subscriptions.length === 0) return [`It is in story ${story.id}, and this channel follows nothing.`];
  const candidate = { story, ...((await reachOf(db, [story.id], clock())).get(story.id) ?? UNREACHED) };
  const mutes = await activeMutes(db, clock(), channelId);
  const primary = pack.feeds.find(({ id }) => id === article.feedId)?.primary ?? false;
  const reasons = subscriptions.map(({ id, filter, createdAt, pausedAt }) => {
    if (pausedAt !== null) return `Request ${id} is paused.`;
    if (!matches(filter, candidate))
      return `Request ${id} wants ${filterText(filter, pack)}; ${missed(filter, candidate, pack)}`;
    if (!matches(without(filter, mutes), candidate))
      return `Request ${id} wants it, but something in it is muted here (\`/mute\`).`;
    if (article.publishedAt !== null && article.publishedAt < createdAt)
      return `Request ${id} wants it, but is younger than the article.`;
    if (!isFresh(article, primary, article.firstSeenAt))
      return `Request ${id} wants it, but the article was old when it was first seen.`;
    return `Request ${id} wants it, but nothing in the story moved with it.`;
  });
  return [`It is in story ${story.id}.`, ...reasons];
}

/** Which part of a filter a story does not meet. */
function missed(filter: Filter, candidate: Matchable, pack: Context["pack"]): string {
  const parts = (Object.keys(EVERYTHING) as (keyof Filter)[]).filter(
    (key) => !matches({ ...EVERYTHING, [key]: filter[key] }, candidate),
  );
  const names = {
    points: "friction point",
    places: "place",
    stages: "stage",
    actors: "actor",
    laws: "law",
    sources: "source",
    words: "words",
    stories: "story",
    not: "“not”",
  };
  const stage = pack.facets.stages.find(({ id }) => id === candidate.story.stage)?.name ?? "none";
  return `it fails on ${parts.map((part) => names[part]).join(" and ")}${parts.includes("stages") ? ` (its stage is ${escapeWithin(stage, MAX_WORDS)})` : ""}.`;
}
