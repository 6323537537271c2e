import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
} from "discord.js";
import { type Answer, privately } from "#discord/answer.ts";
import { matches } from "#pipeline/match.ts";
import { articlesOf } from "#store/articles.ts";
import { storyById } from "#store/stories.ts";
import { subscriptionsOf } from "#store/subscriptions.ts";
import { taggingsOf } from "#store/taggings.ts";
import { type Button, type Command, type Context, lookUp, type MenuEntry, numberOf } from "./command.ts";
import { evidenceLines } from "./evidence.ts";
import { filterText } from "./list.ts";
import { paged, type Text } from "./paging.ts";
import { developmentsOf, storyChoices, storyOption } from "./story.ts";
import { whyNot } from "./why-not.ts";

const PER_PAGE = 15;

/** `/why`: the phrase that matched, the sentence it stood in, the rule that fired; or why a link was not posted. */
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
  async run({ options, channelId }, context) {
    const storyId = options.getInteger("story");
    const address = options.getString("link");
    if (storyId !== null) return explain(storyId, channelId, context);
    return address === null
      ? privately("Give a story's number or an article's link.")
      : whyNot(address, channelId, context);
  },
};

/** The button `why:STORY:REVISION`. */
export const whyButton: Button = ({ channelId }, [storyId], context) => explain(numberOf(storyId), channelId, context);

/** The menu of a message. */
export const whyMenu: MenuEntry = {
  definition: {
    name: "Why was this posted?",
    type: ApplicationCommandType.Message,
    contexts: [InteractionContextType.Guild, InteractionContextType.BotDM, InteractionContextType.PrivateChannel],
    integration_types: [ApplicationIntegrationType.GuildInstall, ApplicationIntegrationType.UserInstall],
  },
  async run({ targetMessage, channelId, client }, context) {
    // Anybody's bot may put a button of this name on a message.
    const ids = targetMessage.author.id === client.user.id ? targetMessage.components.flatMap(idsIn) : [];
    const [, storyId] = ids.find((id) => id.startsWith("why:"))?.split(":") ?? [];
    return storyId === undefined
      ? privately("This message is no card of Policywire.")
      : explain(numberOf(storyId), channelId, context);
  },
};

async function explain(storyId: number, channelId: string, context: Context): Promise<Answer> {
  // One that was merged into another is that other.
  const id = (await storyById(context.db, storyId))?.id;
  if (id === undefined) return privately(`There is no story ${storyId}.`);
  return paged({ read: () => explained(id, channelId, context), perPage: PER_PAGE, gap: "\n" }, context);
}

async function explained(storyId: number, channelId: string, context: Context): Promise<Text> {
  const { db, pack } = context;
  const [story, articles, subscriptions] = await Promise.all([
    storyById(db, storyId),
    articlesOf(db, storyId),
    subscriptionsOf(db, { destination: channelId }),
  ]);
  if (story === null) return { title: `Story ${storyId} is not stored any more`, entries: [] };
  const feedIds = articles.map(({ feedId }) => feedId);
  const met = subscriptions.filter(({ filter }) => matches(filter, { story, feedIds }));
  const taggings = await taggingsOf(
    db,
    articles.map(({ id }) => id),
  );
  const evidence = articles.flatMap((article) => evidenceLines(article, taggings.get(article.id)?.tags ?? [], pack));
  const entries = [
    ...met.map(({ id, filter }) => `This channel follows ${filterText(filter, pack)} (request ${id}).`),
    ...(evidence.length === 0 ? ["No evidence is stored."] : evidence),
    ...(await developmentsOf(story, context)),
  ];
  return { title: `Why story ${storyId}`, entries };
}

/** The ids of a component and of all that it holds. */
function idsIn(component: object): readonly string[] {
  const own = "customId" in component && typeof component.customId === "string" ? [component.customId] : [];
  const inside = "components" in component && Array.isArray(component.components) ? component.components : [];
  return [...own, ...inside.flatMap(idsIn)];
}
