import { type Answer, privately } from "#discord/answer.ts";
import { escapeWithin, link } from "#discord/escape.ts";
import { type Body, NO_MENTIONS } from "#discord/message.ts";
import { createMessage, nonceFor } from "#discord/requests.ts";
import type { Story } from "#model/story.ts";
import { articlesById } from "#store/articles.ts";
import { addFlag, flagOf, leadershipOf } from "#store/flags.ts";
import { storyById } from "#store/stories.ts";
import { type Button, type Context, numberOf } from "./command.ts";
import { NONE_CHOSEN } from "./leadership.ts";
import { aboutOf } from "./list.ts";

const MAX_TITLE = 256;

/** The button `flag:STORY:REVISION`: shows the story to those who lead, once for each person. */
export const flag: Button = async ({ guildId, channelId, message, user }, [number], context) => {
  const { db, clock, attempt, log } = context;
  if (guildId === null) return privately("Only a server has a channel for its leadership.");
  const story = await storyById(db, numberOf(number));
  if (story === null) return privately(`There is no story ${numberOf(number)}.`);
  const channel = await leadershipOf(db, guildId);
  if (channel === null) return privately(NONE_CHOSEN);
  const which = { storyId: story.id, guildId, person: user.id };
  const known = await flagOf(db, which);
  if (known !== null) return said(story, known.channel, "You flagged it before");
  const card = `https://discord.com/channels/${guildId}/${channelId}/${message.id}`;
  const body = await bodyOf(story, user.id, card, context);
  // Two presses at once, and one whose answer was lost, are one message to Discord.
  const nonce = nonceFor(`flag ${story.id} ${guildId} ${user.id}`);
  const sent = await attempt((rest) => createMessage(rest, { channelId: channel, body, nonce, replyTo: null }));
  if (sent.kind !== "sent") {
    log.warn("a card could not be flagged", { story: story.id, channel, reason: sent.reason });
    return privately(
      `It was not flagged: Policywire could not post to <#${channel}>. ${escapeWithin(sent.reason, MAX_TITLE)}`,
    );
  }
  await addFlag(db, { ...which, channel, messageId: sent.value }, clock());
  log.info("a card was flagged", { story: story.id, guild: guildId, by: user.id });
  return said(story, channel, "Flagged");
};

const said = ({ id }: Story, channel: string, what: string): Answer =>
  privately(`${what}: story ${id} stands in <#${channel}>.`);

async function bodyOf(story: Story, person: string, card: string, { db, pack }: Context): Promise<Body> {
  const [lead] = await articlesById(db, [story.leadArticleId]);
  const title = link(escapeWithin(story.title, MAX_TITLE) || "Untitled", lead?.url ?? "");
  const lines = [`**${title}**`, aboutOf(story, pack), `Flagged by <@${person}> · [the card](${card})`];
  return { content: lines.filter((line) => line !== "").join("\n"), allowed_mentions: NO_MENTIONS };
}
