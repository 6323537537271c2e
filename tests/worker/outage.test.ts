import { sql } from "kysely";
import { expect, onTestFinished, test } from "vitest";
import { type Sites, sitesOf } from "#support/sites.ts";
import { minutes, NOON } from "#support/stored.ts";
import { takeDue } from "#worker/agenda.ts";
import { createPolls } from "#worker/polls.ts";

/** Polls what is due at these moments, a few feeds at a time, and says what a report would say then. */
function lookingAt(sites: Sites): (minute: number) => Promise<{ readonly offline: boolean; readonly polled: number }> {
  let ended = 0;
  const polls = createPolls(sites.world, () => ended++);
  onTestFinished(() => polls.end());
  return async (minute) => {
    sites.now = minutes(minute);
    const asked = sites.asked.length;
    await polls.takeUp(takeDue(sites.world));
    await expect.poll(() => ended).toBe(sites.asked.length);
    // What the last answers mean is settled in the turn after.
    await polls.takeUp(takeDue(sites.world));
    return { offline: polls.report().offline, polled: sites.asked.length - asked };
  };
}

const IDS = ["a", "b", "c", "d"];

/** Feeds that were read at noon, and fall due one after another, a few minutes apart. */
async function trickling(apart: number): Promise<Sites> {
  const sites = await sitesOf(IDS, NOON);
  for (const [at, id] of IDS.entries()) await sites.due(id, minutes(1 + at * apart));
  return sites;
}

test("a feed that fails alone is no outage: it is to blame as soon as another site answers", async () => {
  const sites = await trickling(1);
  sites.away.add("a");
  const look = lookingAt(sites);
  expect(await look(1)).toEqual({ offline: false, polled: 1 });
  expect(await sites.stateOf("a")).toMatchObject({ failureCount: 0 });
  expect(await look(2)).toEqual({ offline: false, polled: 1 });
  expect(await sites.stateOf("a")).toMatchObject({ failureCount: 1, failureReason: "No answer." });
});

test("a feed that fails where nothing else is polled is to blame after a while", async () => {
  const sites = await trickling(100);
  sites.away.add("a");
  const look = lookingAt(sites);
  expect(await look(1)).toEqual({ offline: false, polled: 1 });
  // It is still held: nobody polls it again.
  expect(await look(5.9)).toEqual({ offline: false, polled: 0 });
  expect(await sites.stateOf("a")).toMatchObject({ failureCount: 0 });
  expect(await look(6)).toEqual({ offline: false, polled: 0 });
  expect(await sites.stateOf("a")).toMatchObject({ failureCount: 1, nextPollAt: minutes(11) });
});

test("an outage of our own is told though feeds fail one after another, counts against none, and ends with an answer", async () => {
  const sites = await trickling(1);
  for (const id of IDS) sites.away.add(id);
  const look = lookingAt(sites);
  expect([await look(1), await look(2)].map(({ offline }) => offline)).toEqual([false, false]);
  expect(await look(3)).toEqual({ offline: true, polled: 1 });
  expect(await look(4)).toEqual({ offline: true, polled: 1 });
  for (const id of IDS) expect(await sites.stateOf(id)).toMatchObject({ failureCount: 0, failingSince: null });
  sites.away.delete("a");
  expect(await look(8)).toMatchObject({ offline: false });
  expect(await sites.stateOf("a")).toMatchObject({ lastSuccessAt: minutes(8) });
});

test("feeds whose states the store did not take are polled again when their claims lapse", async () => {
  const sites = await trickling(1);
  for (const id of IDS) sites.away.add(id);
  const look = lookingAt(sites);
  await look(1);
  await look(2);
  const { db } = sites.world;
  await sql`create trigger full before update of etag on feeds begin select raise(abort, 'the disk is full'); end`.execute(
    db,
  );
  await expect(look(3)).rejects.toThrow("the disk is full");
  await sql`drop trigger full`.execute(db);
  expect(await look(4)).toEqual({ offline: true, polled: 4 });
});

test("several feeds that fail together are no outage before whatever else is being asked had its time to answer", async () => {
  const sites = await sitesOf([...IDS, "slow"], NOON);
  for (const id of IDS) sites.away.add(id);
  const { promise: answer, resolve: letAnswer } = Promise.withResolvers<void>();
  sites.held.set("slow", answer);
  let ended = 0;
  const polls = createPolls(sites.world, () => ended++);
  onTestFinished(() => polls.end());
  await polls.takeUp(takeDue(sites.world));
  await expect.poll(() => ended).toBe(IDS.length);
  sites.now = minutes(0.4);
  await polls.takeUp(takeDue(sites.world));
  expect(polls.report().offline).toBe(false);
  letAnswer();
  await polls.end();
  expect(polls.report().offline).toBe(false);
  expect(await sites.stateOf("a")).toMatchObject({ failureCount: 1 });
});

test("sites that have been dead for long are no outage, however many fail together", async () => {
  const sites = await sitesOf(IDS, NOON);
  await sites.world.db
    .updateTable("feeds")
    .set({ failure_count: 3, failing_since: NOON.getTime() })
    .where("feed_id", "<>", "d")
    .execute();
  await sites.due("d", minutes(90));
  for (const id of ["a", "b", "c"]) sites.away.add(id);
  const look = lookingAt(sites);
  expect(await look(0)).toEqual({ offline: false, polled: 3 });
  expect(await look(4)).toEqual({ offline: false, polled: 0 });
  expect(await look(5)).toEqual({ offline: false, polled: 0 });
  expect(await sites.stateOf("b")).toMatchObject({ failureCount: 4 });
});
