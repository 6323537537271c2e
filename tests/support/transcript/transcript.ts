import { AT_ONCE, destinationOf, EVERYTHING } from "#model/subscription.ts";
import type { Evidence } from "#model/tag.ts";
import { enqueue } from "#store/outbox/owed.ts";
import { createSubscription } from "#store/subscriptions.ts";
import { type Stage, setStage } from "#support/discord/bot.ts";
import type { Message } from "#support/discord/discord.ts";
import { storeSaid } from "#support/said.ts";
import { card } from "#support/samples.ts";
import { deliverDue } from "#worker/deliver.ts";
import { playBeginning, type Scene } from "./beginning.ts";
import { pictureOf } from "./picture.ts";
import { type Line, type Shown, shownAs } from "./words.ts";

/** The documentation of the bot, made of what the loopback Discord received: file names to contents, under `docs/`. */
export type Pages = ReadonlyMap<string, string>;

const PREFACE = `# In Discord

This page is made by \`npm run docs\` out of what a Discord on loopback received from the bot; a test fails when the two differ.

Answers are private unless they are shared. Managing what a server follows takes the permission Manage Server, or what the server chose under Integrations; looking things up is for all, in servers, in direct messages, and where a person installed the bot for themselves.
`;

export async function transcript(): Promise<Pages> {
  const stage = await setStage();
  try {
    const scenes = [...(await playBeginning()), ...(await play(stage)), await playComponents()];
    const pages = new Map<string, string>();
    const parts = scenes.map(({ title, note, asked, shown }, at) => {
      const name = `pictures/${String(at + 1).padStart(2, "0")}-${title
        .toLowerCase()
        .replace(/[^a-z]+/g, "-")
        .replace(/^-|-$/g, "")}.svg`;
      pages.set(name, pictureOf(asked, shown));
      return `## ${title}\n\n${note}\n\n![${title}](${name})\n\n\`\`\`text\n${textOf(asked, shown)}\n\`\`\`\n`;
    });
    if (stage.discord.violations.length > 0) throw new Error(stage.discord.violations.join("; "));
    pages.set("discord.md", [PREFACE, ...parts].join("\n"));
    return pages;
  } finally {
    await stage.close();
  }
}

async function play(stage: Stage): Promise<Scene[]> {
  const { discord, channel, db, clock } = stage;
  const scenes: Scene[] = [];
  const where = { channel };
  const take = (title: string, note: string, asked: string, message: Message | null): Message => {
    if (message === null) throw new Error(`nothing was answered to ${asked}`);
    scenes.push({ title, note, asked, shown: shownAs(message, discord.world, clock()) });
    return message;
  };
  const type = async (
    title: string,
    note: string,
    name: string,
    options: Readonly<Record<string, string | number>> = {},
  ) => {
    const asked = [`/${name}`, ...Object.entries(options).map(([key, value]) => `${key}:${value}`)].join(" ");
    return take(title, note, asked, (await discord.people.type(name, options, where)).message);
  };
  const press = async (title: string, note: string, on: Message, label: string) =>
    take(title, note, `[${label}]`, (await discord.people.press(on, label, where)).message);
  const deliver = () =>
    deliverDue({ db, pack: stage.pack, clock, bug: stage.bug }, stage.bot, new AbortController().signal);

  const fine = await stage.tell({
    title: "Department weighs penalty against a model developer",
    summary: [{ start: 0, end: 37, text: "The department is weighing a penalty.", articleId: 1, ranges: [[0, 37]] }],
    tagging: tagged("penalty", "penalt*", "penalties"),
  });
  await stage.tell({
    title: "Office publishes draft scope of outside audits",
    points: ["audit-scope"],
    places: ["EU"],
    stage: null,
    certainty: null,
  });
  await stage.tell({
    title: "Council adopts fines for unreported incidents",
    stage: "enacted",
    certainty: null,
    places: ["EU"],
    articleCount: 3,
  });

  const preview = await type(
    "Following",
    "By options instead: before anything is saved, the bot shows what the last 30 days would have brought.",
    "follow",
    { point: "penalties", not: "football" },
  );
  await press("Confirming", "Only now is it saved.", preview, "Follow");
  await enqueue(db, [{ storyId: fine.id, revision: 1, destination: channel.id, dueAt: clock() }]);
  await deliver();
  const [posted] = discord.messagesIn(channel);
  take(
    "A card",
    "One development is one card: one line of status (stage; certainty only where it warns; places; three friction points at most), the sources' own sentences, each with the article it stands in, and the sources in one line. The text above it is what a notification shows. Grey says that nothing is decided, green that the pressure eases (settled, stayed, withdrawn), blue, yellow, orange and red how far the matter has come otherwise. It is edited as more outlets report, and answered by a new message only when something moved.",
    "(a post)",
    posted ?? null,
  );
  await press(
    "Why",
    "The phrase that matched, the sentence it stands in, the rule that fired. The menu of a message, “Why was this posted?”, says the same.",
    posted!,
    "Why",
  );
  await press("Sources", "Every article of the story.", posted!, "Sources");
  await press(
    "Following one story",
    "What moves in this story comes as a direct message, or in a thread under the card for those who may open threads.",
    posted!,
    "Follow this story",
  );
  const wrong = await press(
    "Something is wrong",
    "What readers find wrong is kept, for those who keep the rules.",
    posted!,
    "Wrong",
  );
  await press(
    "Setting it right",
    "Who may manage the server of the operators' channel (or, without one, the server that the bot was in first) sets it right at once: cards are edited where they stand, and the decision is recorded as labelled data (`policywire corrections`).",
    wrong,
    "The stage or certainty",
  );

  const manner = { ...AT_ONCE, mode: "daily" as const, at: "08:00", timeZone: "Europe/Paris" };
  const digests = discord.addChannel(stage.guild, "morning");
  const subscription = await createSubscription(
    db,
    {
      guildId: stage.guild.id,
      destination: digests.id,
      filter: { ...EVERYTHING, points: ["penalties"] },
      createdBy: null,
      manner,
    },
    clock(),
  );
  await enqueue(
    db,
    [1, 3].map((storyId) => ({ storyId, revision: 1, destination: destinationOf(subscription), dueAt: clock() })),
  );
  await deliver();
  take(
    "A digest",
    "Hourly, daily or weekly, by the clocks of the channel's own time zone: one message, one line a development with its own link. How far it has come, how many outlets report it and how much of it was asked for weigh the same; the most important stands first. Articles behind those that are named are folded.",
    "(a post, every day at 08:00)",
    discord.messagesIn(digests)[0] ?? null,
  );

  await type(
    "What is followed",
    "The menu leads to *Edit*, which opens the form with the request in it, to pause, test and remove; *Undo* takes an edit and a removal back. A server follows 100 requests at most; its readers' own threads have a list of their own, and in a direct message everybody finds the stories and requests that they follow, 25 at most.",
    "following",
  );
  await type(
    "The latest",
    "Five a page; Share, for those who may write there, shows it to the channel. Narrowed by point, place, stage, actor, law, source and time; with nothing to show, it says since when it reads.",
    "latest",
    {
      point: "penalties",
      since: "7d",
    },
  );
  await type("Searching", "Words, “phrases” and -exclusions, narrowed as `/latest` is.", "search", {
    query: "draft audits",
  });
  const one = await type(
    "One story",
    "Timeline, parallel tracks and sources; found by its number or by words of its title as they are typed.",
    "story",
    { story: fine.id },
  );
  await press(
    "Merging and parting",
    "For the same people that set tags right: other stories are merged into this one, articles are taken out of it, into a story of their own or another, and a dispute is closed. What is decided is kept, and the machine does not undo it.",
    one,
    "Set right",
  );
  await type("Why not", "Why an article was not posted here.", "why", { link: "https://gazette.example/2" });
  await type("Muting", "What a mute would have dropped is shown before it is set.", "mute", {
    word: "developer",
    days: 7,
  });
  await storeSaid(stage.db, {
    articleId: fine.leadArticleId,
    text:
      "“An audit that a firm can refuse is no audit,” said Mara Holt, the commissioner for digital affairs. “We will ask a court.”\n\n" +
      "Tom Reed, chief executive of Corvane, said that the audit would expose trade secrets.",
    at: stage.clock(),
  });
  await type(
    "Who said what",
    "Words of the articles, each with who speaks and its source; a button gives all of it as CSV.",
    "quotes",
  );
  await type("Friction points", "What is fought over.", "points");
  await type("Feeds", "Silence is not “no news”: failing feeds come first.", "feeds");
  await type("Status", "Whether everything is read and delivered.", "status");
  return scenes;
}

/** The same card where components were chosen. */
async function playComponents(): Promise<Scene> {
  const stage = await setStage("components");
  try {
    const claim = {
      deliveryId: 1,
      storyId: 7,
      revision: 1,
      destination: stage.channel.id,
      attempts: 1,
      messageId: null,
      sagaMessageId: null,
    };
    await stage.bot.post(claim, card());
    const [message] = stage.discord.messagesIn(stage.channel);
    if (message === undefined || stage.discord.violations.length > 0) throw new Error("no card of components");
    return {
      title: "A card of components",
      note: "With `DISCORD_CARDS=components` a card is a container of Discord's newer components. A message stays of its kind for good: cards that stand there as embeds become components when they are edited, and not the other way round.",
      asked: "(a post)",
      shown: shownAs(message, stage.discord.world, stage.clock()),
    };
  } finally {
    await stage.close();
  }
}

function tagged(phrase: string, rule: string, id: string) {
  const text = "The department is weighing a penalty. Talks over audits have stalled.";
  const start = text.indexOf(phrase);
  const evidence: Evidence = {
    field: "text",
    start,
    end: start + phrase.length,
    phrase,
    sentence: { start: 0, end: 37 },
    rule,
    reading: "stated",
  };
  return { tags: [{ axis: "point" as const, id, strength: "strong" as const, primary: true, evidence: [evidence] }] };
}

function textOf(asked: string, { content, embeds, buttons, ephemeral }: Shown): string {
  const plain = (lines: readonly Line[]) => lines.map((line) => line.map(({ text }) => text).join(""));
  return [
    `> ${asked}`,
    "",
    ...plain(content),
    ...embeds.flatMap(({ title, lines, footer }) => [
      title,
      ...plain(lines),
      ...(footer === null ? [] : [`— ${footer}`]),
    ]),
    ...buttons.map((row) => row.map((label) => `[${label}]`).join(" ")),
    ...(ephemeral ? ["(only you can see this)"] : []),
  ].join("\n");
}
