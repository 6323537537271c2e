import type { Db } from "#store/engine/database.ts";
import { subscriptionsOf } from "#store/subscriptions.ts";
import type { Channel, LoopbackDiscord } from "#support/discord/discord.ts";

/** People who follow something in the midst of it all, each something else, and press twice where an answer is slow. */
export type Asking = {
  /** One more asks; it does not wait for the answer. */
  begin(): void;
  /** When all is well again they ask anew: what is wrong with what is saved then. */
  faults(db: Db): Promise<string[]>;
  readonly asked: number;
};

/** How often somebody who was told that it failed asks again, once nothing fails any more. */
const MOST_TRIES = 5;

export function askingIn({ people }: LoopbackDiscord, channel: Channel): Asking {
  const words: string[] = [];
  const running: Promise<unknown>[] = [];
  const ask = async (word: string): Promise<boolean> => {
    const { message } = await people.type("follow", { words: word }, { channel });
    if (message === null) return false;
    const press = () => people.press(message, "Follow", { channel });
    await Promise.allSettled([press(), press()]);
    return message.content.includes("now follows");
  };
  return {
    begin() {
      const word = `word ${words.length + 1}`;
      words.push(word);
      // Discord tells people that the application did not respond; they see nothing else of it.
      running.push(ask(word).catch(() => false));
    },
    async faults(db) {
      await Promise.all(running);
      const unheard: string[] = [];
      for (const word of words) {
        let heard = false;
        for (let tries = 0; tries < MOST_TRIES && !heard; tries += 1) heard = await ask(word).catch(() => false);
        if (!heard) unheard.push(`nobody hears that “${word}” is followed`);
      }
      const saved = (await subscriptionsOf(db, { destination: channel.id })).flatMap(({ filter }) => filter.words);
      const wrong = words.filter((word) => saved.filter((one) => one === word).length !== 1);
      return [...unheard, ...wrong.map((word) => `“${word}” is not followed once`)];
    },
    get asked() {
      return words.length;
    },
  };
}
