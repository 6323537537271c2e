import { expect, onTestFinished, test } from "vitest";
import { claimDueFeeds, FEED_LEASE_MS } from "#store/feeds.ts";
import { type Sites, sitesOf } from "#support/sites.ts";
import { minutes, NOON } from "#support/stored.ts";
import { takeDue } from "#worker/agenda.ts";
import { createPolls, type Polls } from "#worker/polls.ts";

function pollsOf(sites: Sites): {
  readonly polls: Polls;
  readonly look: () => Promise<void>;
  readonly ended: string[];
} {
  const ended: string[] = [];
  const polls = createPolls(sites.world, ({ feedId }) => ended.push(feedId));
  onTestFinished(() => polls.end());
  return { polls, look: () => polls.takeUp(takeDue(sites.world)), ended };
}

test("a feed that falls due is polled at the next look, whatever slow site is still being polled", async () => {
  const sites = await sitesOf(["slow", "quick"], NOON);
  await sites.due("quick", minutes(1));
  const { promise: answer, resolve: letAnswer } = Promise.withResolvers<void>();
  sites.held.set("slow", answer);
  const { polls, look, ended } = pollsOf(sites);
  await look();
  expect(sites.asked).toEqual(["slow"]);
  sites.now = minutes(1.1);
  await look();
  await expect.poll(() => ended).toEqual(["quick"]);
  expect(polls.report()).toMatchObject({ unchanged: 1, latestMs: 6_000 });
  letAnswer();
  await polls.end();
  expect(ended).toEqual(["quick", "slow"]);
  expect(polls.report()).toMatchObject({ unchanged: 1, latestMs: 0 });
  expect(polls.report()).toMatchObject({ unchanged: 0 });
});

test("what a worker held that died is polled at the next look after its lease", async () => {
  const sites = await sitesOf(["gazette"], NOON);
  await claimDueFeeds(sites.world.db, NOON, 1);
  const { polls, look } = pollsOf(sites);
  sites.now = new Date(NOON.getTime() + FEED_LEASE_MS - 1);
  await look();
  expect(sites.asked).toEqual([]);
  sites.now = new Date(NOON.getTime() + FEED_LEASE_MS);
  await look();
  await polls.end();
  expect(sites.asked).toEqual(["gazette"]);
});

test("no more is claimed than is polled at once, and the next as soon as a hand is free", async () => {
  const ids = Array.from({ length: 20 }, (_, at) => `feed-${at}`);
  const sites = await sitesOf(ids, NOON);
  const { promise: answer, resolve: letAnswer } = Promise.withResolvers<void>();
  for (const id of ids) sites.held.set(id, answer);
  const { polls, look } = pollsOf(sites);
  const looking = look();
  await expect.poll(() => sites.asked.length).toBe(16);
  expect(await claimDueFeeds(sites.world.db, NOON, 20)).toHaveLength(4);
  await sites.world.db.updateTable("feeds").set({ lease_until: 0 }).execute();
  letAnswer();
  await looking;
  await polls.end();
  expect(new Set(sites.asked).size).toBe(20);
});

test("a fault of the store is told at the next look, which goes on", async () => {
  const sites = await sitesOf(["gazette", "courier"], NOON);
  await sites.due("courier", minutes(1));
  let faults = 2;
  const { db } = sites.world;
  const faulty: Sites = {
    ...sites,
    world: {
      ...sites.world,
      random: () => {
        if (faults === 0) return 0;
        faults -= 1;
        throw new Error("the disk is full");
      },
      bug: () => {},
    },
  };
  sites.away.add("gazette");
  const { look, polls } = pollsOf(faulty);
  await look();
  await expect.poll(() => faults).toBe(0);
  await db.updateTable("feeds").set({ lease_until: 0 }).execute();
  await expect(look()).rejects.toThrow("the disk is full");
  sites.now = minutes(1);
  await look();
  await polls.end();
  expect(sites.asked).toContain("courier");
});
