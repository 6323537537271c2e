import { onTestFinished } from "vitest";
import type { Means } from "#destinations/kind.ts";
import type { Content, Message } from "#destinations/message.ts";
import { createSender, type SenderOptions } from "#destinations/send.ts";
import { PACK } from "#support/discord/bot.ts";
import { NOW } from "#support/samples.ts";

/** What a kind is opened with in a test, on real sockets, until the test ends. */
export function means(options: Partial<SenderOptions> = {}): Means {
  const given = { userAgent: "Policywire/test", allowNetworks: [], proxies: null, clock: () => NOW, ...options };
  const sender = createSender(given);
  onTestFinished(() => sender.close());
  const say = () => {};
  return {
    ...given,
    send: sender.send,
    lookup: sender.lookup,
    pack: PACK,
    log: { error: say, warn: say, info: say },
  };
}

export const messageOf = (content: Content, given: Partial<Message> = {}): Message => ({
  key: "k".repeat(43),
  at: NOW,
  destination: "desk",
  mayRepeat: false,
  content,
  ...given,
});
