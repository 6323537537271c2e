import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { AT_ONCE, EVERYTHING } from "#model/subscription.ts";
import type { Evidence } from "#model/tag.ts";
import { articlesOf } from "#store/articles.ts";
import { corrections } from "#store/corrections.ts";
import { enqueue } from "#store/outbox/owed.ts";
import { sagaOf, saveStory, storyById } from "#store/stories.ts";
import { activeMutes, createSubscription, subscriptionsOf } from "#store/subscriptions.ts";
import { taggingsOf } from "#store/taggings.ts";
import { type Stage, setStage } from "#support/discord/bot.ts";
import type { Message } from "#support/discord/discord.ts";
import { hours } from "#support/samples.ts";
import { deliverDue } from "#worker/deliver.ts";

let stage: Stage;

beforeEach(async () => {
  stage = await setStage();
});

afterEach(async () => {
  expect(stage.discord.violations).toEqual([]);
  expect(stage.logged.filter(({ level }) => level === "error")).toEqual([]);
  await stage.close();
});

const here = () => ({ channel: stage.channel });
const type = (name: string, options: Readonly<Record<string, string | number | boolean>> = {}) =>
  stage.discord.people.type(name, options, here());
const press = (message: Message | null, label: string, values?: readonly string[]) =>
  stage.discord.people.press(message!, label, here(), values);
const textOf = (message: Message | null) =>
  `${message?.content}\n${message?.embeds.map((embed) => `${embed.title}\n${embed.description}`).join("\n")}`;
const followed = (filter = {}) =>
  createSubscription(
    stage.db,
    {
      guildId: stage.guild.id,
      destination: stage.channel.id,
      filter: { ...EVERYTHING, ...filter },
      createdBy: "1",
      manner: AT_ONCE,
    },
    stage.clock(),
  );

const text = "The department is weighing a penalty. Talks over audits have stalled.";
const evidence: Evidence = {
  field: "text",
  start: 29,
  end: 36,
  phrase: "penalty",
  sentence: { start: 0, end: 37 },
  rule: "penalt*",
  reading: "stated",
};
const tagging = {
  tags: [{ axis: "point" as const, id: "penalties", strength: "strong" as const, primary: true, evidence: [evidence] }],
};

describe("/follow", () => {
  it("shows what the last 30 days would have brought, and saves only when confirmed", async () => {
    await stage.tell({ title: "A penalty in the US" });
    await stage.tell({ title: "A copyright penalty", points: ["penalties"], actors: [] });
    await stage.tell({ title: "Elsewhere", places: ["EU"] });
    const shown = await type("follow", {
      point: "penalties",
      place: "US",
      not: "copyright",
      mode: "weekly",
      at: "Friday 16:00",
      timezone: "Europe/Paris",
    });
    expect(shown.ephemeral).toBe(true);
    expect(textOf(shown.message)).toContain(
      "Penalties and fines; in United States; not copyright: a weekly digest on Friday at 16:00 (Europe/Paris)",
    );
    expect(textOf(shown.message)).toContain("**1 post** in the last 30 days; 1 story dropped by “not”");
    expect(await subscriptionsOf(stage.db, { guildId: stage.guild.id })).toEqual([]);
    const saved = await press(shown.message, "Follow");
    expect(saved.message?.content).toContain(`<#${stage.channel.id}> now follows`);
    expect(await subscriptionsOf(stage.db, { guildId: stage.guild.id })).toMatchObject([
      {
        filter: { points: ["penalties"], places: ["US"], not: ["copyright"] },
        manner: { mode: "weekly", at: "16:00", weekday: 5, timeZone: "Europe/Paris" },
      },
    ]);
  });

  it("refuses a time, a zone or quiet hours that it cannot read", async () => {
    expect(textOf((await type("follow", { point: "penalties", at: "noon" })).message)).toContain("like 08:00");
    expect(textOf((await type("follow", { point: "penalties", timezone: "Mars/Base" })).message)).toContain(
      "no time zone",
    );
    expect(textOf((await type("follow", { point: "penalties", quiet: "late" })).message)).toContain("22:00-07:00");
  });

  it("forgets a preview that was cancelled, and one of another process", async () => {
    const shown = await type("follow", { words: "audit" });
    expect((await press(shown.message, "Cancel")).message?.content).toBe("Nothing was changed.");
    const old = {
      ...shown.message!,
      components: [{ type: 1, components: [{ type: 2, style: 1, label: "Follow", custom_id: "later:old:1" }] }],
    };
    expect(textOf((await press(old, "Follow")).message)).toContain("too old for its buttons");
    expect(await subscriptionsOf(stage.db, { guildId: stage.guild.id })).toEqual([]);
  });

  it("replaces an earlier request of the same server", async () => {
    const { id } = await followed({ points: ["audit-scope"] });
    await press((await type("follow", { point: "penalties", replace: id })).message, "Follow");
    expect(await subscriptionsOf(stage.db, { guildId: stage.guild.id })).toMatchObject([
      { filter: { points: ["penalties"] } },
    ]);
  });
});

it("/following lists, pauses, resumes, tests and removes", async () => {
  const { id } = await followed({ points: ["penalties"] });
  const list = await type("following");
  expect(textOf(list.message)).toContain(
    `**${id}** <#${stage.channel.id}>: Penalties and fines — each movement as it comes`,
  );
  const detail = await press(list.message, "Edit, pause, test or remove …", [String(id)]);
  expect(textOf(detail.message)).toContain("Nothing was posted yet");
  const paused = await press(detail.message, "Pause");
  expect(textOf(paused.message)).toContain("**Paused**");
  const resumed = await press(paused.message, "Resume");
  expect(textOf(resumed.message)).not.toContain("**Paused**");
  await press(resumed.message, "Test");
  expect(stage.discord.messagesIn(stage.channel).map(({ content }) => content)).toEqual([
    "This is a test. This channel follows Penalties and fines.",
  ]);
  const removed = await press(resumed.message, "Remove");
  expect(textOf(removed.message)).toContain("Nothing is followed here yet");
});

describe("look-ups", () => {
  it("turn pages, and are shared with the channel", async () => {
    for (let at = 1; at <= 7; at += 1) await stage.tell({ title: `Development ${at}` });
    const first = await type("latest", { since: "7d" });
    expect(textOf(first.message)).toContain("Development 7");
    expect(textOf(first.message)).not.toContain("Development 2\n");
    const second = await press(first.message, "More");
    expect(textOf(second.message)).toContain("Development 1");
    const shared = await press(second.message, "Share");
    expect(shared.ephemeral).toBe(false);
    expect(stage.discord.messagesIn(stage.channel)).toHaveLength(1);
    expect(textOf((await press(second.message, "Back")).message)).toContain("Development 7");
  });

  it("search by words and phrases", async () => {
    await stage.tell({ title: "Regulator audits a laboratory" });
    expect(textOf((await type("search", { query: "audit laboratory" })).message)).toContain(
      "Regulator audits a laboratory",
    );
    expect(textOf((await type("search", { query: "unheard-of" })).message)).toContain("No story has");
  });

  it("tell a story's course and sources", async () => {
    const { id } = await stage.tell({ title: "Department weighs penalty" });
    const { message } = await type("story", { story: id });
    expect(textOf(message)).toContain("**Timeline**\n1\\. ");
    expect(textOf(message)).toContain("**Sources** (1)");
    expect(textOf((await type("story", { story: 99 })).message)).toContain("no story 99");
  });

  it("list the developments of the dispute in order, as they stand, in a story and behind Why", async () => {
    const west = await stage.tell({ title: "Court blocks penalty" });
    const south = await stage.tell({ title: "Other court upholds penalty" });
    await saveStory(stage.db, { ...south, sagaId: west.sagaId, stage: "enacted" });
    for (const command of ["story", "why"]) {
      const { message: first } = await type(command, { story: west.id });
      const message = command === "why" ? (await press(first!, "Proof")).message : first;
      expect(textOf(message)).toMatch(
        new RegExp(
          `\\*\\* \\(2 developments\\)\n1\\\\. Court blocks penalty .*this one\\)\n2\\\\. Other court upholds penalty \\(Enacted.*story ${south.id}\\)`,
        ),
      );
    }
  });

  it("list points, feeds and how things stand", async () => {
    expect(textOf((await type("points")).message)).toContain("**Penalties and fines** (`penalties`)");
    expect(textOf((await type("feeds")).message)).toContain(
      "[AI Office](https://office.example/) (primary): not read yet",
    );
    expect(textOf((await type("status")).message)).toContain("0 posted, 0 waiting");
  });
});

describe("why", () => {
  it("is answered by a card's button and by its menu: phrase, sentence, rule and request", async () => {
    const subscription = await followed({ points: ["penalties"] });
    const story = await stage.tell({ tagging });
    await enqueue(stage.db, [{ storyId: story.id, revision: 1, destination: stage.channel.id, dueAt: stage.clock() }]);
    await deliverDue(
      { db: stage.db, pack: stage.pack, clock: stage.clock, bug: stage.bug },
      stage.bot,
      new AbortController().signal,
    );
    const [card] = stage.discord.messagesIn(stage.channel);
    expect(text.slice(29, 36)).toBe("penalty");
    for (const { message } of [
      await press(card!, "Why"),
      await stage.discord.people.menu("Why was this posted?", card!, here()),
    ]) {
      expect(message?.embeds[0]?.description).toBe(
        "This channel follows Penalties and fines: Department \\(an authority\\) considers, about penalties and fines.",
      );
      const proof = textOf((await press(message!, "Proof")).message);
      expect(proof).toContain("“penalty” in “The department is weighing a penalty.” — rule `penalt*`");
      expect(proof).toContain(`Request ${subscription.id} asks for Penalties and fines.`);
    }
    expect(textOf((await press(card!, "Sources")).message)).toContain("The Gazette: [Department weighs penalty]");
  });

  it("tells of an article that was not posted", async () => {
    await followed({ points: ["audit-scope"] });
    const story = await stage.tell({ points: ["penalties"] });
    expect(textOf((await type("why", { link: "https://gazette.example/1" })).message)).toContain(
      `It is in story ${story.id}.`,
    );
    expect(textOf((await type("why", { link: "https://gazette.example/1" })).message)).toContain(
      "it fails on friction point",
    );
    expect(textOf((await type("why", { link: "https://gazette.example/404" })).message)).toContain(
      "No feed has brought this article",
    );
  });

  it("calls an article old after 72 hours from the press, after a week from a primary source", async () => {
    await followed();
    stage.pass(200 * 3_600_000);
    const why = async (feedId: string, agedHours: number) => {
      const { id } = await stage.tell({ article: { feedId, publishedAt: hours(-agedHours, stage.clock()) } });
      return textOf((await type("why", { link: `https://gazette.example/${id}` })).message);
    };
    expect(await why("gazette", 71)).toContain("nothing in the story moved");
    expect(await why("gazette", 73)).toContain("was old when it was first seen");
    expect(await why("office", 167)).toContain("nothing in the story moved");
    expect(await why("office", 169)).toContain("was old when it was first seen");
  });
});

it("/mute shows what it would drop, keeps it out for a while, and lifts it", async () => {
  await followed({ points: ["penalties"] });
  await stage.tell({ title: "Football penalty" });
  const shown = await type("mute", { word: "football", days: 7 });
  expect(textOf(shown.message)).toContain("would have dropped **1 story**");
  await press(shown.message, "Mute");
  expect(await activeMutes(stage.db, stage.clock())).toMatchObject([{ kind: "word", value: "football" }]);
  const list = await type("mute");
  expect(textOf(list.message)).toContain("“football” until");
  await press(list.message, "Lift 1");
  expect(await activeMutes(stage.db, stage.clock())).toEqual([]);
});

it("records what a reader finds wrong, and lets one follow a story in direct messages", async () => {
  const story = await stage.tell();
  await stage.bot.post(
    {
      deliveryId: 1,
      storyId: story.id,
      revision: 1,
      destination: stage.channel.id,
      attempts: 1,
      messageId: null,
      sagaMessageId: null,
    },
    { ...(await import("#support/samples.ts")).card(), storyId: story.id },
  );
  const [card] = stage.discord.messagesIn(stage.channel);
  const reader = { ...here(), permissions: 0n };
  const asked = await stage.discord.people.press(card!, "Wrong", reader);
  const form = await stage.discord.people.press(asked.message!, "The stage or certainty", reader);
  expect(form.modal).toMatchObject({ custom_id: `correct:${story.id}:1:stage` });
  const thanks = await stage.discord.people.submit(String(form.modal?.custom_id), { note: "Only proposed." }, here());
  expect(textOf(thanks.message)).toContain("Thank you");
  expect(await corrections(stage.db)).toMatchObject([{ storyId: story.id, kind: "stage", note: "Only proposed." }]);

  const where = await press(card!, "Follow this story");
  const following = await press(where.message, "Direct message");
  expect(textOf(following.message)).toContain("direct message");
  const direct = [...stage.discord.world.channels.values()].find(({ type }) => type === 1);
  expect(await subscriptionsOf(stage.db, { destination: direct!.id })).toMatchObject([
    { guildId: null, filter: { stories: [story.id] } },
  ]);
});

it("names a dispute by what a person writes; the form as it came pins no name", async () => {
  const story = await stage.tell({ title: "Department weighs penalty" });
  const { message } = await type("story", { story: story.id });
  const menus = await press(message, "Set right");
  const send = async (write?: string) => {
    const { modal } = await press(menus.message, "Name the dispute");
    const [row] = modal!.components as { components: { value?: string; placeholder: string }[] }[];
    const { value = "", placeholder } = row!.components[0]!;
    await stage.discord.people.submit(String(modal!.custom_id), { name: write ?? value }, here());
    return { value, placeholder, givenName: (await sagaOf(stage.db, story)).givenName };
  };
  const placeholder = "Department weighs penalty";
  expect(await send()).toEqual({ value: "", placeholder, givenName: null });
  expect(await send("The audit case")).toEqual({ value: "", placeholder, givenName: "The audit case" });
  expect(await send()).toEqual({ value: "The audit case", placeholder, givenName: "The audit case" });
  expect(await send("")).toEqual({ value: "The audit case", placeholder, givenName: null });
});

describe("a moderator of the operators' server", () => {
  const told = async () => {
    const story = await stage.tell({ tagging });
    await enqueue(stage.db, [{ storyId: story.id, revision: 1, destination: stage.channel.id, dueAt: stage.clock() }]);
    await deliver();
    return { story, card: stage.discord.messagesIn(stage.channel)[0]! };
  };
  const deliver = () =>
    deliverDue(
      { db: stage.db, pack: stage.pack, clock: stage.clock, bug: stage.bug },
      stage.bot,
      new AbortController().signal,
    );

  it("sets stage and friction points right: the card is edited, nothing is posted, and it is labelled data", async () => {
    const { story, card } = await told();
    const stages = await press((await press(card, "Wrong")).message, "The stage or certainty");
    const set = await press(stages.message, "Stage", ["enacted"]);
    expect(textOf(set.message)).toContain("→ Enacted. It is recorded.");
    const tags = await press((await press(card, "Wrong")).message, "A friction point or place");
    await press(tags.message, "Friction points", ["audit-scope"]);
    expect(await storyById(stage.db, story.id)).toMatchObject({ stage: "enacted", points: ["audit-scope"] });
    expect(await corrections(stage.db)).toMatchObject([
      { kind: "stage", note: "stage: enacted", applied: { axis: "stage", to: ["enacted"] } },
      { kind: "tag", applied: { axis: "point", from: ["penalties"], to: ["audit-scope"] } },
    ]);
    stage.pass(2 * 60_000);
    await deliver();
    expect(stage.discord.messagesIn(stage.channel)).toHaveLength(1);
    expect(textOf(card)).toContain("Audit scope");
    expect(textOf(card)).not.toContain("Penalties and fines");
    const why = await press(card, "Why");
    expect(textOf(why.message)).toContain("Nothing that is followed here asks for it now. It is read as: ");
    expect(textOf((await press(why.message!, "Proof")).message)).toContain("rule `by hand`");
  });

  it("says that a story is no policy news, and that it is after all", async () => {
    const { story, card } = await told();
    const articles = async () => [
      ...(await taggingsOf(
        stage.db,
        (await articlesOf(stage.db, story.id)).map(({ id }) => id),
      ).then((all) => all.values())),
    ];
    for (const [id, name, relevant] of [
      ["no", "No policy news", false],
      ["yes", "Policy news", true],
    ] as const) {
      const menu = await press((await press(card, "Wrong")).message, "It is no policy news");
      expect(textOf((await press(menu.message, "Policy news", [id])).message)).toContain(`→ ${name}. It is recorded.`);
      expect(await articles()).toMatchObject([{ relevant, support: Number(relevant) }]);
    }
    expect(await storyById(stage.db, story.id)).toMatchObject({ points: ["penalties"] });
    expect(await corrections(stage.db)).toMatchObject([
      { kind: "policy", applied: { axis: "relevance", from: ["yes"], to: ["no"] } },
      { kind: "policy", applied: { axis: "relevance", from: ["no"], to: ["yes"] } },
    ]);
  });

  it("may take everything away, and tell instead of setting right", async () => {
    const { story, card } = await told();
    const tags = await press((await press(card, "Wrong")).message, "A friction point or place");
    await press(tags.message, "Friction points", []);
    expect(await storyById(stage.db, story.id)).toMatchObject({ points: [] });
    const again = await press((await press(card, "Wrong")).message, "A friction point or place");
    expect((await press(again.message, "Only tell")).modal).not.toBeNull();
  });

  it("merges stories, takes articles out again, moves one, and closes the dispute", async () => {
    const [one, two] = [await stage.tell({ title: "Penalty weighed" }), await stage.tell({ title: "Penalty imposed" })];
    const setRight = async (id: number) =>
      (await press((await type("story", { story: id })).message, "Set right")).message;
    const merged = await press(await setRight(one.id), "Merge into it …", [String(two.id)]);
    expect(textOf(merged.message)).toContain(`Done: see story ${one.id}`);
    expect(textOf((await type("story", { story: two.id })).message)).toContain("**Sources** (2)");
    expect(textOf((await type("why", { story: two.id })).message)).toContain(`Why story ${one.id}`);

    const [, second] = await articlesOf(stage.db, one.id);
    const shown = await setRight(one.id);
    expect(JSON.stringify(shown?.components)).toContain('"label":"The Gazette: Penalty imposed"');
    const asked = await press(shown, "Take out of it …", [String(second!.id)]);
    const parted = await press(asked.message, "They belong to …", ["own"]);
    const third = Number(textOf(parted.message).match(/and story (\d+)/)?.[1]);
    expect(await articlesOf(stage.db, third)).toMatchObject([{ id: second!.id }]);

    const again = await press(await setRight(third), "Merge into it …", [String(one.id)]);
    expect(textOf(again.message)).toContain(`Done: see story ${third}`);
    const other = await stage.tell({ title: "Penalty appealed" });
    const where = await press(await setRight(third), "Take out of it …", [String(second!.id)]);
    await press(where.message, "They belong to …", [String(other.id)]);
    expect((await articlesOf(stage.db, other.id)).map(({ id }) => id)).toContain(second!.id);

    const closed = await press(await setRight(other.id), "Close the dispute");
    expect(textOf(closed.message)).toContain("The dispute is closed.");
    expect((await storyById(stage.db, other.id))?.closedAt).not.toBeNull();
    const reopened = await press(await setRight(other.id), "Reopen the dispute");
    expect(textOf(reopened.message)).toContain("The dispute is open again.");
    expect((await storyById(stage.db, other.id))?.closedAt).toBeNull();
  });

  it("is led to the same from a card, when articles do not belong together", async () => {
    const { card } = await told();
    const led = async () =>
      (await press((await press(card, "Wrong")).message, "Articles that do not belong together")).message;
    const [first, late] = [await led(), await led()];
    expect(textOf((await press(first, "Close the dispute")).message)).toContain("The dispute is closed.");
    expect(textOf((await press(late, "Close the dispute")).message)).toContain("closed already");
  });

  it("is offered nothing of it without the right to manage the server", async () => {
    const { story } = await told();
    const reader = { ...here(), permissions: 0n };
    const { message } = await stage.discord.people.type("story", { story: story.id }, reader);
    expect(JSON.stringify(message?.components)).not.toContain("Set right");
  });

  it("decides nothing from another server", async () => {
    const { card } = await told();
    const elsewhere = { channel: stage.discord.addChannel(stage.discord.addGuild("Elsewhere"), "news") };
    const asked = await stage.discord.people.press(card, "Wrong", elsewhere);
    expect(
      (await stage.discord.people.press(asked.message!, "The stage or certainty", elsewhere)).modal,
    ).not.toBeNull();
  });
});

it("lets one follow a story in a thread under its card, also after Discord archived that", async () => {
  const story = await stage.tell();
  const owe = (destination: string) =>
    enqueue(stage.db, [{ storyId: story.id, revision: 1, destination, dueAt: stage.clock() }]);
  const deliver = () =>
    deliverDue(
      { db: stage.db, pack: stage.pack, clock: stage.clock, bug: stage.bug },
      stage.bot,
      new AbortController().signal,
    );
  await owe(stage.channel.id);
  await deliver();
  const [card] = stage.discord.messagesIn(stage.channel);
  for (const _ of ["once", "and again"]) {
    const where = await press(card!, "Follow this story");
    const following = await press(where.message, "Thread under this card");
    expect(textOf(following.message)).toContain(`in <#${card!.id}>`);
  }
  expect(await subscriptionsOf(stage.db, { destination: card!.id })).toMatchObject([
    { guildId: stage.guild.id, filter: { stories: [story.id] } },
  ]);
  const thread = stage.discord.world.channels.get(card!.id)!;
  thread.archived = true;
  await owe(thread.id);
  await deliver();
  expect(thread.messages).toHaveLength(1);
  const { message } = await stage.discord.people.press(card!, "Follow this story", { ...here(), permissions: 0n });
  expect(textOf(message)).toContain("direct message");
});
