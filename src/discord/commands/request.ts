import { ComponentType } from "discord.js";
import type { Answer } from "#discord/answer.ts";
import { EVERYTHING, type Filter, type Manner } from "#model/subscription.ts";
import { type Subscribed, subscribe, unsubscribe } from "#store/subscribing.ts";
import type { NewSubscription } from "#store/subscriptions.ts";
import { whereText } from "./asker.ts";
import { broughtBy, PREVIEW_DAYS } from "./brought.ts";
import type { Context, managing } from "./command.ts";
import { filterText, fullText, storyLines } from "./list.ts";
import { mannerText } from "./manner.ts";

const SHOWN = 3;

/** What somebody is about to follow, and the number of the request that it changes. */
export type Draft = {
  readonly wanted: NewSubscription & { readonly manner: Manner };
  readonly replaces: number | null;
};

/** Lets those press a button who may. */
export type Manage = ReturnType<typeof managing>;

/** Whether a filter keeps nothing out but what it does not want: a channel that wants all is a firehose that gets muted. */
export const isBoundless = ({ not: _, ...lists }: Filter): boolean =>
  Object.keys(EVERYTHING).every((key) => key === "not" || lists[key as keyof typeof lists].length === 0);

/** What a request would have brought, in paragraphs. */
export async function broughtLines({ wanted }: Draft, context: Context): Promise<readonly string[]> {
  const { db, pack, missing } = context;
  const brought = await broughtBy(wanted.filter, context);
  const dropped = wanted.filter.not.length === 0 ? null : brought.unwanted;
  const lacking = missing(wanted.destination, wanted.manner);
  const posts = `**${brought.posts === 1 ? "1 post" : `${brought.posts} posts`}${brought.orMore ? " or more" : ""}** in the last ${PREVIEW_DAYS} days`;
  return [
    `${posts}${dropped === null ? "" : `; ${dropped === 1 ? "1 story" : `${dropped} stories`} dropped by “not”`}.${brought.stories.length === 0 ? "" : " The newest:"}`,
    ...(await storyLines(db, brought.stories.slice(0, SHOWN), pack)),
    ...(lacking.length === 0 ? [] : [`⚠ Policywire lacks ${lacking.join(" and ")} in ${whereText(wanted)}.`]),
  ];
}

/** `Audit scope; in EU: each movement as it comes`. */
export const draftText = ({ wanted: { filter, manner } }: Draft, { pack }: Pick<Context, "pack">): string =>
  `${filterText(filter, pack)}: ${mannerText(manner)}`;

/** Drafts that were confirmed once more after they were saved: who presses twice may hear the answer to the second alone. */
const again = new WeakSet<Draft>();

/** Saves it, with a button that takes it back. */
export async function saved(draft: Draft, manage: Manage, context: Context): Promise<Answer> {
  const { db, clock, log, later } = context;
  const { wanted, replaces } = draft;
  const done = await subscribe(db, wanted, replaces, clock());
  if (done.kind === "full") return said(fullText(done.who));
  const { destination, guildId } = wanted;
  const answer = said(
    `${guildId === null ? "You now follow" : `${whereText({ guildId, destination })} now follows`} ${draftText(draft, context)}. What moves from now on is posted there; \`/following\` lists, changes and removes.`,
  );
  if (done.kind === "known") {
    again.add(draft);
    return answer;
  }
  again.delete(draft);
  const { id } = done.subscription;
  log.info("followed", { subscription: id, guild: wanted.guildId, by: wanted.createdBy, replaces });
  const undo = later.button(
    "Undo",
    manage(({ user }) => undone(done, user.id, context)),
  );
  return {
    ...answer,
    components: [{ type: ComponentType.ActionRow, components: [undo] }],
    undo: async () => {
      if (!again.has(draft)) await unsubscribe(db, done);
    },
  };
}

async function undone(
  done: Extract<Subscribed, { kind: "subscribed" }>,
  by: string,
  { db, log }: Context,
): Promise<Answer> {
  const { id, guildId } = done.subscription;
  if (!(await unsubscribe(db, done)))
    return said("It was changed or removed since; `/following` shows what is followed now.");
  log.info("taken back", { subscription: id, guild: guildId, by });
  return said(done.replaced === null ? "Undone: it is not followed." : `Undone: request ${id} is as it was.`);
}

/** In place of all that the answer showed. */
const said = (content: string): Answer => ({ content, embeds: [], components: [], update: true });
