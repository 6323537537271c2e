import { afterEach, beforeEach, expect, it } from "vitest";
import { deadlinesIn } from "#pipeline/deadlines/deadlines.ts";
import { saveDeadlines } from "#store/deadlines.ts";
import { type Stage, setStage } from "#support/discord/bot.ts";

let stage: Stage;

beforeEach(async () => {
  stage = await setStage();
});

afterEach(async () => {
  expect(stage.discord.violations).toEqual([]);
  await stage.close();
});

/** A story of one article, with the days that its text sets. */
async function told(text: string, given: Parameters<Stage["tell"]>[0] = {}) {
  const story = await stage.tell({ ...given, article: { text, ...given?.article } });
  const deadlines = deadlinesIn({ text, publishedAt: stage.clock(), firstSeenAt: stage.clock() });
  await saveDeadlines(stage.db, { id: story.leadArticleId, text, deadlines });
  return story;
}

const type = async (options = {}) => {
  const { message, ephemeral } = await stage.discord.people.type("deadlines", options, { channel: stage.channel });
  expect(ephemeral).toBe(true);
  return [message?.content, ...(message?.embeds ?? []).map(({ description }) => description)].join("\n");
};

it("/deadlines shows days to come with the sentence that sets them, for whoever asks alone", async () => {
  const story = await told("Comments on the *draft* must be received by December 4, 2026.", {
    title: "Draft guidance",
  });
  await told("The law takes effect on January 20, 2027.", { title: "Later" });
  const said = await type();
  const noon = Date.parse("2026-12-04T12:00:00Z") / 1000;
  expect(said).toContain(`**4 Dec 2026 · Comments close** · <t:${noon}:R>`);
  expect(said).toContain(
    "“Comments on the \\*draft\\* must be received by December 4, 2026.” [The Gazette](https://gazette.example/1), 24 Nov 2026",
  );
  expect(said).toContain(`Story ${story.id}: Draft guidance`);
  expect(said).not.toContain("Later");
  expect(await type({ within: 90 })).toContain("Later");
});

it("/deadlines is narrowed by point and place", async () => {
  await told("A hearing is set for December 1.", { title: "Here", places: ["EU"], points: ["penalties"] });
  await told("A hearing is set for December 2.", { title: "There", places: ["US"], points: ["audit-scope"] });
  for (const options of [{ place: "EU" }, { point: "Penalties and fines" }]) {
    const said = await type(options);
    expect(said.match(/Here|There/g)).toEqual(["Here"]);
  }
  expect(await type({ place: "Atlantis" })).toContain("There is no place “Atlantis”");
});

it("/deadlines says since when it reads when there is nothing", async () => {
  expect(await type()).toContain("No day in the next 30 days. No feed has been read yet.");
});

it("/deadlines gives a calendar file of what is asked for", async () => {
  await told("A hearing is set for December 1.", { title: "Here", places: ["EU"] });
  await told("A hearing is set for December 2.", { title: "There", places: ["US"] });
  const { message, ephemeral } = await stage.discord.people.type(
    "deadlines",
    { place: "EU", ics: true },
    { channel: stage.channel },
  );
  expect(ephemeral).toBe(true);
  expect(message?.content).toContain("1 day.");
  expect(message?.files).toMatchObject([
    { name: "deadlines.ics", text: expect.stringContaining("SUMMARY:Hearing: Here") },
  ]);
});
