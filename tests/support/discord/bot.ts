import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connectDiscord } from "#discord/client.ts";
import type { Connection } from "#discord/connection.ts";
import type { DiscordPoster } from "#discord/poster.ts";
import type { Article } from "#model/article.ts";
import type { CardStyle } from "#model/delivery.ts";
import type { Pack, Preset } from "#model/pack.ts";
import type { Story } from "#model/story.ts";
import type { Tagging } from "#model/tag.ts";
import { USUAL_SUPPORT } from "#model/weights.ts";
import { saveArticle } from "#store/articles.ts";
import { type Db, openDatabase } from "#store/engine/database.ts";
import { registerFeeds } from "#store/feeds.ts";
import { addRevision, assignArticle, openStory } from "#store/stories.ts";
import { saveTagging } from "#store/taggings.ts";
import { article, card, NOW, story } from "#support/samples.ts";
import { amend } from "#worker/amend.ts";
import { decide } from "#worker/by-hand.ts";
import { memoFor } from "#worker/memo.ts";
import { type Channel, type Guild, type LoopbackDiscord, type Message, startDiscord } from "./discord.ts";

const NOTHING_ELSE: Preset = {
  name: "",
  points: [],
  places: [],
  stages: [],
  actors: [],
  sources: [],
  words: [],
  not: [],
  mode: "each",
  at: "08:00",
  weekday: 1,
};

/** A pack small enough to read in a test. */
export const PACK: Pack = {
  id: "test",
  name: "Test policy",
  feeds: [
    {
      id: "gazette",
      name: "The Gazette",
      url: "https://gazette.example/feed",
      site: "https://gazette.example",
      place: "US",
      kind: "press",
      primary: false,
      fullText: "never",
    },
    {
      id: "office",
      name: "AI Office",
      url: "https://office.example/feed",
      site: "https://office.example",
      place: "EU",
      kind: "regulator",
      primary: true,
      fullText: "never",
    },
  ],
  languages: [],
  lists: {},
  relevance: [],
  holds: [],
  presets: [
    { ...NOTHING_ELSE, name: "EU penalties", points: ["penalties"], places: ["EU"] },
    { ...NOTHING_ELSE, name: "New law, daily at 07:30", stages: ["enacted"], mode: "daily", at: "07:30" },
  ],
  support: USUAL_SUPPORT,
  weights: null,
  glossaries: {},
  topic: { name: "AI", terms: [], exclude: [] },
  points: [
    {
      id: "penalties",
      name: "Penalties and fines",
      definition: "Whether and how much a developer pays for a breach.",
      sides: [
        { name: "For", argues: "without a cost a duty is a wish", cues: [] },
        { name: "Against", argues: "fines hit those who report honestly", cues: [] },
      ],
      strong: [],
      weak: [],
      exclude: [],
    },
    { id: "audit-scope", name: "Audit scope", definition: "", sides: [], strong: [], weak: [], exclude: [] },
  ],
  facets: {
    places: [
      { id: "US", name: "United States", aliases: [] },
      { id: "EU", name: "European Union", aliases: [] },
    ],
    actors: [{ id: "commerce", name: "Department of Commerce", aliases: [], government: true }],
    instruments: [{ id: "sb-9", name: "SB 9", aliases: [] }],
    remedies: [],
    stages: [
      { id: "threatened", name: "Threatened", order: 1, cues: [], conditionalCap: true },
      { id: "enacted", name: "Enacted", order: 5, cues: [], conditionalCap: false },
    ],
    certainties: [{ id: "anonymous", name: "Anonymous", label: "reported, unconfirmed", order: 1, cues: [] }],
  },
};

/** A bot of this process, logged into a loopback Discord, over a database of its own. */
export type Stage = {
  readonly discord: LoopbackDiscord;
  readonly db: Db;
  readonly bot: DiscordPoster;
  readonly pack: Pack;
  readonly guild: Guild;
  readonly channel: Channel;
  readonly operators: Channel;
  readonly logged: { readonly level: string; readonly message: string; readonly fields: unknown }[];
  /** Moves the clock that the bot and Discord share. */
  pass(ms: number): void;
  readonly clock: () => Date;
  /** A test meets no bug. */
  readonly bug: (where: string, error: unknown) => never;
  /** A story with one article and its tagging. */
  tell(
    given?: Partial<Story> & { readonly tagging?: Partial<Tagging>; readonly article?: Partial<Article> },
  ): Promise<Story>;
  /** The bot's process ends, and another one logs in. */
  restart(): Promise<void>;
  close(): Promise<void>;
};

/** A story and its card in the stage's channel. */
export async function postedCard({ tell, bot, channel, discord }: Stage): Promise<{ story: Story; card: Message }> {
  const story = await tell();
  const claim = { deliveryId: 1, storyId: story.id, revision: 1, destination: channel.id, attempts: 1 };
  await bot.post({ ...claim, messageId: null, sagaMessageId: null }, card({ storyId: story.id }));
  return { story, card: discord.messagesIn(channel).at(-1)! };
}

export async function setStage(
  cards: CardStyle = "embeds",
  { tellsOperators = true, pack = PACK, from = NOW } = {},
): Promise<Stage> {
  let now = from.getTime();
  const clock = () => new Date(now);
  const dataDir = mkdtempSync(join(tmpdir(), "policywire-discord-"));
  const opening = await openDatabase({ url: null, dataDir });
  if (opening.kind === "refused") throw new Error(opening.reason);
  const { db } = opening.database;
  await registerFeeds(
    db,
    pack.feeds.map(({ id }) => id),
    clock(),
  );
  const discord = await startDiscord({ clock });
  const guild = discord.addGuild("Policy team");
  const channel = discord.addChannel(guild, "news");
  const operators = discord.addChannel(guild, "operators");
  const logged: Stage["logged"] = [];
  const say = (level: string) => (message: string, fields?: unknown) => void logged.push({ level, message, fields });
  const connection: Connection = {
    token: discord.token,
    api: discord.api,
    db,
    pack,
    clock,
    random: () => 0.5,
    ping: () => 8,
    log: { error: say("error"), warn: say("warn"), info: say("info") },
    operatorsChannel: tellsOperators ? operators.id : null,
    cards,
    holds: async (kind) => (kind === "pager" ? ["story", "test"] : ["story", "digest", "memo", "reminders", "test"]),
    makeMemo: (asked) => memoFor({ db, pack }, asked),
    byHand: {
      amend: (amendment) => amend({ db, pack, clock }, amendment),
      decide: (decision, by) => decide(db, pack, decision, by, clock()),
    },
    paces: { requestMs: 7_000, lookMs: 500, refusedMs: 3_600_000 },
  };
  const connect = async () => {
    const connected = await connectDiscord(connection);
    if (connected.kind === "refused") throw new Error(connected.reason);
    return connected.bot;
  };
  let bot = await connect();
  let stories = 0;
  return {
    discord,
    db,
    get bot() {
      return bot;
    },
    pack,
    guild,
    channel,
    operators,
    logged,
    clock,
    bug: (where, cause) => {
      throw new Error(`met a bug: ${where}`, { cause });
    },
    pass: (ms) => {
      now += ms;
    },
    async tell({ tagging, article: said, ...given } = {}) {
      stories += 1;
      const { id: _, ...told } = article({
        id: stories,
        firstSeenAt: clock(),
        ...(given.title === undefined ? {} : { title: given.title }),
        ...said,
      });
      const saved = await saveArticle(db, told);
      await saveTagging(db, saved.article.id, { relevant: true, support: 1, hold: null, tags: [], ...tagging });
      const { id: __, sagaId: ___, ...rest } = story({ ...given, leadArticleId: saved.article.id });
      const opened = await openStory(db, rest, null);
      await assignArticle(db, saved.article.id, opened.id);
      const movement = { kind: "opened" as const, from: null, to: null, articleId: saved.article.id, sentence: null };
      await addRevision(db, { storyId: opened.id, number: 1, at: clock(), movements: [movement] });
      return opened;
    },
    async restart() {
      await bot.close();
      bot = await connect();
    },
    async close() {
      await bot.close();
      await discord.close();
      await opening.database.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
