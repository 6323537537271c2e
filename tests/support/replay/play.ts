import { appendFileSync, copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import type { Claim, Poster } from "#model/delivery.ts";
import type { Pack } from "#model/pack.ts";
import { EVERYTHING } from "#model/subscription.ts";
import { loadPack } from "#pack/pack.ts";
import { createFetcher } from "#pipeline/fetch/fetch.ts";
import { compileRules } from "#pipeline/tag/tag.ts";
import { type Db, openDatabase } from "#store/engine/database.ts";
import { registerFeeds } from "#store/feeds.ts";
import { releaseClaims } from "#store/outbox/claims.ts";
import { activeSubscriptions, createSubscription } from "#store/subscriptions.ts";
import { type FeedServer, startFeedServer } from "#support/feed-server.ts";
import { agendaOf } from "#worker/agenda.ts";
import { deliverDue } from "#worker/deliver.ts";
import { createIndexKeeper } from "#worker/index-keeper.ts";
import { pollRound } from "#worker/round.ts";
import { createStoryMemory } from "#worker/story-memory.ts";
import type { World } from "#worker/world.ts";
import { documentOf, readSequence, type Sequence, startOf } from "./sequence.ts";

/** What readers were sent, one a line of the journal. */
export type Posted = {
  readonly nonce: string;
  /** The clock as it was sent. */
  readonly at: string;
  readonly storyId: number;
  readonly revision: number;
  /** The message that it answers: the story's last one. */
  readonly answers: string | null;
  readonly title: string;
  readonly sentences: readonly string[];
};

const CHANNEL = "readers";

/**
 * Plays the sequence through the worker on the data folder, from where an earlier play of it was cut off: at each step
 * the clock stands still, every feed is polled, and what is owed is posted into the folder's journal.
 */
export async function play(folder: string, heard: (step: number) => void = () => {}): Promise<void> {
  const sequence = readSequence();
  await using server = await startFeedServer();
  const opening = await openDatabase({ url: null, dataDir: folder });
  if (opening.kind === "refused") throw new Error(opening.reason);
  const { db, close } = opening.database;
  let now = startOf(sequence);
  const clock = () => now;
  const pace = { concurrency: 9, intervalMs: 0 };
  const fetcher = createFetcher({ userAgent: "Policywire/test", allowNetworks: ["127.0.0.0/8"], clock, pace });
  const pack = packOf(sequence, folder, server);
  const world: World = {
    db,
    pack,
    rules: compileRules(pack),
    fetcher,
    mayAsk: async () => true,
    readPage: async (article) => article,
    stories: createIndexKeeper(pack),
    memory: createStoryMemory(pack),
    stop: new AbortController().signal,
    clock,
    random: () => 0,
    tell: () => {},
    bug: (_, error) => {
      throw error;
    },
  };
  await registerReaders(db, sequence);
  const feedIds = sequence.feeds.map(({ id }) => id);
  await releaseClaims(db);
  const poster = posterInto(folder, clock);
  for (let step = stepsDone(folder); step <= sequence.articles.length; step++) {
    heard(step);
    if (step > 0) now = sequence.articles[step - 1]!.at;
    for (const { id } of sequence.feeds) server.answer(`/${id}`, { body: documentOf(id, sequence, step) });
    const { failures } = await pollRound(agendaOf(world, feedIds), world, () => {});
    if (failures.length > 0) throw new Error(failures.map(({ feed, reason }) => `${feed.id}: ${reason}`).join("\n"));
    await deliverDue({ db, pack, clock, bug: world.bug }, poster, world.stop);
    noteStep(folder, step + 1);
  }
  await fetcher.close();
  await close();
}

/** The points and facets of the AI policy pack, with the sequence's own feeds; its rules alone decide, by which the sequence was marked. */
function packOf({ feeds }: Sequence, folder: string, server: FeedServer): Pack {
  const dir = join(folder, "pack");
  mkdirSync(dir, { recursive: true });
  for (const file of ["points.yaml", "facets.yaml"]) copyFileSync(join("feeds/ai-policy", file), join(dir, file));
  const catalogue = feeds.map((feed) => ({
    ...feed,
    url: `${server.origin}/${feed.id}`,
    site: `https://${feed.id}.example`,
    fullText: "never",
  }));
  writeFileSync(join(dir, "feeds.yaml"), stringify({ feeds: catalogue }));
  const loaded = loadPack(dir);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  return { ...loaded.pack, weights: null };
}

async function registerReaders(db: Db, sequence: Sequence): Promise<void> {
  const start = startOf(sequence);
  await registerFeeds(
    db,
    sequence.feeds.map(({ id }) => id),
    start,
  );
  if ((await activeSubscriptions(db, start)).length > 0) return;
  await createSubscription(db, { guildId: null, destination: CHANNEL, filter: EVERYTHING, createdBy: null }, start);
}

/** Like Discord, answers a message sent twice under one nonce with the message that there is. */
function posterInto(folder: string, clock: () => Date): Poster {
  return {
    post: async ({ storyId, revision, destination, messageId }: Claim, { title, sentences }) => {
      const nonce = `${storyId}:${revision}:${destination}`;
      if (!journalOf(folder).some((posted) => posted.nonce === nonce)) {
        const posted: Posted = {
          nonce,
          at: clock().toISOString(),
          storyId,
          revision,
          answers: messageId,
          title,
          sentences: sentences.map(({ text }) => text),
        };
        appendFileSync(join(folder, "journal"), `${JSON.stringify(posted)}\n`);
      }
      return { kind: "posted", messageId: nonce };
    },
  };
}

/** What was posted, in order. */
export function journalOf(folder: string): Posted[] {
  const path = join(folder, "journal");
  const lines = existsSync(path) ? readFileSync(path, "utf8").split("\n") : [];
  return lines.filter((line) => line !== "").map((line) => JSON.parse(line) as Posted);
}

/** Steps that were played to their end; the one that was cut off is played again. */
function stepsDone(folder: string): number {
  const path = join(folder, "steps");
  return existsSync(path) ? Number(readFileSync(path, "utf8")) : 0;
}

function noteStep(folder: string, steps: number): void {
  writeFileSync(join(folder, "steps.next"), String(steps));
  renameSync(join(folder, "steps.next"), join(folder, "steps"));
}
