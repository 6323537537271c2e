import { randomBytes } from "node:crypto";
import type { Gateway } from "./gateway.ts";
import {
  botUser,
  type Channel,
  channelJson,
  guildJson,
  type Interaction,
  type Json,
  type Message,
  messageJson,
  PEOPLE_PERMISSIONS,
  permissionsIn,
  SOMEONE,
  snowflake,
  type World,
} from "./world.ts";

/** What a person saw after an interaction, and how long the answer took in milliseconds. */
type Seen = {
  readonly message: Message | null;
  readonly ephemeral: boolean;
  readonly followups: readonly Message[];
  readonly choices: readonly { readonly name: string; readonly value: string | number }[];
  readonly modal: Json | null;
  readonly ms: number;
};

type Where = {
  readonly channel: Channel;
  readonly userId?: string;
  /** Permission bits of the person; everything and Manage Guild by default. */
  readonly permissions?: bigint;
  readonly roles?: readonly string[];
  readonly locale?: string;
  /** Who has the bot: the server, unless it is said to be the person, or both. */
  readonly installed?: "person" | "both";
};

type Options = Readonly<Record<string, string | number | boolean>>;

/** The people in front of Discord: they type commands, press buttons and read what comes back. */
export type People = {
  type(name: string, options: Options, where: Where): Promise<Seen>;
  complete(name: string, focused: string, text: string, where: Where, options?: Options): Promise<Seen>;
  /** Presses the button with this label, or chooses in the menu when `values` are given. */
  press(message: Message, label: string, where: Where, values?: readonly string[]): Promise<Seen>;
  menu(name: string, message: Message, where: Where): Promise<Seen>;
  submit(customId: string, fields: Options, where: Where, message?: Message | null): Promise<Seen>;
};

const MANAGE_GUILD = 1n << 5n;
const ANSWER_DEADLINE_MS = 3_000;
const DEFERRED_DEADLINE_MS = 15_000;

export function peopleOf(world: World, gateway: Gateway, clock: () => Date): People {
  async function interact(type: number, payload: Json, where: Where, source: Message | null): Promise<Seen> {
    const { channel } = where;
    const now = clock();
    const interaction: Interaction = {
      id: snowflake(now),
      token: randomBytes(24).toString("hex"),
      guildId: channel.guildId,
      channelId: channel.id,
      at: now.getTime(),
      acknowledged: false,
      deferred: false,
      ephemeral: false,
      source,
      original: null,
      followups: [],
      choices: null,
      modal: null,
      changed: [],
    };
    world.interactions.set(interaction.token, interaction);
    const started = performance.now();
    const acknowledged = change(
      interaction,
      ANSWER_DEADLINE_MS,
      `no answer to ${JSON.stringify(payload).slice(0, 200)} within 3 s`,
    );
    gateway.dispatch("INTERACTION_CREATE", {
      ...envelope(world, interaction, where),
      type,
      data: payload,
      ...(source === null ? {} : { message: messageJson(world, source) }),
    });
    await acknowledged;
    if (interaction.deferred || (source !== null && interaction.original === source && source.editedAt === null)) {
      await change(interaction, DEFERRED_DEADLINE_MS, "deferred, and never answered");
    }
    const message = interaction.original;
    return {
      message,
      ephemeral: message !== null && (message.flags & 64) !== 0,
      followups: interaction.followups,
      choices: interaction.choices ?? [],
      modal: interaction.modal,
      ms: performance.now() - started,
    };
  }

  const idOf = (name: string): string => {
    const command = world.commands.get("global")?.find((candidate) => candidate.name === name);
    if (command === undefined) throw new Error(`the bot registered no command ${name}`);
    return String(command.id);
  };

  return {
    type: (name, options, where) =>
      interact(
        2,
        { id: idOf(name), name, type: 1, options: optionList(options), ...resolvedIn(world, options) },
        where,
        null,
      ),
    complete: (name, focused, text, where, options = {}) =>
      interact(
        4,
        {
          id: idOf(name),
          name,
          type: 1,
          options: [...optionList(options), { name: focused, type: 3, value: text, focused: true }],
        },
        where,
        null,
      ),
    press: (message, label, where, values) =>
      interact(
        3,
        {
          custom_id: componentId(message, label),
          component_type: values === undefined ? 2 : 3,
          ...(values === undefined ? {} : { values }),
        },
        where,
        message,
      ),
    menu: (name, message, where) =>
      interact(
        2,
        {
          id: idOf(name),
          name,
          type: 3,
          target_id: message.id,
          resolved: { messages: { [message.id]: messageJson(world, message) } },
        },
        where,
        null,
      ),
    submit: (customId, fields, where, message = null) =>
      interact(
        5,
        {
          custom_id: customId,
          components: Object.entries(fields).map(([id, value]) => ({
            type: 1,
            id: 1,
            components: [{ type: 4, id: 2, custom_id: id, value: String(value) }],
          })),
        },
        where,
        message,
      ),
  };
}

/** The id of the component with this label or placeholder. */
function componentId(message: Message, label: string): string {
  const within = (one: Json): Json[] => [one, ...((one.components as Json[] | undefined) ?? []).flatMap(within)];
  const components = message.components.flatMap(within).filter(({ custom_id }) => custom_id !== undefined);
  const found = components.find((one) => one.label === label || one.placeholder === label);
  if (found === undefined)
    throw new Error(`no “${label}” among ${components.map((one) => String(one.label ?? one.placeholder)).join(", ")}`);
  return String(found.custom_id);
}

/** Options as Discord sends them; a name with a `#` is a channel, with an `@` a role: `{ "channel#": id }`. */
function optionList(options: Options): Json[] {
  return Object.entries(options).map(([name, value]) => {
    if (name.endsWith("#")) return { name: name.slice(0, -1), type: 7, value };
    if (name.endsWith("@")) return { name: name.slice(0, -1), type: 8, value };
    return { name, type: typeof value === "string" ? 3 : typeof value === "boolean" ? 5 : 4, value };
  });
}

/** The channels and roles that options name, as Discord sends them along: a channel with what the person may do there. */
function resolvedIn(world: World, options: Options): Json {
  const ids = (mark: string) =>
    Object.entries(options).flatMap(([name, id]) => (name.endsWith(mark) ? [String(id)] : []));
  const channels = ids("#").flatMap((id) => world.channels.get(id) ?? []);
  const roles = [...world.guilds.values()].flatMap((guild) => guildJson(world, guild).roles as Json[]);
  const named = (list: readonly Json[]) => Object.fromEntries(list.map((one) => [String(one.id), one]));
  const chosen = roles.filter(({ id }) => ids("@").includes(String(id)));
  if (channels.length + chosen.length === 0) return {};
  const shown = channels.map((channel) => ({
    ...channelJson(world, channel),
    permissions: PEOPLE_PERMISSIONS.toString(),
  }));
  return { resolved: { channels: named(shown), roles: named(chosen) } };
}

function envelope(world: World, interaction: Interaction, where: Where): Json {
  const { channel } = where;
  const user = { ...botUser, id: where.userId ?? SOMEONE, username: "someone", bot: false };
  const member = {
    user,
    roles: where.roles ?? [],
    permissions: (where.permissions ?? PEOPLE_PERMISSIONS | MANAGE_GUILD).toString(),
    joined_at: new Date(0).toISOString(),
    deaf: false,
    mute: false,
    flags: 0,
  };
  return {
    id: interaction.id,
    application_id: world.application.id,
    token: interaction.token,
    version: 1,
    channel_id: channel.id,
    channel: channelJson(world, channel),
    app_permissions: permissionsIn(world, channel).toString(),
    locale: where.locale ?? "en-US",
    entitlements: [],
    authorizing_integration_owners: {
      ...(channel.guildId === null || where.installed === "person" ? {} : { 0: channel.guildId }),
      ...(channel.guildId === null || where.installed !== undefined ? { 1: user.id } : {}),
    },
    context: channel.guildId === null ? 1 : 0,
    attachment_size_limit: 10_485_760,
    ...(channel.guildId === null
      ? { user }
      : {
          guild_id: channel.guildId,
          guild_locale: "en-US",
          member,
          guild: { id: channel.guildId, locale: "en-US", features: [] },
        }),
  };
}

function change(interaction: Interaction, deadlineMs: number, late: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(late)), deadlineMs);
    interaction.changed.push(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}
