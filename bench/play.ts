import type { Profiler } from "node:inspector";
import { Session } from "node:inspector/promises";
import { openPlayer } from "#app/player.ts";
import { playAll } from "#cli/play/plan.ts";
import type { Item } from "#cli/play/player.ts";
import { openStream, readStream } from "#cli/play/stream.ts";
import type { Pack } from "#model/pack.ts";
import { AT_ONCE, EVERYTHING } from "#model/subscription.ts";
import { HOUR_MS } from "#model/time.ts";
import { loadPack } from "#pack/pack.ts";
import { optionsOf } from "./options.ts";

/** A stream of so many items is to be played in so many seconds on two cores. */
const ITEMS = 31_000;
const SECONDS = 60;

/**
 * How fast a stream of news is played: items a second, the median of some runs with the fastest and the slowest, and in one run
 * more, in which the processor is sampled, where the time goes by stage.
 */
export async function bench(args: readonly string[]): Promise<void> {
  const { values, positionals } = optionsOf("play", args, { pack: "feeds/ai-policy", runs: "3" }, "FILE");
  const [file] = positionals;
  if (file === undefined) throw new Error("Which file?");
  const loaded = loadPack(values.pack);
  if (!loaded.ok) throw new Error(loaded.problems.map(({ message }) => message).join("; "));
  const { items } = await readStream(openStream(file));
  const rates: number[] = [];
  for (let run = 0; run < Number(values.runs); run++) {
    const { seconds, posts } = await play(items, loaded.pack);
    rates.push(items.length / seconds);
    process.stdout.write(`${items.length} items in ${seconds.toFixed(1)} s, ${posts} posts\n`);
  }
  rates.sort((a, b) => a - b);
  const median = rates[rates.length >> 1] as number;
  const [slowest, fastest] = [rates[0] as number, rates.at(-1) as number];
  process.stdout.write(
    `${median.toFixed(0)} items a second (${slowest.toFixed(0)}-${fastest.toFixed(0)}): ` +
      `${ITEMS} in ${(ITEMS / median).toFixed(0)} s, at most ${SECONDS} wanted; ` +
      `${(process.memoryUsage().rss / 2 ** 20).toFixed(0)} MB\n\n`,
  );
  for (const [stage, share] of await sampled(() => play(items, loaded.pack)))
    process.stdout.write(`${(share * 100).toFixed(1).padStart(6)} %  ${stage}\n`);
  if (ITEMS / median > SECONDS) process.exitCode = 1;
}

async function play(items: readonly Item[], pack: Pack): Promise<{ seconds: number; posts: number }> {
  const plan = {
    items,
    pack,
    filter: EVERYTHING,
    manner: AT_ONCE,
    everyMs: HOUR_MS,
    stop: new AbortController().signal,
  };
  const started = performance.now();
  let posts = 0;
  const { player } = await playAll(plan, openPlayer, async (told) => {
    posts += told.filter(({ kind }) => kind === "post").length;
  });
  const seconds = (performance.now() - started) / 1_000;
  await player.close();
  return { seconds, posts };
}

/** What a function on the stack says of the work that is being done, the innermost first. */
const STAGES: readonly (readonly [string, string])[] = [
  ["/src/pipeline/normalize/", "normalise"],
  ["/src/pipeline/tag/", "tag"],
  ["/src/pipeline/cluster/", "group"],
  ["/src/pipeline/tell/", "tell"],
  ["/src/pipeline/summarize/", "summarise and card"],
  ["/src/pipeline/match", "match"],
  ["/src/store/", "store"],
  ["/node_modules/kysely/", "store"],
  ["/src/app/player.ts", "the player"],
  ["/src/worker/", "the worker itself"],
];

/** The share of samples in each stage, the largest first. */
async function sampled(work: () => Promise<unknown>): Promise<readonly (readonly [string, number])[]> {
  const session = new Session();
  session.connect();
  await session.post("Profiler.enable");
  await session.post("Profiler.start");
  await work();
  const { profile } = await session.post("Profiler.stop");
  session.disconnect();
  const stages = stagesOf(profile);
  const counts = new Map<string, number>();
  for (const id of profile.samples ?? []) {
    const stage = stages.get(id) ?? "Node, waiting included";
    counts.set(stage, (counts.get(stage) ?? 0) + 1);
  }
  const all = profile.samples?.length ?? 1;
  return [...counts].map(([stage, count]) => [stage, count / all] as const).toSorted((a, b) => b[1] - a[1]);
}

/** The stage of each node: its own, else that of the function which called it. */
function stagesOf({ nodes }: Profiler.Profile): ReadonlyMap<number, string> {
  const stages = new Map<number, string>();
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const visit = (id: number, of: string | undefined) => {
    const node = byId.get(id);
    if (node === undefined) return;
    const { url, functionName } = node.callFrame;
    const own = functionName === "(garbage collector)" ? "garbage" : STAGES.find(([part]) => url.includes(part))?.[1];
    const stage = own ?? of;
    if (stage !== undefined) stages.set(id, stage);
    for (const child of node.children ?? []) visit(child, stage);
  };
  for (const { id, callFrame } of nodes) if (callFrame.functionName === "(root)") visit(id, undefined);
  return stages;
}
