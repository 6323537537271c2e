import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { Command } from "commander";
import type { Library } from "#answers/question.ts";
import { latestText } from "#cli/latest.ts";
import { playAll } from "#cli/play/plan.ts";
import type { Heard, Item, OpenPlayer } from "#cli/play/player.ts";
import { withStop } from "#cli/play/stop.ts";
import { cardText, type Look, lookOf, wrap } from "#cli/terminal.ts";
import { whyText } from "#cli/why.ts";
import { withPack } from "#cli/with-pack.ts";
import type { Pack } from "#model/pack.ts";
import { AT_ONCE, EVERYTHING } from "#model/subscription.ts";
import { HOUR_MS } from "#model/time.ts";
import { articlesAt } from "#store/articles.ts";
import { latestStories } from "#store/latest.ts";
import { taggingsOf } from "#store/taggings.ts";
import { dateText } from "#text/calendar.ts";
import { itemsOf, loadWeek } from "./week.ts";

const DEMO = fileURLToPath(new URL("../../../feeds/demo", import.meta.url));

/** More than the week has. */
const ALL_STORIES = 100;

/** `policywire demo`: a written week, played as `play` plays news. */
export function demoCommand(open: OpenPlayer): Command {
  return new Command("demo").action(async () => {
    process.exitCode = await withStop((stop) =>
      withPack(DEMO, (pack) => playWeek(pack, open, lookOf(process.stdout), stop)),
    );
  });
}

async function playWeek(pack: Pack, open: OpenPlayer, look: Look, stop: AbortSignal): Promise<number> {
  const items = itemsOf(loadWeek(join(DEMO, "week.yaml")), pack.feeds);
  say(introduction(pack), look);
  const plan = { pack, items, filter: EVERYTHING, manner: AT_ONCE, everyMs: HOUR_MS, stop };
  const { player, at } = await playAll(plan, open, async (told, { at, heard }) => {
    process.stdout.write(`--- ${weekday(at)}, ${dateText(at)} ---\n`);
    const posts = told.flatMap((each) => (each.kind === "post" ? [cardText(each.shown.card, look)] : []));
    process.stdout.write(posts.length > 0 ? posts.join("") : `${quietText(heard)}\n\n`);
    // Each round in a turn of its own: Ctrl-C is heard in between.
    await setImmediate();
  });
  try {
    if (stop.aborted) return 0;
    const library = { db: player.db, pack };
    await lookBack(library, at, look);
    await tellLeftOut(items, library, look);
    return 0;
  } finally {
    await player.close();
  }
}

function introduction({ name, feeds }: Pack): string {
  const names = feeds.map((feed) => feed.name).join(", ");
  return (
    `${name}: a week of a dispute that never was. Everything in it is invented: the country, the papers, the people. ` +
    `What ${feeds.length} feeds (${names}) publish is read hour by hour as any news is. Nothing is kept.`
  );
}

/** What a reader would ask at the end: the newest stories, and why the one with the most reports was tagged so. */
async function lookBack(library: Library, now: Date, look: Look): Promise<void> {
  process.stdout.write("$ policywire latest --limit 3\n\n");
  process.stdout.write(await latestText({ point: [], place: [], limit: 3 }, library, now, look));
  const stories = await latestStories(library.db, { limit: ALL_STORIES });
  const [most] = stories.toSorted((a, b) => b.articleCount - a.articleCount);
  if (most === undefined) return;
  process.stdout.write(`$ policywire why ${most.id} --articles 1\n\n`);
  process.stdout.write((await whyText(most.id, 1, library, look)) ?? "");
}

/** Silence is explained too: what was read and kept from readers, and why. */
async function tellLeftOut(items: readonly Item[], { db, pack }: Library, look: Look): Promise<void> {
  const held: string[] = [];
  const besides: string[] = [];
  for (const { url, title } of new Map(items.map((item) => [item.key, item])).values()) {
    const [article] = await articlesAt(db, url);
    const tagging = article && (await taggingsOf(db, [article.id])).get(article.id);
    if (tagging === undefined) continue;
    if (tagging.hold !== null) held.push(`${title} (${tagging.hold})`);
    else if (!tagging.relevant) besides.push(title);
  }
  list("Read and kept from readers, as the item says of itself what it is:", held, look);
  list(`Read and not posted, as it is no policy on ${pack.topic.name}:`, besides, look);
}

function list(heading: string, lines: readonly string[], { width }: Look): void {
  const items = lines.flatMap((line) => wrap(`- ${line}`, width, "  "));
  process.stdout.write(`${[heading, ...items].join("\n")}\n\n`);
}

function say(text: string, { width }: Look): void {
  process.stdout.write(`${wrap(text, width, "").join("\n")}\n\n`);
}

const weekday = (date: Date): string => date.toLocaleDateString("en-GB", { weekday: "long", timeZone: "UTC" });

/** Why a round that read something posted nothing. */
function quietText({ fresh, inStories }: Heard): string {
  if (fresh === 0) return "An edit or a new date, and nothing that matters: no post.";
  const articles = `${fresh} new ${fresh === 1 ? "article" : "articles"}`;
  return inStories > 0 ? `${articles}, but nothing moved: no post.` : `${articles}, kept back: no post.`;
}
