import type { ChatInputCommandInteraction } from "discord.js";
import { escapeWithin } from "#discord/escape.ts";
import { AXIS_FIELDS, readWords } from "#model/axes.ts";
import { keyOfNamed, namedIn } from "#model/destination.ts";
import { LONGEST_TYPED } from "#model/limits.ts";
import { requestOf } from "#model/preset.ts";
import {
  AT_ONCE,
  EVERYTHING,
  type Filter,
  isReaders,
  type Manner,
  type Subscription,
  unheld,
} from "#model/subscription.ts";
import { destinationNamed } from "#store/destinations.ts";
import { zoneOf } from "#store/guilds.ts";
import { subscriptionById } from "#store/subscriptions.ts";
import type { Asker } from "./asker.ts";
import type { Context } from "./command.ts";
import { readLaws } from "./laws.ts";
import { readManner } from "./manner.ts";
import { type Read, readNamed, readUnwanted } from "./options.ts";
import type { Draft } from "./request.ts";

/** Options that say what is followed: without one of them a form asks. */
const FILTERING = ["preset", "point", "place", "stage", "actor", "law", "source", "words"] as const;

/** Whether some option says what is followed. */
export const isAsked = (options: Options): boolean => FILTERING.some((name) => options.getString(name) !== null);

/** Outside a server's channels nobody else is there to be mentioned, and there are no threads. */
const ALONE = { mention: null, threads: false };

/** What the options ask for; what they leave out is as in the preset, in the request that is changed, or usual. */
export async function readDraft(
  interaction: ChatInputCommandInteraction,
  asker: Asker,
  context: Context,
): Promise<Read<Draft>> {
  const { options, user } = interaction;
  const known = await replacedBy(options, asker, context);
  if ("fault" in known) return known;
  const base = await baseOf(options, known.value, asker, context);
  if ("fault" in base) return base;
  const filter = await readFilter(options, base.value.filter, context);
  if ("fault" in filter) return filter;
  const manner = readManner(interaction, base.value.manner);
  if ("fault" in manner) return manner;
  const place = await placeOf(options, asker, base.value.destination, context);
  if ("fault" in place) return place;
  const destination = place.value;
  const named = namedIn(destination);
  const unheldThere = named === null ? [] : unheld(manner.value, (await context.holds?.(named.kind)) ?? []);
  if (unheldThere.length > 0) return { fault: unheldThere.join(" ") };
  const isAlone = asker.guildId === null || named !== null;
  const wanted = {
    guildId: asker.guildId,
    destination,
    filter: filter.value,
    manner: isAlone ? { ...manner.value, ...ALONE } : manner.value,
    createdBy: user.id,
  };
  return { value: { wanted, replaces: known.value?.id ?? null } };
}

/** Where it is to be posted: in a channel, or at a destination beside Discord that the server may use. */
async function placeOf(options: Options, { guildId }: Asker, usual: string, { db }: Context): Promise<Read<string>> {
  const channel = guildId === null ? null : options.getChannel("channel");
  const to = options.getString("to");
  if (to === null) return { value: channel?.id ?? usual };
  if (channel !== null) return { fault: "Choose a channel or a destination, not both." };
  const destination = await destinationNamed(db, to.trim().toLowerCase());
  if (guildId !== null && destination?.guildId === guildId) return { value: keyOfNamed(destination) };
  return {
    fault: `There is no destination “${escapeWithin(to, LONGEST_TYPED)}” that may be used here. The bot's operators allow one for a server.`,
  };
}

type Options = ChatInputCommandInteraction["options"];

/** The asker's request of the number that is to be replaced; nobody else's is shown or changed. */
async function replacedBy(options: Options, { guildId, destination }: Asker, { db }: Context): Promise<Read<Known>> {
  const number = options.getInteger("replace");
  if (number === null) return { value: null };
  const known = await subscriptionById(db, number);
  const isTheirs = known !== null && known.guildId === guildId && !isReaders(known);
  if (isTheirs && (guildId !== null || known.destination === destination)) return { value: known };
  return { fault: `There is no request ${number} here. \`/following\` lists them.` };
}

type Known = Subscription | null;

type Base = { readonly filter: Filter; readonly manner: Manner; readonly destination: string };

/** A preset, the request that a form is to change, or nothing yet. */
async function baseOf(
  options: Options,
  known: Known,
  { guildId, destination }: Asker,
  { db, pack }: Context,
): Promise<Read<Base>> {
  const timeZone = (guildId === null ? null : await zoneOf(db, guildId)) ?? AT_ONCE.timeZone;
  const usual = { filter: EVERYTHING, manner: { ...AT_ONCE, timeZone }, destination };
  const name = options.getString("preset");
  if (name === null) return { value: known === null || isAsked(options) ? usual : known };
  const preset = presetNamed(name, pack);
  return preset === undefined
    ? { fault: `There is no preset “${escapeWithin(name, LONGEST_TYPED)}”. Choose one from the list.` }
    : { value: { ...requestOf(preset, usual.manner), destination } };
}

const presetNamed = (name: string, { presets }: Context["pack"]) =>
  presets.find((preset) => preset.name.trim().toLowerCase() === name.trim().toLowerCase());

async function readFilter(options: Options, base: Filter, context: Context): Promise<Read<Filter>> {
  const { pack } = context;
  let filter = base;
  for (const [name, key] of AXIS_FIELDS) {
    const typed = options.getString(name);
    if (typed === null) continue;
    const read = readNamed(name, typed, pack);
    if ("fault" in read) return read;
    filter = { ...filter, [key]: read.value };
  }
  const law = options.getString("law");
  if (law !== null) {
    const read = await readLaws(law, context);
    if ("fault" in read) return read;
    filter = { ...filter, laws: read.value };
  }
  const [words, not] = [options.getString("words"), options.getString("not")];
  if (words !== null) filter = { ...filter, words: readWords(words) };
  return { value: not === null ? filter : { ...filter, not: readUnwanted(not, pack) } };
}
