import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { componentsBody, mentioning } from "#discord/message.ts";
import type { CardStyle } from "#model/delivery.ts";
import { PACK, type Stage, setStage } from "#support/discord/bot.ts";
import { inspect } from "#support/discord/rules.ts";
import { card } from "#support/samples.ts";

const CREATE = { route: "POST /channels/:/messages" };

let stage: Stage;

afterEach(async () => {
  expect(stage.discord.violations).toEqual([]);
  await stage.close();
});

const claim = (attempts = 1) => ({
  deliveryId: 1,
  storyId: 7,
  revision: 1,
  destination: stage.channel.id,
  attempts,
  messageId: null,
  sagaMessageId: null,
});

const shown = () => stage.discord.messagesIn(stage.channel);

const edit = (given = {}) =>
  stage.bot.edit(
    {
      deliveryId: 1,
      storyId: 7,
      revision: 1,
      destination: stage.channel.id,
      messageId: shown()[0]!.id,
      editDueAt: stage.clock(),
    },
    card(given),
  );

describe("a card of components", () => {
  it("is posted once though the first answer is lost, and its buttons and menu work", async () => {
    stage = await setStage("components");
    const { id } = await stage.tell();
    stage.discord.faults.next({ kind: "cut", when: "after" }, CREATE);
    await stage.bot.post({ ...claim(), storyId: id }, card({ storyId: id }));
    stage.pass(3_600_000);
    expect((await stage.bot.post({ ...claim(2), storyId: id }, card({ storyId: id }))).kind).toBe("posted");
    expect(shown()).toHaveLength(1);
    expect(shown()[0]).toMatchObject({ content: "", embeds: [], flags: 1 << 15 });
    for (const { message } of [
      await stage.discord.people.press(shown()[0]!, "Why", { channel: stage.channel }),
      await stage.discord.people.menu("Why was this posted?", shown()[0]!, { channel: stage.channel }),
    ]) {
      expect(message?.embeds[0]?.title).toBe(`Why story ${id}`);
    }
  });

  it("is within Discord's limits whatever it holds", async () => {
    stage = await setStage("components");
    const long = fc.string({ unit: "binary", maxLength: 900 });
    fc.assert(
      fc.property(fc.array(long, { maxLength: 8 }), long, (texts, title) => {
        const sentences = texts.map((text) => ({ text, source: 1 }));
        const body = mentioning(componentsBody(card({ title, sentences }), PACK), "12345678901234567890");
        expect(inspect("POST /channels/:/messages", body).violations).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });
});

it.each<readonly [CardStyle, CardStyle, number]>([
  ["embeds", "components", 1 << 15],
  ["components", "embeds", 1 << 15],
])("edits a card that was posted as %s when %s are chosen", async (before, after, flags) => {
  const first = await setStage(before);
  stage = first;
  await stage.bot.post(claim(), card());
  const message = shown()[0]!;
  stage = await setStage(after);
  stage.discord.world.channels.get(stage.channel.id)!.messages.push(message);
  await first.close();
  expect((await edit({ moreSources: 3 })).kind).toBe("posted");
  expect(shown()[0]?.flags).toBe(flags);
  expect(JSON.stringify(shown()[0]?.components)).toContain("also: 3 sources");
});
