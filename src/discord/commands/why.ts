import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  ComponentType,
  InteractionContextType,
  MessageFlags,
} from "discord.js";
import { ledFirst } from "#answers/story.ts";
import { type Answer, privately } from "#discord/answer.ts";
import { escapeWithin } from "#discord/escape.ts";
import type { StoredArticle } from "#model/article.ts";
import type { Story } from "#model/story.ts";
import type { Subscription } from "#model/subscription.ts";
import { matches } from "#pipeline/match.ts";
import { matterOf } from "#pipeline/tag/gist.ts";
import { articlesOf } from "#store/articles.ts";
import { matterKeysOf } from "#store/matters.ts";
import { storyById } from "#store/stories.ts";
import { subscriptionsOf } from "#store/subscriptions.ts";
import { taggingsOf } from "#store/taggings.ts";
import { type Button, type Command, type Context, lookUp, type MenuEntry, numberOf } from "./command.ts";
import { evidenceLines } from "./evidence.ts";
import { filterText } from "./list.ts";
import { paged, type Text } from "./paging.ts";
import { developmentsOf, storyChoices, storyOption } from "./story.ts";
import { whyNot } from "./why-not.ts";

/** Lines of proof, each with its sentence, that a phone shows at once. */
const PER_PAGE = 6;

const MAX_GIST = 400;

/** `/why`: what is followed and what a story is read as, with its proof behind a button; or why a link was not posted. */
export const why: Command = {
  definition: lookUp("why", "Why a story was posted, or why an article was not", [
    storyOption,
    {
      type: ApplicationCommandOptionType.String,
      name: "link",
      description: "An article that was or was not posted",
      max_length: 2_000,
    },
  ]),
  complete: ({ options }, context) => storyChoices(String(options.getFocused()), context),
  async run({ options, channelId, guildId }, context) {
    const storyId = options.getInteger("story");
    const address = options.getString("link");
    if (storyId !== null) return explain(storyId, channelId, guildId === null, context);
    return address === null
      ? privately("Give a story's number or an article's link.")
      : whyNot(address, channelId, context);
  },
};

/** The button `why:STORY:REVISION`. */
export const whyButton: Button = ({ channelId, guildId }, [storyId], context) =>
  explain(numberOf(storyId), channelId, guildId === null, context);

/** The menu of a message. */
export const whyMenu: MenuEntry = {
  definition: {
    name: "Why was this posted?",
    type: ApplicationCommandType.Message,
    contexts: [InteractionContextType.Guild, InteractionContextType.BotDM, InteractionContextType.PrivateChannel],
    integration_types: [ApplicationIntegrationType.GuildInstall, ApplicationIntegrationType.UserInstall],
  },
  async run({ targetMessage, channelId, guildId, client }, context) {
    // Anybody's bot may put a button of this name on a message.
    const ids = targetMessage.author.id === client.user.id ? targetMessage.components.flatMap(idsIn) : [];
    const [, storyId] = ids.find((id) => id.startsWith("why:"))?.split(":") ?? [];
    return storyId === undefined
      ? privately("This message is no card of Policywire.")
      : explain(numberOf(storyId), channelId, guildId === null, context);
  },
};

/** One line first; what proves it is a press away, page by page. */
async function explain(storyId: number, channelId: string, isDirect: boolean, context: Context): Promise<Answer> {
  // One that was merged into another is that other.
  const told = await storyById(context.db, storyId);
  if (told === null) return privately(`There is no story ${storyId}.`);
  const { id } = told;
  const proof = context.later.button("Proof", async () => ({
    ...(await paged({ read: () => proven(id, channelId, context), perPage: PER_PAGE, gap: "\n" }, context)),
    update: true,
  }));
  return {
    embeds: [{ title: titleOf(id), description: await inOneLine(told, channelId, isDirect, context) }],
    components: [{ type: ComponentType.ActionRow, components: [proof] }],
    flags: MessageFlags.Ephemeral,
  };
}

const titleOf = (storyId: number) => `Why story ${storyId}`;

/** `This channel follows Penalties; in European Union: Commission (an authority) fines Corvane (a developer), about penalties.` */
async function inOneLine(story: Story, channelId: string, isDirect: boolean, context: Context): Promise<string> {
  const { db, pack } = context;
  const articles = ledFirst(await articlesOf(db, story.id), story);
  const taggings = await taggingsOf(
    db,
    articles.map(({ id }) => id),
  );
  const read = articles.map((article) => matterOf(article, taggings.get(article.id)?.tags ?? [], pack));
  const gist = escapeWithin(read.find((one) => one !== null) ?? story.title, MAX_GIST);
  const [first, ...others] = await metBy(story, articles, channelId, context);
  if (first === undefined) return `Nothing that is followed here asks for it now. It is read as: ${gist}.`;
  const more =
    others.length === 0 ? "" : ` (and ${others.length} more ${others.length === 1 ? "request" : "requests"})`;
  return `${isDirect ? "You follow" : "This channel follows"} ${filterText(first.filter, pack)}${more}: ${gist}.`;
}

/** The requests of a channel that a story answers. */
async function metBy(
  story: Story,
  articles: readonly StoredArticle[],
  channelId: string,
  { db }: Context,
): Promise<readonly Subscription[]> {
  const feedIds = articles.map(({ feedId }) => feedId);
  const laws = await matterKeysOf(db, story.id);
  return (await subscriptionsOf(db, { destination: channelId })).filter(({ filter }) =>
    matches(filter, { story, feedIds, laws }),
  );
}

async function proven(storyId: number, channelId: string, context: Context): Promise<Text> {
  const { db, pack } = context;
  const [story, articles] = await Promise.all([storyById(db, storyId), articlesOf(db, storyId)]);
  if (story === null) return { title: `Story ${storyId} is not stored any more`, entries: [] };
  const taggings = await taggingsOf(
    db,
    articles.map(({ id }) => id),
  );
  const evidence = articles.flatMap((article) => evidenceLines(article, taggings.get(article.id)?.tags ?? [], pack));
  const entries = [
    ...(await metBy(story, articles, channelId, context)).map(
      ({ id, filter }) => `Request ${id} asks for ${filterText(filter, pack)}.`,
    ),
    ...(evidence.length === 0 ? ["No evidence is stored."] : evidence),
    ...(await developmentsOf(story, context)),
  ];
  return { title: titleOf(storyId), entries };
}

/** The ids of a component and of all that it holds. */
function idsIn(component: object): readonly string[] {
  const own = "customId" in component && typeof component.customId === "string" ? [component.customId] : [];
  const inside = "components" in component && Array.isArray(component.components) ? component.components : [];
  return [...own, ...inside.flatMap(idsIn)];
}
