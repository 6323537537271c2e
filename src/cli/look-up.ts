import { storyLines } from "#answers/cited.ts";
import type { Library } from "#answers/question.ts";
import type { Card } from "#model/delivery.ts";
import type { Story } from "#model/story.ts";
import { cardOf } from "#pipeline/summarize/card.ts";
import { sagaLineOf } from "#pipeline/tell/saga-line.ts";
import type { Config } from "#settings/config.ts";
import { complain } from "#settings/problem.ts";
import { articlesOf } from "#store/articles.ts";
import { type Db, openDatabase, openToRead } from "#store/engine/database.ts";
import { freshnessOf } from "#store/freshness.ts";
import { revisionsOf, sagaOf } from "#store/stories.ts";
import { dateText } from "#text/calendar.ts";
import { cardText, type Look } from "./terminal.ts";
import { tracksOf } from "./tracks.ts";
import { withConfig } from "./with-config.ts";
import { withPack } from "./with-pack.ts";

/** What the look-up commands share: where the store and its pack are. */
export type LookUpOptions = { readonly pack?: string; readonly data?: string; readonly json?: boolean };

/** Opens store and pack to read, and runs `work`; complains on standard error when it cannot. Resolves to the exit code. */
export async function lookUp(
  options: LookUpOptions,
  work: (library: Library, config: Config) => Promise<number>,
): Promise<number> {
  return readStore(options, async (db, config) => {
    return withPack(options.pack ?? config.packDir, (pack) => work({ db, pack }, config), { namesAlone: true });
  });
}

/** The same, without the pack. */
export async function readStore(
  options: { readonly data?: string },
  work: (db: Db, config: Config) => Promise<number>,
): Promise<number> {
  return withConfig((config) => withStore(openToRead, options, config, (db) => work(db, config)));
}

/** Opens a store that is in use, and the pack, to change something beside the worker. */
export async function changeStore(
  options: LookUpOptions,
  work: (library: Library) => Promise<number>,
): Promise<number> {
  return lookUp(options, ({ pack }, config) => withStore(openDatabase, options, config, (db) => work({ db, pack })));
}

/** The same, without the pack. */
export async function changeStoreAlone(
  options: { readonly data?: string },
  work: (db: Db) => Promise<number>,
): Promise<number> {
  return readStore(options, (_, config) => withStore(openDatabase, options, config, work));
}

async function withStore(
  open: typeof openDatabase | typeof openToRead,
  { data }: Pick<LookUpOptions, "data">,
  { databaseUrl, dataDir }: Config,
  work: (db: Db) => Promise<number>,
): Promise<number> {
  const opening = await open({ url: databaseUrl, dataDir: data ?? dataDir });
  if (opening.kind === "refused") return complain([opening.reason]);
  try {
    return await work(opening.database.db);
  } finally {
    await opening.database.close();
  }
}

/** Stories as cards in the terminal, newest first as a reader scrolls: the order given. Each with what runs beside it. */
export async function storiesText(stories: readonly Story[], library: Library, look: Look): Promise<string> {
  const cards: string[] = [];
  for (const story of stories)
    cards.push(cardText(await latestCard(story, library), look, await tracksOf(story, library)));
  return cards.join("");
}

/** Stories as JSON lines: ids as the pack has them, each sentence of the summary with where it stands. */
export const storiesJson = async (stories: readonly Story[], library: Library): Promise<string> =>
  jsonLines(await storyLines(stories, library));

/** Values as JSON lines. */
export const jsonLines = (values: readonly object[]): string =>
  values.map((value) => `${JSON.stringify(value)}\n`).join("");

async function latestCard(story: Story, { db, pack }: Library): Promise<Card> {
  const revisions = await revisionsOf(db, story.id);
  const movements = revisions.at(-1)?.movements ?? [];
  const saga = sagaLineOf(story, await sagaOf(db, story), pack);
  const articles = await articlesOf(db, story.id);
  return cardOf({ story, saga, revision: story.revision, movements, articles }, pack);
}

/** How fresh an empty answer is: silence is not "no news". */
export async function freshnessText(db: Db): Promise<string> {
  const { last, feeds, failing } = await freshnessOf(db);
  if (last === null) return "No feed has been read yet: `npm start` reads them.";
  const health = failing === 0 ? "none is failing" : `${failing} of ${feeds} are failing`;
  return `Feeds were last read on ${dateText(last)}; ${health}.`;
}
