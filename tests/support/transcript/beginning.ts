import { setTimeout as wait } from "node:timers/promises";
import { type Stage, setStage } from "#support/discord/bot.ts";
import type { Channel, Message } from "#support/discord/discord.ts";
import type { Scene } from "./scenes.ts";
import { weekPack } from "./week.ts";
import { shownAs } from "./words.ts";

/** A server that the bot has just joined: from the welcome to what it follows. */
export async function playBeginning(): Promise<Scene[]> {
  const stage = await setStage("embeds", { pack: weekPack() });
  const { discord, clock } = stage;
  try {
    const channel = discord.addChannel(discord.addGuild("Newcomers", { joinedAt: clock() }), "general");
    const scene = (title: string, note: string, asked: string, message: Message | null): Scene => {
      if (message === null || discord.violations.length > 0) throw new Error(`no answer to ${asked}`);
      return { title, note, asked, shown: shownAs(message, discord.world, clock()) };
    };
    const where = { channel };
    const welcome = await firstIn(stage, channel);
    const scenes = [
      scene(
        "A welcome",
        "Once, in the channel of the server's own notices, or the first that the bot may write to.",
        "(the bot joins a server)",
        welcome,
      ),
    ];
    const help = await discord.people.type("help", {}, where);
    scenes.push(scene("Help", "What the commands do, on a phone's screen.", "/help", help.message));
    const { message } = await discord.people.type("follow", {}, where);
    await discord.people.press(message!, "Take a preset …", where, ["1"]);
    await discord.people.press(message!, "Places: any", where, ["EU"]);
    scenes.push(
      scene(
        "A form",
        "`/follow` without options asks in menus: a preset of the pack, friction points, places, and when it is posted; each choice shows what it would have brought. *Time, words …* takes the time of a digest, a time zone by its city, quiet hours, words, and what drops a story; *Laws …* takes laws, bills, acts and cases by number or name. `/follow preset:` takes a preset at once. A form that is older than the bot's last start says so. In a direct message, or where a person has the bot for themselves alone, all of it is for that person.",
        "/follow, a preset and a place chosen",
        message,
      ),
    );
    await discord.people.press(message!, "Save", where);
    scenes.push(
      scene(
        "Saved",
        "What is followed, changed or removed can be taken back. The time zone is that of the server (`/settings timezone:Berlin`) unless another is given; an abbreviation such as EST is not guessed, but its cities are offered.",
        "[Save]",
        message,
      ),
    );
    return scenes;
  } finally {
    await stage.close();
  }
}

/** The bot writes to a channel when Discord tells of it. */
async function firstIn({ discord }: Stage, channel: Channel): Promise<Message> {
  for (;;) {
    const [message] = discord.messagesIn(channel);
    if (message !== undefined) return message;
    await wait(10);
  }
}
