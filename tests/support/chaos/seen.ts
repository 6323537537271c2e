import type { Channel, Json, Message, World } from "#support/discord/world.ts";

/** One destination of the outbox, and where its posts are seen. */
export type Owing = {
  readonly key: string;
  /** The channel, or what stands in its place. */
  readonly place: string;
  /** Null where it is a destination beside Discord. */
  readonly channel: Channel | null;
  readonly digest: boolean;
  readonly subscriptionId: number;
  readonly owed: string[];
  /** The stories of whose day it is reminded. */
  readonly reminded: number[];
  memos: number;
};

/** What is wrong with what one destination shows: lost, doubled, or out of order. */
export function seenIn(world: World, { key, channel, digest, owed, reminded, memos }: Owing): string[] {
  if (channel === null) return [];
  const all = [...world.channels.values()]
    .filter(({ id, parentId }) => id === channel.id || parentId === channel.id)
    .flatMap((place) => place.messages)
    .sort((a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1));
  const reminders = all.filter((message) => isOf("reminder", message));
  const briefed = all.flatMap((message) => memoIn(message));
  const messages = all.filter((message) => !isOf("reminder", message) && !isOf("memo", message));
  const seen = messages.flatMap(digest ? carriedIn : revisionOf);
  const faults = remindedOnce(reminders, reminded).map((fault) => `${channel.name}: ${fault}`);
  if (briefed.length !== memos || new Set(briefed).size !== memos)
    faults.push(`${channel.name} (${key}): ${memos} memos were owed, seen ${briefed.join(", ") || "none"}`);
  // A digest that is too long for one message says how many it leaves to a look-up: so many may be missing, and no other.
  const untold = digest ? owed.filter((one) => !seen.includes(one)).length : 0;
  const announced = messages.reduce(
    (sum, { embeds, content }) => sum + leftOutOf(JSON.stringify([content, embeds])),
    0,
  );
  if (untold !== announced)
    faults.push(`${channel.name} (${key}): ${untold} were not seen, and ${announced} said to be left out`);
  for (const one of owed) {
    const times = seen.filter((other) => other === one).length;
    if (times !== 1 && !(digest && times === 0))
      faults.push(`${channel.name} (${key}): ${one} was seen ${times} times`);
  }
  for (const one of seen) if (!owed.includes(one)) faults.push(`${channel.name}: ${one} was seen and never owed`);
  // A digest has an order of its own: the most important first.
  if (!digest && faults.length === 0 && seen.join() !== owed.join())
    faults.push(`${channel.name}: out of order: ${seen.join()} for ${owed.join()}`);
  return faults;
}

/** Direct messages of which a person got two that say the same, which is more than one of a cause and day. */
export function toldTwice(world: World, reader: string): string[] {
  const direct = [...world.channels.values()].filter(({ id, type }) => type === 1 && !id.endsWith(reader.slice(1)));
  return direct.flatMap(({ id, messages }) => {
    const said = messages.map(({ content }) => content);
    const twice = said.filter((content, at) => said.indexOf(content) !== at);
    return twice.map((content) => `${id} was told twice: ${content.slice(0, 200)}`);
  });
}

const isOf = (kind: "reminder" | "memo", { components }: Message) => JSON.stringify(components).includes(`"${kind}:`);

/** The delivery of a memo, which its buttons name. */
const memoIn = ({ components }: Message): string[] =>
  /"memo:\d+:(\d+)/.exec(JSON.stringify(components))?.slice(1) ?? [];

/** What is wrong with the reminders: each names its stories, but for those of which it says that they are left out. */
function remindedOnce(reminders: readonly Message[], owed: readonly number[]): string[] {
  const texts = reminders.map(({ content, embeds }) =>
    [content, ...embeds.map(({ description }) => String(description))].join("\n"),
  );
  const seen = texts.flatMap((text) => [...text.matchAll(/^Story (\d+):/gm)].map(([, id]) => Number(id)));
  const left = texts.reduce((sum, text) => sum + Number(/and (\d+) more: press/.exec(text)?.[1] ?? 0), 0);
  const untold = owed.filter((id) => !seen.includes(id)).length;
  const wrong = [...new Set(seen)].filter((id) => !owed.includes(id) || seen.filter((one) => one === id).length > 1);
  return [
    ...(untold === left ? [] : [`${untold} reminders were not seen, and ${left} said to be left out`]),
    ...wrong.map((id) => `the reminder of story ${id} was seen twice, or never owed`),
  ];
}

const leftOutOf = (text: string) => Number(/and (\d+) more developments?: press/.exec(text)?.[1] ?? 0);

/** The revision that a card's buttons name. */
function revisionOf({ components }: Message): string[] {
  const buttons = components.flatMap((row) => (row.components as Json[] | undefined) ?? []);
  return buttons.flatMap(({ custom_id }) => {
    const [kind, storyId, revision] = String(custom_id).split(":");
    return kind === "why" ? [`${storyId}:${revision}`] : [];
  });
}

/** The stories that a digest links to: their numbers stand in their addresses, and count in the order in which they were told. */
function carriedIn({ content, embeds }: Message): string[] {
  const text = [content, ...embeds.map(({ description }) => String(description))].join("\n");
  return [...text.matchAll(/chaos-(\d+)\)/g)].map(([, number]) => `${number}:1`);
}
