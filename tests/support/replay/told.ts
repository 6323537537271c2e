import { openPlayer } from "#app/player.ts";
import { htmlOf } from "#cli/play/html.ts";
import { playAll } from "#cli/play/plan.ts";
import type { Item, Told } from "#cli/play/player.ts";
import { AT_ONCE, EVERYTHING, type Manner } from "#model/subscription.ts";
import { HOUR_MS } from "#model/time.ts";
import { loadPack } from "#pack/pack.ts";
import { addressOf, readSequence } from "./sequence.ts";

/** What a channel that follows everything is told of the ten days of tests/fixtures/replay.yaml: posts, edits and digests. */
export async function toldInReplay(manner: Manner = AT_ONCE): Promise<readonly Told[]> {
  const loaded = loadPack("feeds/ai-policy");
  if (!loaded.ok) throw new Error("the pack does not load");
  const { feeds, articles } = readSequence();
  const isOffice = (kind: string) => ["regulator", "court", "legislature"].includes(kind);
  const catalogue = feeds.map((feed) => ({
    ...feed,
    url: `https://${feed.id}.example/feed`,
    site: `https://${feed.id}.example`,
    primary: isOffice(feed.kind),
    fullText: "never" as const,
  }));
  const items = articles.map(
    (step, at): Item => ({
      id: String(at),
      key: step.page,
      source: step.feed,
      title: step.title,
      text: step.text,
      html: htmlOf(step.text),
      url: addressOf(step),
      at: step.at,
      dated: step.dated ?? step.at,
    }),
  );
  const all: Told[] = [];
  const plan = {
    pack: { ...loaded.pack, feeds: catalogue },
    items,
    filter: EVERYTHING,
    manner,
    everyMs: HOUR_MS,
    stop: new AbortController().signal,
  };
  const { player } = await playAll(plan, openPlayer, async (told) => void all.push(...told));
  await player.close();
  return all;
}
