import { Command } from "commander";
import type { Pack } from "#model/pack.ts";
import { AT_ONCE, EVERYTHING } from "#model/subscription.ts";
import { loadPack } from "#pack/pack.ts";
import { complain, problemLine } from "#settings/problem.ts";
import { type Brought, comparisonText, namesIn, postOf } from "./play/compare.ts";
import { itemsOf, type SourceOptions, withSource } from "./play/items.ts";
import { type Plan, playAll } from "./play/plan.ts";
import type { OpenPlayer } from "./play/player.ts";
import { createProgress } from "./play/progress.ts";
import { type Means, STOPPED, withMeans } from "./play/stop.ts";

type Asked = SourceOptions & { readonly pack: string; readonly against?: string; readonly data?: string };

/** `policywire backtest`: what a changed pack would have brought, beside another. */
export function backtestCommand(open: OpenPlayer, clock: () => Date): Command {
  return withSource(new Command("backtest"))
    .requiredOption("--pack <dir>", "the changed pack")
    .option("--against <dir>", "the pack to compare it with (default: POLICYWIRE_PACK)")
    .option("--data <dir>", "the folder of the embedded database (default: POLICYWIRE_DATA)")
    .action(async (file: string | undefined, asked: Asked) => {
      process.exitCode = await withMeans(open, clock, (means) => backtest(file, asked, means));
    });
}

async function backtest(file: string | undefined, asked: Asked, { config, open, now, stop }: Means): Promise<number> {
  const [other, changed] = [loadPack(asked.against ?? config.packDir), loadPack(asked.pack)];
  if (!other.ok) return complain(other.problems.map(problemLine));
  if (!changed.ok) return complain(changed.problems.map(problemLine));
  const found = await itemsOf(file, asked, { ...config, dataDir: asked.data ?? config.dataDir }, now);
  if (found.kind === "refused") return complain([found.reason]);
  const { items } = found;
  const plan = { items, filter: EVERYTHING, manner: AT_ONCE, everyMs: asked.every, stop };
  const before = await bring({ ...plan, pack: other.pack }, "Before: ", open);
  const after = await bring({ ...plan, pack: changed.pack }, "After: ", open);
  if (stop.aborted) return STOPPED;
  process.stdout.write(comparisonText(before, after, items));
  return found.isWhole ? 0 : 1;
}

/** Plays, and keeps what is compared. */
export async function bring(plan: Plan & { readonly pack: Pack }, label: string, open: OpenPlayer): Promise<Brought> {
  const progress = createProgress(plan.items.length, label);
  const posts: Brought["posts"][number][] = [];
  const { player } = await playAll(plan, open, async (told, { done, at, itemOf }) => {
    for (const each of told) if (each.kind === "post") posts.push(postOf(each.shown, itemOf));
    progress.tell(done, at, posts.length);
  });
  progress.end();
  try {
    return { posts, names: await namesIn(player) };
  } finally {
    await player.close();
  }
}
