import { DAY_MS } from "#model/time.ts";
import { transact } from "#store/engine/database.ts";
import { pruneAll } from "#worker/prune.ts";
import { percentile } from "./figures.ts";
import { madeUp, withNews } from "./news.ts";
import { optionsOf } from "./options.ts";

/** Of what a writer may wait while the store is pruned, in milliseconds. */
const BAR_MS = 100;

/**
 * Prunes the oldest days of a store of made-up news while somebody else writes to it, and says how long that one's transactions
 * took. Both writers are in one process, as they are in the bot. Pruning a kept store again prunes its next days.
 */
export async function bench(args: readonly string[]): Promise<void> {
  const { values } = optionsOf("prune", args, { articles: "100000", days: "4", keep: undefined });
  await withNews(values.keep, Number(values.articles), async ({ db, engine }) => {
    const oldest = await db
      .selectFrom("stories")
      .select((eb) => eb.fn.min("last_article_at").as("at"))
      .executeTakeFirstOrThrow();
    // As if the days had come at which these are too old: their texts, and then all of them.
    const age = Math.floor((madeUp.now.getTime() - oldest.at) / DAY_MS) - Number(values.days);
    const retention = { articleDays: age, textDays: age, deliveryDays: age };

    const waits: number[] = [];
    const ended = new AbortController();
    const write = async () => {
      while (!ended.signal.aborted) {
        const started = performance.now();
        await transact(db, async (tx) => {
          await tx.updateTable("feeds").set({ reported_at: 1 }).where("feed_id", "=", "feed-1").execute();
        });
        waits.push(performance.now() - started);
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    };
    const writing = write();
    const started = performance.now();
    const pruned = await pruneAll(db, madeUp.now, retention, new AbortController().signal);
    const seconds = (performance.now() - started) / 1000;
    ended.abort();
    await writing;

    const at = (share: number) => percentile(waits, share).toFixed(1);
    process.stdout.write(
      `${engine}, ${values.articles} articles: pruned ${pruned.texts} texts and ${pruned.stories} stories, closed ${pruned.closed}, in ` +
        `${seconds.toFixed(1)} s; ${waits.length} transactions of another writer meanwhile took p50 ${at(0.5)}, p99 ${at(0.99)}, at most ${at(1)} ms\n`,
    );
    if (Number(at(1)) > BAR_MS) process.exitCode = 1;
  });
}
