import type { Card } from "#model/delivery.ts";
import type { Pack } from "#model/pack.ts";
import { AT_ONCE, EVERYTHING, type Manner } from "#model/subscription.ts";
import { createSubscription } from "#store/subscriptions.ts";
import { type Stage, setStage } from "#support/discord/bot.ts";
import type { Channel, Message } from "#support/discord/discord.ts";
import { cardFor } from "#worker/card-for.ts";
import { WEEK_BEGINS, weekOn, weekPack } from "./week.ts";
import { type Shown, shownAs } from "./words.ts";

/** A message as it is shown in the documentation: what was typed or pressed, and what came. */
export type Scene = {
  readonly title: string;
  readonly note: string;
  readonly asked: string;
  readonly shown: Shown;
};

/** Everything the bot says in a week, in the order in which a server meets it. */
export async function play(): Promise<{ readonly scenes: readonly Scene[]; readonly card: Card; readonly pack: Pack }> {
  const stage = await setStage("embeds", { pack: weekPack(), from: WEEK_BEGINS });
  try {
    const scenes = await playOn(stage);
    if (stage.discord.violations.length > 0) throw new Error(stage.discord.violations.join("; "));
    const { db, pack, clock, bug } = stage;
    const found = await cardFor({ db, pack, clock, bug }, 1, 1);
    if (found === null) throw new Error("the week has no story");
    return { scenes, card: found.card, pack };
  } finally {
    await stage.close();
  }
}

async function playOn(stage: Stage): Promise<readonly Scene[]> {
  const { discord, channel, clock } = stage;
  const scenes: Scene[] = [];
  const take = (title: string, note: string, asked: string, message: Message | null | undefined): Message => {
    if (message === null || message === undefined) throw new Error(`nothing was answered to ${asked}`);
    scenes.push({ title, note, asked, shown: shownAs(message, discord.world, clock()) });
    return message;
  };
  const type = async (
    title: string,
    note: string,
    name: string,
    options: Readonly<Record<string, string | number>> = {},
  ) => {
    const shown = Object.entries(options).map(([key, value]) =>
      key.endsWith("#") ? `${key.slice(0, -1)}:#${discord.world.channels.get(String(value))?.name}` : `${key}:${value}`,
    );
    const { message } = await discord.people.type(name, options, { channel });
    return take(title, note, [`/${name}`, ...shown].join(" "), message);
  };
  const press = async (title: string, note: string, on: Message, label: string, where: Channel = channel) =>
    take(title, note, `[${label}]`, (await discord.people.press(on, label, { channel: where })).message);

  const week = weekOn(stage);
  const morning = await followed(stage, "morning", { mode: "daily", quietDays: true });
  const memo = await followed(stage, "week", { mode: "weekly", weekday: 2 });
  const all = await followed(stage, "everything", {});
  const leads = discord.addChannel(stage.guild, "leadership");
  await week.until("2026-11-17T12:00:00Z");

  const preview = await type(
    "Following",
    "Before anything is saved, the bot shows what the last 30 days would have brought.",
    "follow",
    { point: "penalties,incident-reporting", place: "EU", not: "football" },
  );
  await press("Confirming", "Only now is it saved.", preview, "Follow");
  await week.until("2026-11-19T20:00:00Z");

  const [posted] = discord.messagesIn(channel);
  take(
    "A card",
    "One development is one card: one line of status (stage; certainty only where it warns; places; three friction points at most), the sources' own sentences, each with the article it stands in, and the sources in one line. The text above it is what a notification shows: the stage and the title, or when something moved the sentence that tells it. Grey says that nothing is decided, green that the pressure eases (settled, stayed, withdrawn), blue, yellow, orange and red how far the matter has come otherwise. It is edited as more outlets report, and answered by a new message only when something moved.",
    "(a post)",
    posted,
  );
  take(
    "Figures that differ",
    "Where two sources give different figures or days for what looks like the same thing, both are shown, each with who says it and when. The line goes when a primary source gives its own.",
    "(a post that was edited)",
    discord.messagesIn(all).find(({ embeds }) => JSON.stringify(embeds).includes("Sources differ")),
  );
  const why = await press(
    "Why",
    "One line: what is followed here, and what the story is read as. The menu of a message, “Why was this posted?”, says the same.",
    posted!,
    "Why",
  );
  await press(
    "Proof",
    "Behind it, page by page: the phrase that matched, the sentence it stands in, the rule that fired.",
    why,
    "Proof",
  );
  await press("Sources", "Every article of the story.", posted!, "Sources");
  await press(
    "Following one story",
    "What moves in this story comes as a direct message, or in a thread under the card for those who may open threads.",
    posted!,
    "Follow this story",
  );
  await type(
    "A channel for leadership",
    "Where readers' flags go. Without a channel option it shows the one that is chosen, with a button to end it.",
    "leadership",
    { "channel#": leads.id },
  );
  await press(
    "Flagging a card",
    "One press shows a story to those who lead: once for each person, however often it is pressed.",
    posted!,
    "Flag",
  );
  take(
    "What leadership sees",
    "The story, its link, who flagged it, and the way to the card.",
    "(a post in #leadership)",
    discord.messagesIn(leads)[0],
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

  await week.until("2026-11-22T12:00:00Z");
  take(
    "A quiet day",
    "A daily or weekly digest says so when nothing moved, unless `/follow quiet-days:False` asks for silence: who looks at a time of their own choosing must be able to tell no news from a bot that reads nothing. The button shows the feeds.",
    "(a post, every day at 08:00)",
    discord.messagesIn(morning).at(-1),
  );
  const held = take(
    "Held for review",
    "What says of itself that it is fiction, sponsored or made by a machine is kept from readers. Moderators are told in the operators' channel, of each item once; who may manage that server decides, and the first to press does.",
    "(a post in #operators)",
    discord.messagesIn(stage.operators)[0],
  );
  await press("Dropped", "Released items are posted as if they had just come in.", held, "Drop", stage.operators);

  await week.until("2026-11-24T08:00:00Z");
  take(
    "An update",
    "When something moved, a new message answers the card: what moved, in the words of the source that brought it.",
    "(a post that answers a card)",
    discord.messagesIn(all).findLast(({ replyTo }) => replyTo !== null),
  );
  take(
    "A digest",
    "Hourly, daily or weekly, by the clocks of the channel's own time zone: one message, one line a development with its own link. Where a title says nothing (a question, an opinion, a label), the line is the sentence that tells of the act, cut at a clause. How far it has come, how many outlets report it and how much of it was asked for weigh the same; the most important stands first. Ten lines at most; the button lists all.",
    "(a post, every Tuesday at 08:00)",
    discord.messagesIn(memo).at(-1),
  );

  await lookUps(type, press, stage);

  await week.until("2026-12-04T12:00:00Z");
  take(
    "A reminder",
    "Seven days and one day before a day that stands, at the hour of the channel's digests (08:00 unless it chose another) by its own clocks, in one message for all that is due; `/follow reminders:` asks for them alone, or for none. What was moved or cancelled is left out.",
    "(a post, a week before a deadline)",
    discord.messagesIn(all).findLast(({ embeds }) => embeds[0]?.title === "Reminder · 1 deadline"),
  );
  await press(
    "Remind me",
    "On a card of a story with a day to come: the same for one person, in a direct message. `/deadlines mine:True` lists them, and the button takes it back.",
    discord.messagesIn(all).findLast(({ components }) => JSON.stringify(components).includes("Remind me"))!,
    "Remind me",
    all,
  );
  return scenes;
}

/** A channel of its own that follows everything, by the clocks of Paris. */
async function followed(stage: Stage, name: string, manner: Partial<Manner>): Promise<Channel> {
  const channel = stage.discord.addChannel(stage.guild, name);
  const wanted = {
    guildId: stage.guild.id,
    destination: channel.id,
    filter: EVERYTHING,
    createdBy: null,
    manner: { ...AT_ONCE, timeZone: "Europe/Paris", ...manner },
  };
  await createSubscription(stage.db, wanted, stage.clock());
  return channel;
}

type Type = (
  title: string,
  note: string,
  name: string,
  options?: Readonly<Record<string, string | number>>,
) => Promise<Message>;
type Press = (title: string, note: string, on: Message, label: string) => Promise<Message>;

async function lookUps(type: Type, press: Press, { db }: Stage): Promise<void> {
  await type(
    "What is followed",
    "The menu leads to pause, test and remove. A server follows 100 requests at most; its readers' own threads have a list of their own, and in a direct message everybody finds the stories that they follow, 25 at most.",
    "following",
  );
  await type("The latest", "Five a page; Share, for those who may write there, shows it to the channel.", "latest", {
    place: "EU",
    since: "7d",
  });
  await type("Searching", "Words, “phrases” and -exclusions.", "search", { query: "training data" });
  await type(
    "A memo",
    "What a week, a month or a quarter brought: a line for each friction point, and all of it as a Markdown file. With `/follow memo:True` one is posted every Friday at 16:00.",
    "memo",
    { period: "week" },
  );
  const { id } = await db.selectFrom("stories").select("id").orderBy("id").executeTakeFirstOrThrow();
  const one = await type("One story", "Timeline, parallel tracks and sources.", "story", { story: id });
  await press(
    "Merging and parting",
    "For the same people that set tags right: other stories are merged into this one, articles are taken out of it, into a story of their own or another, and a dispute is closed. What is decided is kept, and the machine does not undo it.",
    one,
    "Set right",
  );
  const link = await db
    .selectFrom("articles")
    .select("url")
    .where("title", "like", "Late penalty%")
    .executeTakeFirstOrThrow();
  await type("Why not", "Why an article was not posted here.", "why", { link: link.url });
  await type("Muting", "What a mute would have dropped is shown before it is set.", "mute", {
    word: "appeal",
    days: 7,
  });
  await type("Friction points", "What is fought over.", "points");
  await type("Feeds", "Silence is not “no news”: failing feeds come first.", "feeds");
  await type("Status", "Whether everything is read and delivered.", "status");
  await type(
    "Days to come",
    "Only days that stand in a source, with the sentence that sets each; what was moved or cancelled says so.",
    "deadlines",
    { within: 366 },
  );
  await type(
    "Who said what",
    "Words in marks, and positions as an article gives them, each with its source.",
    "quotes",
  );
}
