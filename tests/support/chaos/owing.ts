import { destinationFrom, keyOf } from "#model/destination.ts";
import { AT_ONCE, destinationOf, EVERYTHING, type Manner } from "#model/subscription.ts";
import { deadlinesIn } from "#pipeline/deadlines/deadlines.ts";
import { saveArticle } from "#store/articles.ts";
import { saveDeadlines } from "#store/deadlines.ts";
import { type Db, transact } from "#store/engine/database.ts";
import { registerFeeds } from "#store/feeds.ts";
import { enqueue, enqueueMemo } from "#store/outbox/owed.ts";
import { oweReminders } from "#store/reminders.ts";
import { addRevision, assignArticle, openStory } from "#store/stories.ts";
import { createSubscription } from "#store/subscriptions.ts";
import { saveTagging } from "#store/taggings.ts";
import type { Guild, LoopbackDiscord } from "#support/discord/discord.ts";
import { article, story } from "#support/samples.ts";
import { dayOf } from "#text/calendar.ts";
import type { Owing } from "./seen.ts";

/** The people who had each channel follow something, and the one who follows stories in direct messages. */
const personOf = (at: number) => `8000000000000000${String(at).padStart(2, "0")}`;
export const READER = personOf(99);

/** Channels of every kind, and a person's direct messages, each of which something will be owed to. */
export async function settleIn(db: Db, discord: LoopbackDiscord, guild: Guild, clock: () => Date): Promise<Owing[]> {
  await registerFeeds(db, ["gazette"], clock());
  const kinds: readonly [name: string, type: number, manner: Partial<Manner>][] = [
    ["one", 0, {}],
    ["two", 0, {}],
    ["announcements", 5, {}],
    ["forum", 15, {}],
    ["threads", 0, { threads: true }],
    ["digest", 0, { mode: "hourly" }],
    ["forum digest", 15, { mode: "hourly" }],
    ["mentions", 0, { mention: "123456789012345678" }],
    ["direct", 1, {}],
  ];
  const owing: Owing[] = [];
  for (const [at, [name, type, manner]] of kinds.entries()) {
    const channel = type === 1 ? discord.directOf(READER) : discord.addChannel(guild, name, { type });
    const wanted = {
      guildId: channel.guildId,
      destination: channel.id,
      filter: EVERYTHING,
      createdBy: type === 1 ? READER : personOf(at),
      manner: { ...AT_ONCE, memo: true, ...manner },
    };
    const subscription = await createSubscription(db, wanted, clock());
    owing.push({
      key: keyOf(destinationOf(subscription)),
      place: channel.id,
      channel,
      digest: manner.mode !== undefined,
      subscriptionId: subscription.id,
      owed: [],
      reminded: [],
      memos: 0,
    });
  }
  return owing;
}

export type Told = { readonly id: number; revision: number };

/** A new story, or the next revision of one, owed to some of the channels. A digest tells a story once, as it stands: it gets first revisions only. */
export async function owe(
  db: Db,
  clock: () => Date,
  random: () => number,
  stories: Told[],
  owing: readonly Owing[],
): Promise<void> {
  await transact(db, async (tx) => {
    const known = stories[Math.floor(random() * stories.length * 2)];
    const told = known ?? (await tellStory(tx, clock(), stories.length + 1));
    if (known === undefined) stories.push(told);
    else {
      told.revision += 1;
      await addRevision(tx, { storyId: told.id, number: told.revision, at: clock(), movements: [] });
    }
    const some = owing.filter(({ digest }) => random() < 0.5 && !(digest && told.revision > 1));
    await enqueue(
      tx,
      some.map(({ key }) => ({
        storyId: told.id,
        revision: told.revision,
        destination: destinationFrom(key),
        dueAt: clock(),
      })),
    );
    for (const { owed } of some) owed.push(`${told.id}:${told.revision}`);
    // Of an announcement channel Discord publishes ten messages an hour: what belongs to no card waits there for longer than chaos lasts.
    const lone = owing.filter(({ channel }) => channel?.type !== 5);
    if (known === undefined)
      await remindOf(
        tx,
        told.id,
        clock(),
        lone.filter(() => random() < REMINDED),
      );
    for (const one of lone.filter(() => random() < BRIEFED)) {
      await enqueueMemo(tx, one.subscriptionId, dayOf(clock()) + 7 + one.memos, clock());
      one.memos += 1;
    }
  });
}

/** Of a new story's day a channel is reminded as often as this. */
const REMINDED = 0.2;

/** And gets a memo as often in each round, each of another day to come: whenever it is played, none is stale. */
const BRIEFED = 0.04;

/** What sets a day long after any play of chaos. */
const FAR_DAY = "A hearing is set for December 1, 2099.";

/** Owes reminders as a worker does when they fall due. */
async function remindOf(tx: Db, storyId: number, now: Date, some: readonly Owing[]): Promise<void> {
  const { saga_id: sagaId } = await tx
    .selectFrom("stories")
    .select("saga_id")
    .where("id", "=", storyId)
    .executeTakeFirstOrThrow();
  const of = { storyId, sagaId, occasion: "hearing", day: "2099-12-01", lead: 7 } as const;
  await oweReminders(
    tx,
    some.map(({ place }) => ({ ...of, channel: place, dueAt: now })),
  );
  for (const { reminded } of some) reminded.push(storyId);
}

async function tellStory(tx: Db, now: Date, number: number): Promise<Told> {
  const url = `https://gazette.example/chaos-${number}`;
  const { id: _, ...told } = article({
    keys: [`url:${url}`],
    url,
    canonicalUrl: url,
    title: `Development ${number}`,
    text: FAR_DAY,
    firstSeenAt: now,
  });
  const saved = await saveArticle(tx, told);
  await saveDeadlines(tx, { ...saved.article, deadlines: deadlinesIn(saved.article) });
  await saveTagging(tx, saved.article.id, { relevant: true, support: 1, hold: null, tags: [] });
  const {
    id: __,
    sagaId: ___,
    ...rest
  } = story({ title: `Development ${number}`, leadArticleId: saved.article.id, lastArticleAt: now });
  const opened = await openStory(tx, rest, null);
  await assignArticle(tx, saved.article.id, opened.id);
  await addRevision(tx, { storyId: opened.id, number: 1, at: now, movements: [] });
  return { id: opened.id, revision: 1 };
}
