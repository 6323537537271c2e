import { afterAll, beforeAll, expect, test } from "vitest";
import { latestText } from "#cli/latest.ts";
import { componentsBody, plainBody } from "#discord/message.ts";
import type { Story } from "#model/story.ts";
import { destinationOf, EVERYTHING } from "#model/subscription.ts";
import { saveArticle } from "#store/articles.ts";
import { noteGrowth } from "#store/outbox/growth.ts";
import { enqueue } from "#store/outbox/owed.ts";
import { assignArticle, saveStory } from "#store/stories.ts";
import { createSubscription } from "#store/subscriptions.ts";
import { type Stage, setStage } from "#support/discord/bot.ts";
import { article } from "#support/samples.ts";
import { cardFor } from "#worker/card-for.ts";
import { deliverDue } from "#worker/deliver.ts";

/** By address: what stands there. Two pages are of one outlet. */
const PAGES: ReadonlyMap<string, string> = new Map([
  ["https://gazette.example/monday", "The department is weighing a penalty. Talks over audits have stalled."],
  ["https://gazette.example/tuesday", "Two senators asked the department on Tuesday to wait. A vote is due in May."],
  ["https://office.example/notice", "The office opened an inquiry into Corvane on Tuesday. It named no date."],
]);

/** Longer than a card that grew waits for more. */
const GATHERED_MS = 120_000;

let stage: Stage;
let told: Story;
beforeAll(async () => {
  stage = await setStage();
  const { db } = stage;
  const urls = [...PAGES.keys()];
  const pageOf = (url: string) => ({ url, text: PAGES.get(url)!, title: `Page ${urls.indexOf(url) + 1} on Corvane` });
  const first = await stage.tell({ article: { ...pageOf(urls[0]!), keys: ["guid:0"] } });
  const ids = [first.leadArticleId];
  for (const [at, url] of urls.slice(1).entries()) {
    const { id: _, ...page } = article({
      ...pageOf(url),
      keys: [`guid:${at + 1}`],
      canonicalUrl: url,
      feedId: url.includes("office") ? "office" : "gazette",
    });
    const { article: saved } = await saveArticle(db, page);
    await assignArticle(db, saved.id, first.id);
    ids.push(saved.id);
  }
  const summary = urls.map((url, at) => {
    const end = PAGES.get(url)!.indexOf(".") + 1;
    const text = PAGES.get(url)!.slice(0, end);
    return { text, articleId: ids[at]!, start: 0, end, ranges: [[0, end]] as const };
  });
  told = { ...first, summary, articleCount: ids.length };
  await saveStory(db, told);
});
afterAll(async () => await stage.close());

/** Each sentence that a text cites, with the address that its citation opens. */
const citedIn = (text: string) =>
  [...text.matchAll(/(?<=^|\n|\) )([^\n[\]()]+) \[\\\[(?:\d+|source)\\\]\]\(([^)\s]+)\)/g)].map(([, sentence, url]) => [
    sentence,
    url,
  ]);

/** All that text displays say, at any depth. */
const textsIn = (components: unknown): readonly string[] =>
  [...JSON.stringify(components ?? []).matchAll(/"content":("(?:[^"\\]|\\.)*")/g)].map(([, json]) => JSON.parse(json!));

const BY_THEIR_PAGES = [...PAGES].map(([url, text]) => [text.slice(0, text.indexOf(".") + 1), url]);

const deliver = () =>
  deliverDue(
    { db: stage.db, pack: stage.pack, clock: stage.clock, bug: stage.bug },
    stage.bot,
    new AbortController().signal,
  );

test("a sentence's citation opens the page that holds it, on a card and where the card is edited", async () => {
  await enqueue(stage.db, [{ storyId: told.id, revision: 1, destination: stage.channel.id, dueAt: stage.clock() }]);
  await deliver();
  const [message] = stage.discord.messagesIn(stage.channel);
  const description = () => String(message?.embeds[0]?.description);
  expect(citedIn(description())).toEqual(BY_THEIR_PAGES);
  await noteGrowth(stage.db, told.id, stage.clock());
  stage.pass(GATHERED_MS);
  await deliver();
  expect(message?.edits).toHaveLength(1);
  expect(citedIn(description())).toEqual(BY_THEIR_PAGES);
  expect(description()).toContain(
    "\\[1\\]\u00a0[The Gazette](https://gazette.example/monday) · \\[2\\]\u00a0[The Gazette](https://gazette.example/tuesday)",
  );
});

test("and everywhere else: in a card of components, by /story, in the terminal, in a digest", async () => {
  const found = await cardFor({ db: stage.db, pack: stage.pack, clock: stage.clock, bug: stage.bug }, told.id, 1);
  for (const body of [componentsBody(found!.card, stage.pack), plainBody(found!.card)]) {
    const texts = [body.content ?? "", ...textsIn(body.components)];
    expect(texts.flatMap(citedIn)).toEqual(BY_THEIR_PAGES);
  }
  const where = { channel: stage.channel };
  const { message } = await stage.discord.people.type("story", { story: told.id }, where);
  expect(citedIn(String(message?.embeds[0]?.description))).toEqual(BY_THEIR_PAGES);
  const asked = { point: [], place: [], limit: 9 };
  const text = await latestText(asked, { db: stage.db, pack: stage.pack }, stage.clock(), {
    colour: false,
    width: 9_999,
  });
  for (const [at, [sentence, url]] of BY_THEIR_PAGES.entries()) {
    expect(text).toContain(`${sentence} [${at + 1}]`);
    expect(text).toMatch(new RegExp(`\\[${at + 1}\\] [^\\n]+  ${url}\\n`));
  }
  const daily = { guildId: stage.guild.id, destination: stage.channel.id, filter: EVERYTHING, createdBy: null };
  const manner = {
    mode: "daily" as const,
    at: "08:00",
    weekday: 1,
    timeZone: "UTC",
    quiet: null,
    mention: null,
    threads: false,
    quietDays: false,
    reminders: "on" as const,
    memo: false,
    silences: true,
  };
  const subscription = await createSubscription(stage.db, { ...daily, manner }, stage.clock());
  await enqueue(stage.db, [
    { storyId: told.id, revision: 1, destination: destinationOf(subscription), dueAt: stage.clock() },
  ]);
  await deliver();
  const digest = stage.discord
    .messagesIn(stage.channel)
    .find(({ embeds }) => String(embeds[0]?.title).startsWith("Daily"));
  expect(digest?.embeds[0]?.description).toContain("[Department weighs penalty](https://gazette.example/monday)");
});
