import { install } from "undici";
import { afterEach, beforeEach, expect, it } from "vitest";
import { type Stage, setStage } from "#support/discord/bot.ts";
import { storeSaid } from "#support/said.ts";

// As the program does before it connects: discord.js sends files as this package's forms alone.
install();

let stage: Stage;

beforeEach(async () => {
  stage = await setStage();
});

afterEach(async () => {
  expect(stage.discord.violations).toEqual([]);
  await stage.close();
});

const TEXT =
  "“An audit that a firm can refuse is no audit,” said Mara Holt, the commissioner for digital affairs.\n\n" +
  "Tom Reed, chief executive of Corvane, said that @everyone would pay for it.";

const here = () => ({ channel: stage.channel });
const type = async (name: string, options = {}) => (await stage.discord.people.type(name, options, here())).message;
const told = async (change: Parameters<Stage["tell"]>[0] = {}) => {
  const story = await stage.tell({ points: ["audit-scope"], ...change });
  const stances = [
    { pointId: "audit-scope", side: "Regulators" },
    { pointId: "audit-scope", side: "Developers" },
  ];
  await storeSaid(stage.db, { articleId: story.leadArticleId, text: TEXT, at: stage.clock() }, stances);
  return story;
};
const textOf = (message: Awaited<ReturnType<typeof type>>) =>
  [message?.content, ...(message?.embeds ?? []).map(({ description }) => description)].join("\n");

it("/quotes shows who said what, with office, side, day and source, by name and by point", async () => {
  await told();
  const all = textOf(await type("quotes"));
  expect(all).toMatch(
    /\*\*Mara Holt\*\*, the commissioner for digital affairs · Regulators: “An audit .* is no audit”/,
  );
  expect(all).toMatch(/\*\*Tom Reed\*\*.*said that .*would pay for it \(\[.*\]\(<?https:.*>?\) <t:\d+:d>\)/);
  expect(all).not.toContain("@everyone would");
  const holt = textOf(await type("quotes", { who: "digital" }));
  expect(holt).toContain("Mara Holt");
  expect(holt).not.toContain("Tom Reed");
  expect(textOf(await type("quotes", { who: "nobody" }))).toContain("Nothing said by nobody in the last 30 days.");
});

it("/quotes completes who speaks", async () => {
  await told();
  const { choices } = await stage.discord.people.complete("quotes", "who", "re", here());
  expect(choices).toEqual([{ name: "Tom Reed", value: "Tom Reed" }]);
});

it("/quotes gives all of it as a file in which no cell is a formula", async () => {
  const story = await told();
  await storeSaid(stage.db, {
    articleId: story.leadArticleId,
    text: "“=SUM(A1) is not a policy, said nobody,” said Tom Reed, the mayor of Orrin.",
    at: stage.clock(),
  });
  const message = await type("quotes");
  const { message: answer } = await stage.discord.people.press(message!, "As CSV", here());
  const [file] = answer?.files ?? [];
  expect(file?.name).toBe("quotes.csv");
  expect(String(file?.text)).toMatch(
    /^date,speaker,office,kind,words,.*\r\n.*,Tom Reed,the mayor of Orrin,verbatim,"'=SUM/,
  );
});

it("/story shows who said what, both sides first", async () => {
  const { id } = await told();
  const said = textOf(await type("story", { story: id }));
  expect(said).toMatch(/\*\*Who said what\*\* \(2 of 2\)[\s\S]*Regulators[\s\S]*Developers[\s\S]*\*\*Sources\*\*/);
});
