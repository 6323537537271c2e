import { readFileSync } from "node:fs";
import { z } from "zod";
import { openPlayer } from "#app/player.ts";
import { playAll } from "#cli/play/plan.ts";
import type { Item } from "#cli/play/player.ts";
import { storyRows } from "#cli/play/rows.ts";
import { openStream, readStream } from "#cli/play/stream.ts";
import type { Pack } from "#model/pack.ts";
import { AT_ONCE, EVERYTHING } from "#model/subscription.ts";
import { HOUR_MS } from "#model/time.ts";
import { loadPack } from "#pack/pack.ts";
import { optionsOf } from "./options.ts";

const labelLine = z.object({ id: z.string(), saga: z.string().nullable().default(null) });
const storyLine = z.object({ story: z.number(), saga: z.number(), articles: z.array(z.string()) });

/**
 * How right sagas are: plays FILE, and compares the sagas of its items with those of LABELS, JSON lines `{id, saga}`. BCubed counts
 * items, pairs count two items each; "across stories" those pairs alone that are not of one story, which is what sagas add. Then
 * every line that a card says of its saga, to be read.
 */
export async function bench(args: readonly string[]): Promise<void> {
  const { values, positionals } = optionsOf("sagas", args, { pack: "feeds/ai-policy" }, "FILE LABELS");
  const [file, labels] = positionals;
  if (file === undefined || labels === undefined) throw new Error("Which file, and which labels?");
  const loaded = loadPack(values.pack);
  if (!loaded.ok) throw new Error(loaded.problems.map(({ message }) => message).join("; "));
  const { items } = await readStream(openStream(file));
  const { stories, lines } = await play(items, loaded.pack);
  const placed = placedOf(labels, stories);
  const sagas = Map.groupBy(stories, ({ saga }) => saga);
  const several = [...sagas.values()].filter(({ length }) => length > 1);
  process.stdout.write(
    `${stories.length} stories in ${sagas.size} sagas, ${several.length} of them with several; ${placed.length} items labelled\n` +
      `BCubed precision / recall ${bcubed(placed)}\n` +
      `pairs ${pairs(placed, () => true)}\n` +
      `pairs across stories ${pairs(placed, (a, b) => a.story !== b.story)}\n` +
      `${lines.length} cards with a line\n${lines.map((line) => `  ${line}\n`).join("")}`,
  );
}

async function play(items: readonly Item[], pack: Pack) {
  const plan = {
    items,
    pack,
    filter: EVERYTHING,
    manner: AT_ONCE,
    everyMs: HOUR_MS,
    stop: new AbortController().signal,
  };
  const lines: string[] = [];
  const { player } = await playAll(plan, openPlayer, async (told) => {
    for (const each of told) {
      if (each.kind !== "post" || each.shown.card.saga === null) continue;
      lines.push(`${each.shown.card.title}\n      ${each.shown.card.saga}`);
    }
  });
  const stories = z.array(storyLine).parse(await storyRows(player.db, player.itemOf));
  await player.close();
  return { stories, lines };
}

/** An item: the saga that a person says, and where it was placed. */
type Placed = { readonly gold: string; readonly story: number; readonly saga: number };

function placedOf(labels: string, stories: readonly z.infer<typeof storyLine>[]): readonly Placed[] {
  const where = new Map(stories.flatMap(({ story, saga, articles }) => articles.map((id) => [id, { story, saga }])));
  const lines = readFileSync(labels, "utf8").split("\n").filter(Boolean);
  return lines.flatMap((line) => {
    const { id, saga: gold } = labelLine.parse(JSON.parse(line));
    const placed = where.get(id);
    return gold === null || placed === undefined ? [] : [{ gold, ...placed }];
  });
}

function bcubed(placed: readonly Placed[]): string {
  let [precision, recall] = [0, 0];
  for (const one of placed) {
    const together = placed.filter(({ saga }) => saga === one.saga);
    const same = placed.filter(({ gold }) => gold === one.gold);
    const both = together.filter(({ gold }) => gold === one.gold).length;
    precision += both / together.length;
    recall += both / same.length;
  }
  return `${percent(precision, placed.length)} / ${percent(recall, placed.length)}`;
}

/** Precision and recall of the pairs that count, and how many are right, wrong and missing. */
function pairs(placed: readonly Placed[], counts: (a: Placed, b: Placed) => boolean): string {
  let [right, wrong, missing] = [0, 0, 0];
  for (const [at, a] of placed.entries()) {
    for (const b of placed.slice(at + 1)) {
      if (!counts(a, b)) continue;
      if (a.saga === b.saga && a.gold === b.gold) right += 1;
      else if (a.saga === b.saga) wrong += 1;
      else if (a.gold === b.gold) missing += 1;
    }
  }
  const figures = `${percent(right, right + wrong)} / ${percent(right, right + missing)}`;
  return `${figures} (${right} right, ${wrong} wrong, ${missing} missing)`;
}

const percent = (part: number, of: number): string => (of === 0 ? "–" : ((100 * part) / of).toFixed(1));
