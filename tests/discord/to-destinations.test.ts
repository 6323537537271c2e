import { afterEach, beforeEach, expect, test } from "vitest";
import { subscriptionsOf } from "#store/subscriptions.ts";
import { type Stage, setStage } from "#support/discord/bot.ts";
import { addNamed } from "#support/receivers/named.ts";

let stage: Stage;

beforeEach(async () => {
  stage = await setStage();
  await addNamed(stage.db, "desk", {}, { guildId: stage.guild.id });
  await addNamed(stage.db, "others", {}, { guildId: "123456789012345678" });
  await addNamed(stage.db, "ours", {});
});

afterEach(async () => {
  expect(stage.discord.violations).toEqual([]);
  await stage.close();
});

const type = (name: string, options = {}) => stage.discord.people.type(name, options, { channel: stage.channel });
const press = (message: Parameters<Stage["discord"]["people"]["press"]>[0] | null, label: string, values?: string[]) =>
  stage.discord.people.press(message!, label, { channel: stage.channel }, values);

test("a server follows something to a destination that operators let it use, lists and ends it", async () => {
  const preview = await type("follow", { words: "audit", to: "Desk", mode: "daily", memo: true });
  expect(preview.message?.embeds[0]?.["description"] ?? preview.message?.content).toContain(
    "**desk** (webhook) would follow",
  );
  const saved = await press(preview.message, "Follow");
  expect(saved.message?.content).toContain("**desk** (webhook) now follows");
  const [request] = await subscriptionsOf(stage.db, { guildId: stage.guild.id });
  expect(request).toMatchObject({ destination: "webhook:desk", manner: { mode: "daily", memo: true } });
  const list = await type("following");
  expect(list.message?.content).toContain(`**${request?.id}** **desk** (webhook): everything; with “audit”`);
  const detail = await press(list.message, "Edit, pause, test or remove …", [String(request?.id)]);
  expect((await press(detail.message, "Test")).message?.content).toContain("policywire destinations test desk");
  await press(detail.message, "Remove");
  expect(await subscriptionsOf(stage.db, { guildId: stage.guild.id })).toEqual([]);
});

test("is offered its own destinations alone, and can use no other's by its name", async () => {
  const { choices } = await stage.discord.people.complete("follow", "to", "", { channel: stage.channel });
  expect(choices).toEqual([{ name: "desk (webhook)", value: "desk" }]);
  for (const to of ["others", "ours", "nowhere"]) {
    const refused = await type("follow", { words: "audit", to });
    expect(refused.message?.content).toContain(`There is no destination “${to}” that may be used here`);
  }
  const both = await type("follow", { words: "audit", to: "desk", "channel#": stage.channel.id });
  expect(both.message?.content).toBe("Choose a channel or a destination, not both.");
  expect(await subscriptionsOf(stage.db, { guildId: stage.guild.id })).toEqual([]);
});

test("mentions nobody there, and opens no threads", async () => {
  const preview = await type("follow", { words: "audit", to: "desk", threads: true });
  await press(preview.message, "Follow");
  const [request] = await subscriptionsOf(stage.db, { guildId: stage.guild.id });
  expect(request?.manner).toMatchObject({ threads: false, mention: null });
});

test("is told at once what a kind of destination does not hold", async () => {
  await addNamed(stage.db, "pocket", {}, { kind: "pager", guildId: stage.guild.id });
  const asked = { words: "audit", to: "pocket" };
  const memo = await type("follow", { ...asked, memo: true });
  expect(memo.message?.content).toBe("A destination of this kind takes no memos.");
  const reminders = await type("follow", { ...asked, reminders: "only" });
  expect(reminders.message?.content).toBe("A destination of this kind takes no reminders.");
  await press((await type("follow", asked)).message, "Follow");
  const [request] = await subscriptionsOf(stage.db, { guildId: stage.guild.id });
  expect(request).toMatchObject({ destination: "pager:pocket", manner: { memo: false } });
});
