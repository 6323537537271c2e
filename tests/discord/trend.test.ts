import { createCanvas, loadImage } from "@napi-rs/canvas";
import { install } from "undici";
import { afterEach, beforeEach, expect, it } from "vitest";
import { DAY_MS } from "#model/time.ts";
import { addRevision } from "#store/stories.ts";
import { type Stage, setStage } from "#support/discord/bot.ts";

// As the program does before it connects: discord.js sends files as this package's forms alone.
install();

let stage: Stage;

/** 24 November 2026, a Tuesday. */
beforeEach(async () => {
  stage = await setStage();
});

afterEach(async () => {
  expect(stage.discord.violations).toEqual([]);
  await stage.close();
});

const here = () => ({ channel: stage.channel });
const ago = (days: number) => new Date(stage.clock().getTime() - days * DAY_MS);
const type = (options: Record<string, string | number>) => stage.discord.people.type("trend", options, here());

const told = (days: number, places = ["EU"]) =>
  stage.tell({
    points: ["penalties"],
    places,
    openedAt: ago(days),
    lastArticleAt: stage.clock(),
    article: { firstSeenAt: ago(days) },
  });

it("/trend shows a chart with its numbers as alternative text, privately, and shares it when asked", async () => {
  await stage.tell({ points: ["audit-scope"], article: { firstSeenAt: ago(20) } });
  const { id, leadArticleId: articleId } = await told(8);
  await told(8, ["US"]);
  await told(1);
  const movement = { kind: "stage" as const, from: "threatened", to: "enacted", articleId, sentence: null };
  await addRevision(stage.db, { storyId: id, number: 2, at: stage.clock(), movements: [movement] });
  const { message, ephemeral } = await type({ point: "penalties", since: 13 });
  expect(ephemeral).toBe(true);
  const embed = { title: "Penalties and fines: developments a week", image: { url: "attachment://trend.png" } };
  expect(message?.embeds).toMatchObject([embed]);
  expect(message?.embeds[0]?.description).toContain("3 developments and 1 movement in 13 weeks.");
  expect(message?.embeds[0]?.description).toContain("Moved to: Enacted once.");
  const [file] = message?.files ?? [];
  expect(file).toMatchObject({
    name: "trend.png",
    description: `Developments a week, from the week of 31 Aug 2026 to this one: ${"0, ".repeat(11)}2, 1 (1 moved).`,
  });
  const image = await loadImage(file!.bytes);
  expect([image.width, image.height]).toEqual([1_000, 520]);
  const on = createCanvas(image.width, image.height).getContext("2d");
  on.drawImage(image, 0, 0);
  // The second week from the right, of 13 within 914 pixels.
  expect([...on.getImageData(66 + Math.round(11.5 * (914 / 13)), 390, 1, 1).data]).toEqual([0x8e, 0xa1, 0xff, 255]);
  const shared = await stage.discord.people.press(message!, "Share", here());
  expect(shared.ephemeral).toBe(false);
  expect(shared.message?.files).toMatchObject([{ name: "trend.png", description: file?.description }]);
});

it("/trend is narrowed by places and begins where it is told to", async () => {
  await told(8);
  await told(8, ["US"]);
  const { message } = await type({ point: "Penalties and fines", place: "EU", since: 26 });
  expect(message?.embeds[0]?.title).toBe("Penalties and fines · European Union: developments a week");
  expect(message?.embeds[0]?.description).toContain("1 development and 0 movements in 26 weeks.");
});

it("/trend says what it does not know", async () => {
  expect((await type({ point: "Weather" })).message?.content).toContain("There is no friction point “Weather”");
  expect((await type({ point: "penalties,audit-scope" })).message?.content).toBe("Choose one friction point.");
  expect((await type({ point: "penalties", place: "Atlantis" })).message?.content).toContain("There is no place");
  expect((await type({ point: "penalties" })).message?.embeds[0]?.description).toContain("No feed has been read yet.");
});

it("/trend completes points and places", async () => {
  const { choices } = await stage.discord.people.complete("trend", "point", "fin", here());
  expect(choices).toEqual([{ name: "Penalties and fines", value: "penalties" }]);
});
