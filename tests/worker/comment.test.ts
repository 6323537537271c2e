import { beforeEach, expect, test } from "vitest";
import type { Pack } from "#model/pack.ts";
import { EVERYTHING } from "#model/subscription.ts";
import type { Db } from "#store/engine/database.ts";
import { registerFeeds } from "#store/feeds.ts";
import { claimDue, settle } from "#store/outbox/claims.ts";
import { createSubscription } from "#store/subscriptions.ts";
import { sqliteDatabases } from "#support/databases.ts";
import { PACK } from "#support/discord/bot.ts";
import { aWorld, filedAs } from "#support/filing.ts";
import { article, hours, tagOf } from "#support/samples.ts";

const databases = sqliteDatabases();
let db: Db;

beforeEach(async () => {
  ({ db } = await databases.open());
  await registerFeeds(db, ["gazette", "office"], hours(-99));
});

const certainties: Pack["facets"]["certainties"] = [
  { id: "official", name: "Official", label: "official", order: 1, cues: [] },
  { id: "analysis", name: "Analysis", label: "analysis", order: 2, cues: [], comment: true },
];
const pack: Pack = { ...PACK, facets: { ...PACK.facets, certainties } };

/** What opens a story of the dispute at an hour. */
async function opens(certainty: string, at: number, point: string): Promise<boolean> {
  const now = hours(at);
  const { told } = await filedAs(
    { ...aWorld(db, pack), clock: () => now },
    {
      article: article({
        feedId: "gazette",
        keys: [`guid:${at}`],
        title: `Item ${at} on the order to Corvane`,
        text: `At hour ${at} item ${at * 7} tells of the order to Corvane.`,
        textHash: `hash ${at}`,
        publishedAt: now,
        firstSeenAt: now,
      }),
      tagging: { relevant: true, support: 1, hold: null, tags: [tagOf("point", point), tagOf("certainty", certainty)] },
      place: () => ({ storyId: null, sagaId: at === 0 ? null : 1, because: null }),
    },
  );
  return told;
}

const follows = (destination: string, points: string[]) =>
  createSubscription(db, { guildId: "g", destination, filter: { ...EVERYTHING, points }, createdBy: null }, hours(-1));

test("comment on a matter is no post where the matter was told; what is no comment is one", async () => {
  await follows("all", []);
  expect(await opens("official", 0, "audit-scope")).toBe(true);
  // Still owed, then posted: either way the channel has it.
  expect(await opens("analysis", 1, "audit-scope")).toBe(false);
  for (const claim of await claimDue(db, hours(2), 9))
    await settle(db, claim, { kind: "posted", messageId: "m" }, hours(2));
  expect(await opens("analysis", 3, "penalties")).toBe(false);
  expect(await opens("official", 4, "penalties")).toBe(true);
});

test("comment is a post where nobody was told of the matter, and where it comes first", async () => {
  await follows("fines", ["penalties"]);
  expect(await opens("official", 0, "audit-scope")).toBe(false);
  expect(await opens("analysis", 1, "penalties")).toBe(true);
});
