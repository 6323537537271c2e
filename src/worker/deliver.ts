import type { Claim, Post, PostOutcome } from "#model/delivery.ts";
import type { Pack } from "#model/pack.ts";
import { cardOf } from "#pipeline/card.ts";
import { articlesOf } from "#store/articles.ts";
import type { Db } from "#store/database.ts";
import { claimDue, settle } from "#store/outbox.ts";
import { revisionOf, storyById } from "#store/stories.ts";

/** Claims taken at once: enough to keep one round trip busy per destination, few enough to finish within a lease. */
const BATCH = 20;

/** What delivering touches. */
export type Desk = { readonly db: Db; readonly pack: Pack; readonly clock: () => Date };

/** Claim, post, settle, until nothing is due or `stop` aborts. Resolves to the number of posts that readers saw. */
export async function deliverDue({ db, pack, clock }: Desk, post: Post, stop: AbortSignal): Promise<number> {
  let posted = 0;
  while (!stop.aborted) {
    const claims = await claimDue(db, clock(), BATCH);
    if (claims.length === 0) break;
    const outcomes = await Promise.all(
      claims.map(async (claim) => {
        const outcome = await tryPost(db, pack, post, claim);
        await settle(db, claim, outcome, clock());
        return outcome;
      }),
    );
    posted += outcomes.filter(({ kind }) => kind === "posted").length;
  }
  return posted;
}

async function tryPost(db: Db, pack: Pack, post: Post, claim: Claim): Promise<PostOutcome> {
  const story = await storyById(db, claim.storyId);
  const revision = await revisionOf(db, claim.storyId, claim.revision);
  if (!story || !revision) return { kind: "rejected", reason: `story ${claim.storyId} is not stored any more` };
  const articles = await articlesOf(db, story.id);
  return post(claim, cardOf({ story, revision: revision.number, movements: revision.movements, articles }, pack));
}
