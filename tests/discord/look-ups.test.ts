import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { feedStates, saveFeedState } from "#store/feeds.ts";
import { type Stage, setStage } from "#support/discord/bot.ts";

let stage: Stage;

beforeEach(async () => {
  stage = await setStage();
});

afterEach(async () => {
  expect(stage.discord.violations).toEqual([]);
  await stage.close();
});

const type = async (name: string, options = {}) => {
  const { message } = await stage.discord.people.type(name, options, { channel: stage.channel });
  return [message?.content, ...(message?.embeds ?? []).map(({ description }) => description)].join("\n");
};
const complete = async (name: string, focused: string, text: string) =>
  (await stage.discord.people.complete(name, focused, text, { channel: stage.channel })).choices;

describe.each(["latest", "search"])("/%s", (name) => {
  const asked = name === "search" ? { query: "weighed" } : {};
  const tell = async (title: string, given: Parameters<Stage["tell"]>[0] = {}) =>
    stage.tell({ title, actors: [], article: { text: "It was weighed." }, ...given });

  it("is narrowed by who acts, the stage, a law, a source and time", async () => {
    const law = { axis: "instrument", id: "sb-9", strength: "strong", primary: true, evidence: [] } as const;
    await tell("Acting", { actors: ["commerce"] });
    await tell("Decided", { stage: "enacted" });
    await tell("Lawful", { tagging: { tags: [law] } });
    await tell("Official", { article: { feedId: "office", text: "It was weighed." } });
    await tell("Old", { lastArticleAt: new Date(stage.clock().getTime() - 5 * 86_400_000) });
    for (const [options, title] of [
      [{ actor: "Department of Commerce" }, "Acting"],
      [{ stage: "Enacted" }, "Decided"],
      [{ law: "SB 9" }, "Lawful"],
      [{ source: "AI Office" }, "Official"],
      [{ actor: "commerce", since: "3d", stage: "threatened" }, "Acting"],
    ] as const) {
      const said = await type(name, { ...asked, ...options });
      expect(said.match(/Acting|Decided|Lawful|Official|Old/g)).toEqual([title]);
    }
    expect(await type(name, { ...asked, since: "3d" })).not.toContain("Old");
    expect(await type(name, asked)).toContain("Old");
    expect(await type(name, { ...asked, law: "SB 10" })).toContain("There is no law “SB 10”");
    expect(await complete(name, "law", "sb")).toEqual([{ name: "SB 9", value: "sb-9" }]);
  });

  it("says since when it reads when it has nothing", async () => {
    expect(await type(name, asked)).toContain("No feed has been read yet.");
    const [state] = await feedStates(stage.db);
    await saveFeedState(stage.db, { ...state!, lastPolledAt: stage.clock(), lastSuccessAt: stage.clock() });
    const at = Math.floor(stage.clock().getTime() / 1000);
    expect(await type(name, asked)).toContain(`Policywire reads since <t:${at}:f>; feeds were last read <t:${at}:R>.`);
  });
});

it.each(["story", "why", "mute"])(
  "/%s completes stories by their number and by words of their titles",
  async (name) => {
    const fines = await stage.tell({ title: "Council adopts fines" });
    const ruling = await stage.tell({ title: `A court voids ${"a very long fine ".repeat(9)}` });
    expect(await complete(name, "story", "council fin")).toEqual([
      { name: `${fines.id}: Council adopts fines`, value: fines.id },
    ]);
    const [named] = await complete(name, "story", String(ruling.id));
    expect(named?.value).toBe(ruling.id);
    expect(named?.name.length).toBeLessThanOrEqual(100);
    expect(await complete(name, "story", "")).toHaveLength(2);
  },
);
