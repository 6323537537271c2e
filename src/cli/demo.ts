import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Command } from "commander";
import { loadPack } from "#app/pack.ts";
import { complain, problemLine } from "#app/problem.ts";
import type { Post } from "#model/delivery.ts";
import type { Pack } from "#model/pack.ts";
import type { Round } from "#model/round.ts";
import { articlesAt } from "#store/articles.ts";
import type { Db } from "#store/database.ts";
import { latestStories } from "#store/latest.ts";
import { taggingsOf } from "#store/taggings.ts";
import { loadWeek, publishedBy, type Week } from "./demo/week.ts";
import { latestText } from "./latest.ts";
import type { Library } from "./look-up.ts";
import { createTerminal, dateText, type Look, lookOf, wrap } from "./terminal.ts";
import { whyText } from "./why.ts";

const DEMO = fileURLToPath(new URL("../../feeds/demo", import.meta.url));

/** The evening before the week: what stands in the feeds then is no news. */
const FIRST_ROUND = new Date("2026-09-06T19:00:00Z");
/** Feeds are polled on the hour, in the hours after which there is something to read. */
const HOUR_MS = 3_600_000;
/** More than the week has. */
const ALL_STORIES = 100;

/** What main makes of worker and store, on the demo's own pack, time and folder. */
export type DemoWorker = {
  readonly db: Db;
  /** Polls what is due, then posts what is owed. */
  readonly round: (stop: AbortSignal) => Promise<{ readonly round: Round; readonly posts: number }>;
  readonly close: () => Promise<void>;
};

export type DemoSetting = {
  readonly pack: Pack;
  readonly dataDir: string;
  readonly clock: () => Date;
  readonly post: Post;
};

/** `policywire demo`: a written week, served over HTTP by the program itself and played through the real pipeline. */
export function demoCommand(open: (setting: DemoSetting) => Promise<DemoWorker>): Command {
  return new Command("demo")
    .description("play a written week of news through the whole pipeline: no network, no settings, nothing kept")
    .action(async () => {
      const stop = new AbortController();
      process.once("SIGINT", () => stop.abort());
      process.once("SIGTERM", () => stop.abort());
      process.exitCode = await playWeek(open, lookOf(process.stdout), stop.signal);
    });
}

async function playWeek(
  open: (setting: DemoSetting) => Promise<DemoWorker>,
  look: Look,
  stop: AbortSignal,
): Promise<number> {
  const loaded = loadPack(DEMO);
  if (!loaded.ok) return complain(loaded.problems.map(problemLine));
  const week = loadWeek(join(DEMO, "week.yaml"));
  let now = FIRST_ROUND;
  const clock = () => now;
  await using undo = new AsyncDisposableStack();
  const dataDir = mkdtempSync(join(tmpdir(), "policywire-demo-"));
  // On exit, since a pipe that breaks ends the process wherever it is.
  process.once("exit", () => rmSync(dataDir, { recursive: true, force: true }));
  // Loaded only here, for the memory of all other commands: Node's server brings its fetch along.
  const { serveWeek } = await import("./demo/serve.ts");
  const server = await serveWeek(week, loaded.pack.feeds, clock);
  undo.defer(server.close);
  const pack = { ...loaded.pack, feeds: server.feeds };
  const worker = await open({ pack, dataDir, clock, post: createTerminal(process.stdout.fd, dataDir, look) });
  undo.defer(worker.close);

  say(introduction(pack), look);
  for (now of roundTimes(week)) {
    process.stdout.write(`--- ${weekday(now)}, ${dateText(now)} ---\n`);
    const { round, posts } = await worker.round(stop);
    if (stop.aborted) return 0;
    if (posts === 0) process.stdout.write(`${quietText(round)}\n\n`);
  }
  const library = { db: worker.db, pack };
  await lookBack(library, now, look);
  await tellLeftOut(week, library, now, look);
  return 0;
}

function roundTimes(week: Week): readonly Date[] {
  const changes = week.flatMap(({ at, edits }) => [at, ...edits.map((edit) => edit.at)]);
  const hours = changes.map((at) => Math.ceil(at.getTime() / HOUR_MS) * HOUR_MS);
  const rounds = new Set([FIRST_ROUND.getTime(), ...hours.filter((hour) => hour > FIRST_ROUND.getTime())]);
  return [...rounds].toSorted((a, b) => a - b).map((time) => new Date(time));
}

function introduction({ name, feeds }: Pack): string {
  const names = feeds.map((feed) => feed.name).join(", ");
  return (
    `${name}: a week of a dispute that never was. Everything in it is invented: the country, the papers, the people. ` +
    `${feeds.length} feeds (${names}), each in a format of its own, are served on ${new URL(feeds[0]?.url ?? "").host} ` +
    "and read as any other. Nothing is kept."
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
async function tellLeftOut(week: Week, { db, pack }: Library, now: Date, look: Look): Promise<void> {
  const held: string[] = [];
  const besides: string[] = [];
  for (const { id, site } of pack.feeds) {
    for (const { slug, title } of publishedBy(week, id, now)) {
      const [article] = await articlesAt(db, `${site}/${slug}`);
      const tagging = article && (await taggingsOf(db, [article.id])).get(article.id);
      if (tagging === undefined) continue;
      if (tagging.hold !== null) held.push(`${title} (${tagging.hold})`);
      else if (!tagging.relevant) besides.push(title);
    }
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
function quietText({ articlesNew, storiesUpdated }: Round): string {
  if (articlesNew === 0) return "An edit or a new date, and nothing that matters: no post.";
  const articles = `${articlesNew} new ${articlesNew === 1 ? "article" : "articles"}`;
  return storiesUpdated > 0 ? `${articles}, but nothing moved: no post.` : `${articles}, kept back: no post.`;
}
