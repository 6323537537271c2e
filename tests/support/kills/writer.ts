/**
 * A process to be killed: writes numbered transactions to the store as fast as it can, and prints each number once its transaction
 * was acknowledged. Numbers go on from the last one found. Arguments: the database URL or "", the data folder.
 */
import { writeSync } from "node:fs";
import { saveArticle } from "#store/articles.ts";
import { openDatabase, transact } from "#store/engine/database.ts";
import { registerFeeds } from "#store/feeds.ts";
import { claimDue, settle } from "#store/outbox/claims.ts";
import { enqueue } from "#store/outbox/owed.ts";
import { addRevision, assignArticle, openStory } from "#store/stories.ts";
import { saveTagging } from "#store/taggings.ts";
import { anArticle, aStory, aTagging, NOON } from "#support/stored.ts";

const [url = "", dataDir = ""] = process.argv.slice(2);
const opening = await openDatabase({ url: url === "" ? null : url, dataDir });
if (opening.kind === "refused") throw new Error(opening.reason);
const { db } = opening.database;
await registerFeeds(db, ["gazette"], NOON);
const newest = await db
  .selectFrom("stories")
  .select((eb) => eb.fn.max("title").as("title"))
  .executeTakeFirst();

/** Its own: what an earlier writer was killed over holds up its channel until the lease ends, and the clock stands still here. */
const CHANNEL = `channel-${process.pid}`;

for (let number = Number(newest?.title ?? 0) + 1; ; number++) {
  // Of a width, so that the greatest title is the last.
  const title = String(number).padStart(9, "0");
  await transact(db, async (tx) => {
    const text = `Transaction ${title}. ${"All of it is kept, or none. ".repeat(number % 40)}`;
    const { article } = await saveArticle(tx, anArticle({ keys: [title], title, text }));
    await saveTagging(tx, article.id, aTagging);
    const story = await openStory(tx, aStory(article), null);
    await assignArticle(tx, article.id, story.id);
    await addRevision(tx, { storyId: story.id, number: 1, at: NOON, movements: [] });
    await enqueue(tx, [{ storyId: story.id, revision: 1, destination: CHANNEL, dueAt: NOON }]);
  });
  writeSync(1, `written ${title}\n`);
  if (number % 3 > 0) continue;
  const [claim] = await claimDue(db, NOON, 1);
  if (claim === undefined) continue;
  const mine = await settle(db, claim, { kind: "posted", messageId: String(claim.deliveryId) }, NOON);
  if (mine) writeSync(1, `posted ${claim.deliveryId}\n`);
}
