import { type Answer, change, type Files, newMessage, nothing, ok, refuse } from "./messages.ts";
import { type Interaction, type Json, type Message, messageJson, type World } from "./world.ts";

/** An interaction can be answered for 15 minutes. */
const TOKEN_MS = 15 * 60_000;
const EPHEMERAL = 64;

const unknownInteraction = refuse(404, 10062, "Unknown interaction");
const expiredToken = refuse(401, 50027, "Invalid Webhook Token");

export function callback(world: World, id: string, token: string, body: Json, now: Date, files: Files): Answer {
  const interaction = world.interactions.get(token);
  if (interaction === undefined || interaction.id !== id) return unknownInteraction;
  if (interaction.acknowledged) return refuse(400, 40060, "Interaction has already been acknowledged.");
  if (now.getTime() - interaction.at > world.acknowledgeMs) return unknownInteraction;
  interaction.acknowledged = true;
  const content = (body.data as Json | undefined) ?? {};
  switch (body.type) {
    case 4:
      interaction.original = publish(world, interaction, newMessage(content, interaction.channelId, now, files));
      break;
    case 5:
      interaction.deferred = true;
      interaction.ephemeral = (Number(content.flags ?? 0) & EPHEMERAL) !== 0;
      break;
    case 6:
      interaction.original = interaction.source;
      break;
    case 7:
      if (interaction.source !== null) change(interaction.source, content, now);
      interaction.original = interaction.source;
      break;
    case 8:
      interaction.choices = (content.choices as Interaction["choices"]) ?? [];
      break;
    case 9:
      interaction.modal = content;
      break;
  }
  wake(interaction);
  return nothing;
}

export function editReply(world: World, token: string, messageId: string, body: Json, now: Date): Answer {
  const interaction = live(world, token, now);
  if (interaction === null) return expiredToken;
  const target =
    messageId === "@original"
      ? interaction.original
      : interaction.followups.find((message) => message.id === messageId);
  if (messageId === "@original" && target === null && interaction.deferred) {
    const flags = interaction.ephemeral ? EPHEMERAL : 0;
    interaction.original = publish(world, interaction, newMessage({ ...body, flags }, interaction.channelId, now));
    interaction.deferred = false;
    wake(interaction);
    return ok(messageJson(world, interaction.original));
  }
  if (target === undefined || target === null) return refuse(404, 10008, "Unknown Message");
  change(target, body, now);
  wake(interaction);
  return ok(messageJson(world, target));
}

export function followUp(world: World, token: string, body: Json, now: Date, files: Files): Answer {
  const interaction = live(world, token, now);
  if (interaction === null) return expiredToken;
  const message = publish(world, interaction, newMessage(body, interaction.channelId, now, files));
  interaction.followups.push(message);
  wake(interaction);
  return ok(messageJson(world, message));
}

export function readReply(world: World, token: string, messageId: string, now: Date): Answer {
  const interaction = live(world, token, now);
  if (interaction === null) return expiredToken;
  const target =
    messageId === "@original"
      ? interaction.original
      : interaction.followups.find((message) => message.id === messageId);
  return target === undefined || target === null
    ? refuse(404, 10008, "Unknown Message")
    : ok(messageJson(world, target));
}

export function deleteReply(world: World, token: string, now: Date): Answer {
  return live(world, token, now) === null ? expiredToken : nothing;
}

function live(world: World, token: string, now: Date): Interaction | null {
  const interaction = world.interactions.get(token);
  if (interaction === undefined || !interaction.acknowledged) return null;
  return now.getTime() - interaction.at > TOKEN_MS ? null : interaction;
}

/** What others see stands in the channel too. */
function publish(world: World, interaction: Interaction, message: Message): Message {
  if ((message.flags & EPHEMERAL) === 0) world.channels.get(interaction.channelId)?.messages.push(message);
  return message;
}

function wake(interaction: Interaction): void {
  for (const listener of interaction.changed.splice(0)) listener();
}
