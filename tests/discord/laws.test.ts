import { afterEach, beforeEach, expect, it } from "vitest";
import type { Sighting } from "#model/matter.ts";
import { articlesOf } from "#store/articles.ts";
import { saveSightings } from "#store/matters.ts";
import { subscriptionsOf } from "#store/subscriptions.ts";
import { type Stage, setStage } from "#support/discord/bot.ts";
import type { Message } from "#support/discord/discord.ts";

let stage: Stage;

beforeEach(async () => {
  stage = await setStage();
});

afterEach(async () => {
  expect(stage.discord.violations).toEqual([]);
  await stage.close();
});

const BILL: Sighting = {
  key: "US-ID bill SB77",
  kind: "bill",
  written: "SB 77",
  page: null,
  names: ["Honest Robots Reporting Act"],
  step: { stage: "threatened", sentence: "SB 77 may bring a penalty." },
  parts: [
    { part: "force", says: "in force", day: null, sentence: "SB 77 is in force." },
    { part: "replacement", says: "replaced", day: 20_819, sentence: "SB 77 is replaced from 1 January 2027." },
  ],
};
const ACT: Sighting = {
  key: "act 2031/1689",
  kind: "act",
  written: "Regulation (EU) 2031/1689",
  page: "https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=CELEX:32031R1689",
  names: [],
  step: null,
  parts: [],
};

async function tellOf(title: string, sightings: readonly Sighting[]) {
  const story = await stage.tell({ title });
  const [article] = await articlesOf(stage.db, story.id);
  await saveSightings(stage.db, article!.id, sightings);
  return story;
}

const type = (name: string, options = {}) => stage.discord.people.type(name, options, { channel: stage.channel });
const textOf = (message: Message | null) =>
  [message?.content, ...(message?.embeds ?? []).map(({ description }) => description)].join("\n").replaceAll("\\", "");
const said = async (name: string, options = {}) => textOf((await type(name, options)).message);
const complete = async (name: string, text: string) =>
  (await stage.discord.people.complete(name, "law", text, { channel: stage.channel })).choices;

it.each(["latest", "search", "follow"])(
  "/%s completes laws by number, by popular name and after a comma",
  async (name) => {
    await tellOf("A bill moves", [BILL]);
    await tellOf("An act moves", [ACT]);
    const bill = { name: "SB77 (US-ID): Honest Robots Reporting Act", value: BILL.key };
    expect(await complete(name, "sb 77")).toEqual([bill]);
    expect(await complete(name, "reporting robots")).toEqual([bill]);
    expect(await complete(name, "2031/1689")).toEqual([{ name: ACT.key, value: ACT.key }]);
    expect(await complete(name, `${BILL.key},sb-9`)).toEqual([
      { name: `${bill.name}, SB 9`, value: `${BILL.key},sb-9` },
    ]);
  },
);

it("/latest finds the stories of a bill by its key, its number with its state, and its name", async () => {
  await tellOf("A bill moves", [BILL]);
  await tellOf("An act moves", [ACT]);
  for (const law of [BILL.key, "Idaho SB 77", "honest robots"]) {
    const answer = await said("latest", { law });
    expect(answer).toContain("A bill moves");
    expect(answer).not.toContain("An act moves");
  }
  expect(await said("latest", { law: "Utah SB 77" })).toContain("Nothing in");
});

it("/latest asks which is meant where several may be", async () => {
  await tellOf("A bill moves", [BILL, { ...BILL, key: "US-UT bill SB77", names: [] }]);
  expect(await said("latest", { law: "SB 77" })).toContain("may be several: SB77 (US-");
});

it("/follow follows a bill, also one that nobody has written of", async () => {
  await tellOf("A bill moves", [BILL]);
  const { message } = await type("follow", { law: "Idaho SB 77, H.R. 12" });
  expect(textOf(message)).toContain("law SB77 (US-ID) or HR12");
  expect(textOf(message)).toContain("1 post");
  await stage.discord.people.press(message!, "Follow", { channel: stage.channel });
  const [request] = await subscriptionsOf(stage.db, { guildId: stage.guild.id });
  expect(request?.filter.laws).toEqual([BILL.key, "bill HR12 of 119"]);
});

it("/story shows the matters of a story with their pages and how far they came", async () => {
  const { id } = await tellOf("A bill and an act", [BILL, ACT]);
  const shown = await said("story", { story: id });
  expect(shown).toContain("SB77 (US-ID), Honest Robots Reporting Act (1 article)");
  expect(shown).toContain("Stands: **in force; replaced from 2027-01-01**");
  expect(shown).toContain("“SB 77 is replaced from 1 January 2027.” [[source]]");
  expect(shown).toContain("Threatened: “SB 77 may bring a penalty.”");
  expect(shown).toContain(`[act 2031/1689](${ACT.page})`);
});
