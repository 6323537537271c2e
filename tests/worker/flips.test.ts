import { beforeEach, expect, test } from "vitest";
import type { Pack } from "#model/pack.ts";
import { EVERYTHING } from "#model/subscription.ts";
import type { Db } from "#store/engine/database.ts";
import { registerFeeds } from "#store/feeds.ts";
import { claimDue, settle } from "#store/outbox/claims.ts";
import { claimGrownCards } from "#store/outbox/growth.ts";
import { createSubscription } from "#store/subscriptions.ts";
import { sqliteDatabases } from "#support/databases.ts";
import { PACK } from "#support/discord/bot.ts";
import { aWorld, filedAs } from "#support/filing.ts";
import { article, hours, tagOf } from "#support/samples.ts";
import { cardFor } from "#worker/card-for.ts";

const databases = sqliteDatabases();
let db: Db;

beforeEach(async () => {
  ({ db } = await databases.open());
  await registerFeeds(db, ["gazette", "office"], hours(-99));
});

const stage = (id: string, order: number, eases: boolean) => ({
  id,
  name: id,
  order,
  eases,
  cues: [],
  conditionalCap: false,
});
const STAGES = [stage("talks", 1, false), stage("in-force", 5, false), stage("suspended", 6, true)];
const pack: Pack = { ...PACK, facets: { ...PACK.facets, stages: STAGES } };

/** What a primary source says of the matter at an hour: where it stands. Its text is its own each time. */
async function says(stageId: string, at: number, points = ["audit-scope"]): Promise<string[]> {
  const now = hours(at);
  const { movements, told } = await filedAs(
    { ...aWorld(db, pack), clock: () => now },
    {
      article: article({
        feedId: "office",
        keys: [`guid:${at}`],
        title: `Office ${stageId === "suspended" ? "suspends" : "restores"} rule on audits of Corvane`,
        text: `At hour ${at} the rule on audits of Corvane is ${stageId}, the office says of number ${at * 7}.`,
        textHash: `hash ${at}`,
        publishedAt: now,
        firstSeenAt: now,
      }),
      tagging: {
        relevant: true,
        support: 1,
        hold: null,
        tags: [...points.map((id) => tagOf("point", id)), tagOf("stage", stageId)],
      },
      primary: true,
      // One story, whatever the index makes of so few words.
      place: () => ({ storyId: at === 0 ? null : 1, sagaId: null, because: null }),
    },
  );
  return [...movements, ...(told ? ["told"] : [])];
}

test("a stage that goes back and forth within a day is told once, and edits the card from then on", async () => {
  const wanted = { guildId: "g", destination: "here", filter: EVERYTHING, createdBy: null };
  await createSubscription(db, wanted, hours(-1));
  expect(await says("in-force", 0)).toEqual(["opened", "told"]);
  expect(await says("suspended", 1)).toEqual(["reversal", "told"]);
  for (const messageId of ["m1", "m2"]) {
    const [claim] = await claimDue(db, hours(1), 1);
    await settle(db, claim!, { kind: "posted", messageId }, hours(1));
  }
  expect(await says("in-force", 2)).toEqual(["reversal"]);
  expect(await says("suspended", 3)).toEqual(["reversal"]);
  expect(await says("in-force", 4)).toEqual(["reversal"]);
  expect(await claimDue(db, hours(5), 9)).toEqual([]);
  expect(await claimGrownCards(db, hours(5), 9)).toMatchObject([{ messageId: "m2", revision: 2 }]);
  // The card that stands there says where the matter went, and its buttons stay those of its revision.
  const delivering = { db, pack, clock: () => hours(5), bug: () => {} };
  const edited = await cardFor(delivering, 1, 2);
  expect(edited?.card).toMatchObject({ revision: 2, stage: "in-force" });
  expect(edited?.card.change).toMatch(/suspended → in-force/);
  expect(await says("suspended", 30)).toEqual(["reversal", "told"]);
});

test("a new friction point edits the cards that stand, and is the first card where a channel follows that point alone", async () => {
  const follows = (destination: string, points: string[]) =>
    createSubscription(
      db,
      { guildId: "g", destination, filter: { ...EVERYTHING, points }, createdBy: null },
      hours(-1),
    );
  await follows("all", []);
  await follows("fines", ["penalties"]);
  await says("in-force", 0);
  for (const claim of await claimDue(db, hours(0), 9)) {
    expect(claim.destination).toBe("all");
    await settle(db, claim, { kind: "posted", messageId: "m" }, hours(0));
  }
  expect(await says("in-force", 1, ["penalties"])).toEqual(["point", "told"]);
  expect(await claimDue(db, hours(1), 9)).toMatchObject([{ destination: "fines", revision: 2 }]);
  expect(await claimGrownCards(db, hours(2), 9)).toMatchObject([{ destination: "all", messageId: "m", revision: 1 }]);
});
