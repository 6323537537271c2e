import { PermissionFlagsBits } from "discord.js";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Claim } from "#model/delivery.ts";
import { MINUTE_MS } from "#model/time.ts";
import { type Stage, setStage } from "#support/discord/bot.ts";
import { card, NOW } from "#support/samples.ts";

const CREATE = { route: "POST /channels/:/messages" };

let stage: Stage;

beforeEach(async () => {
  stage = await setStage();
});

afterEach(async () => {
  expect(stage.discord.violations).toEqual([]);
  await stage.close();
});

const claim = (given: Partial<Claim> = {}): Claim => ({
  deliveryId: 1,
  storyId: 7,
  revision: 1,
  destination: stage.channel.id,
  attempts: 1,
  messageId: null,
  sagaMessageId: null,
  ...given,
});

const shown = () => stage.discord.messagesIn(stage.channel);

it("posts a card with its status, points, summary and sources, and pings nobody", async () => {
  const outcome = await stage.bot.post(
    claim(),
    card({ title: "@everyone [click](https://evil.example)", moreSources: 2 }),
  );
  const [message] = shown();
  expect(outcome).toEqual({ kind: "posted", messageId: message?.id });
  const embed = message?.embeds[0];
  expect(embed?.title).toBe("\\@everyone \\[click\\]\\(https://evil.example\\)");
  expect(embed?.description).toContain("**Threatened · reported, unconfirmed**");
  expect(embed?.description).toContain("Penalties and fines");
  expect(embed?.description).toContain("The department is weighing a penalty. [\\[1\\]](https://gazette.example/1)");
  expect(embed?.description).toContain("also: 2 sources");
  expect(stage.discord.received.at(-1)?.body).toMatchObject({ allowed_mentions: { parse: [] }, enforce_nonce: true });
});

describe("exactly once", () => {
  for (const kind of ["status", "cut"] as const) {
    for (const when of ["before", "after"] as const) {
      it(`makes one message when the first try fails (${kind}, ${when} the work)`, async () => {
        stage.discord.faults.next(kind === "status" ? { kind, status: 502, when } : { kind, when }, CREATE);
        expect(await stage.bot.post(claim(), card())).toMatchObject({
          kind: "retry",
          at: new Date(NOW.getTime() + 750),
        });
        expect((await stage.bot.post(claim({ attempts: 2 }), card())).kind).toBe("posted");
        expect(shown()).toHaveLength(1);
      });
    }
  }

  it("reads the channel when Discord has long forgotten the nonce", async () => {
    stage.discord.faults.next({ kind: "cut", when: "after" }, CREATE);
    await stage.bot.post(claim(), card());
    stage.pass(60 * MINUTE_MS);
    expect(await stage.bot.post(claim({ attempts: 2 }), card())).toEqual({ kind: "posted", messageId: shown()[0]?.id });
    expect(shown()).toHaveLength(1);
  });
});

describe("what an error means", () => {
  it("pauses when a permission is missing, and names it", async () => {
    stage.discord.deny(stage.channel, PermissionFlagsBits.SendMessages);
    await expect
      .poll(() => stage.bot.post(claim(), card()))
      .toEqual({ kind: "forbidden", reason: expect.stringContaining("lacks Send Messages") });
  });

  it("falls back to plain text where embeds are not permitted", async () => {
    stage.discord.deny(stage.channel, PermissionFlagsBits.EmbedLinks);
    expect((await stage.bot.post(claim(), card())).kind).toBe("posted");
    expect(shown()[0]).toMatchObject({ embeds: [], content: expect.stringContaining("Department weighs penalty") });
  });

  it("ends with a channel that is gone", async () => {
    stage.discord.removeChannel(stage.channel);
    expect((await stage.bot.post(claim(), card())).kind).toBe("gone");
  });

  it("waits as long as a rate limit says, in each scope, without sending again meanwhile", async () => {
    for (const scope of ["shared", "user"] as const) {
      stage.discord.faults.next({ kind: "rate-limit", scope, retryAfterMs: 2_000 }, CREATE);
      const outcome = await stage.bot.post(
        claim({ destination: stage.discord.addChannel(stage.guild, scope).id }),
        card(),
      );
      expect(outcome.kind === "retry" && outcome.at.getTime() - NOW.getTime()).toBeGreaterThanOrEqual(1_900);
    }
    stage.discord.faults.next({ kind: "rate-limit", scope: "global", retryAfterMs: 1_000 }, CREATE);
    expect((await stage.bot.post(claim(), card())).kind).toBe("retry");
    const requests = stage.discord.received.length;
    expect((await stage.bot.post(claim(), card())).kind).toBe("retry");
    expect(stage.discord.received).toHaveLength(requests);
  });

  it("keeps what Discord finds malformed as a dead letter", async () => {
    stage.discord.faults.next({ kind: "error", status: 400, code: 50035 }, CREATE);
    expect((await stage.bot.post(claim(), card())).kind).toBe("rejected");
  });

  it("reads the status of what has no code that says more, and ends and pauses nothing for it", async () => {
    for (const [status, kind] of [
      [403, "retry"],
      [404, "retry"],
      [503, "retry"],
      [422, "rejected"],
    ] as const) {
      stage.discord.faults.next({ kind: "error", status, code: 0 }, CREATE);
      expect((await stage.bot.post(claim(), card())).kind).toBe(kind);
    }
  });

  it("believes nothing that is not Discord's own: neither the token nor the channel is given up for a proxy's page", async () => {
    for (const status of [400, 401, 403, 404, 410, 302, 200]) {
      stage.discord.faults.next({ kind: "page", status }, CREATE);
      expect((await stage.bot.post(claim(), card())).kind).toBe("retry");
    }
    expect((await stage.bot.post(claim(), card())).kind).toBe("posted");
    expect(stage.logged.filter(({ level }) => level === "error")).toEqual([]);
  });
});

it("replies to the card of the revision before", async () => {
  const first = await stage.bot.post(claim(), card());
  const messageId = first.kind === "posted" ? first.messageId : null;
  await stage.bot.post(
    claim({ revision: 2, messageId }),
    card({ revision: 2, change: "The department imposed the penalty." }),
  );
  expect(shown()[1]).toMatchObject({ replyTo: messageId });
  expect(shown()[1]?.embeds[0]?.description).toContain("**New:** The department imposed the penalty.");
});

it("answers the last card of its saga, and stands alone where that was deleted", async () => {
  const first = await stage.bot.post(claim(), card());
  const sagaMessageId = first.kind === "posted" ? first.messageId : null;
  await stage.bot.post(claim({ storyId: 8, sagaMessageId }), card({ storyId: 8 }));
  expect(shown()[1]).toMatchObject({ replyTo: sagaMessageId });
  expect(stage.discord.received.at(-1)?.body).toMatchObject({ message_reference: { fail_if_not_exists: false } });
  expect((await stage.bot.post(claim({ storyId: 9, sagaMessageId: "404" }), card({ storyId: 9 }))).kind).toBe("posted");
});
