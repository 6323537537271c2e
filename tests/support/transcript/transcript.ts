import { createHash } from "node:crypto";
import type { Card } from "#model/delivery.ts";
import type { Pack } from "#model/pack.ts";
import { setStage } from "#support/discord/bot.ts";
import { playBeginning } from "./beginning.ts";
import { play, type Scene } from "./scenes.ts";
import { trendScenes } from "./trend.ts";
import { type Line, type Shown, shownAs } from "./words.ts";

const PREFACE = `# In Discord

This page is made by \`npm run docs\` out of what a Discord on loopback received from the bot, of an invented week that was played with the shipped pack; a test fails when the two differ. The pictures show the same messages, in a browser, on a desktop and on a phone; \`npm run pictures\` makes both.

Answers are private unless they are shared. Managing what a server follows takes the permission Manage Server, or what the server chose under Integrations; looking things up is for all, in servers, in direct messages, and where a person installed the bot for themselves.
`;

/** Plays the scenes; fails when a message of them broke a rule of Discord's. */
export async function scenes(): Promise<readonly Scene[]> {
  const { scenes: week, card, pack } = await play();
  return [...(await playBeginning()), ...week, ...(await trendScenes(pack)), await componentsScene(card, pack)];
}

/** `docs/discord.md`: each scene with its pictures and as text. */
export function pageOf(all: readonly Scene[]): string {
  const parts = all.map((scene, at) => {
    const { title, note, asked, shown } = scene;
    const name = `pictures/${nameOf(scene, at)}`;
    const wide = `<picture><source media="(prefers-color-scheme: light)" srcset="${name}-light.webp"><img alt="${title}" src="${name}-dark.webp" width="640"></picture>`;
    const narrow = `<picture><source media="(prefers-color-scheme: light)" srcset="${name}-phone-light.webp"><img alt="${title}, on a phone" src="${name}-phone-dark.webp" width="230"></picture>`;
    return `## ${title}\n\n${note}\n\n${wide} ${narrow}\n\n\`\`\`text\n${textOf(asked, shown)}\n\`\`\`\n`;
  });
  return [PREFACE, ...parts].join("\n");
}

/** What the pictures show, by name: a hash of each message, so that pictures of other messages are found out without a browser. */
export const madeOf = (all: readonly Scene[]): string =>
  `${JSON.stringify(
    Object.fromEntries(
      all.map((scene, at) => {
        const { asked, shown } = scene;
        return [
          nameOf(scene, at),
          createHash("sha256")
            // A chart is the same to the eye, not to the byte, on every machine; its words are.
            .update(JSON.stringify([asked, shown], (key, value) => (key === "png" ? undefined : value)))
            .digest("hex"),
        ];
      }),
    ),
    null,
    2,
  )}\n`;

/** `03-a-card` */
export const nameOf = ({ title }: Scene, at: number): string =>
  `${String(at + 1).padStart(2, "0")}-${title
    .toLowerCase()
    .replace(/[^a-z]+/g, "-")
    .replace(/^-|-$/g, "")}`;

/** The same card where components were chosen. */
async function componentsScene(card: Card, pack: Pack): Promise<Scene> {
  const stage = await setStage("components", { pack, from: card.at });
  try {
    const claim = { deliveryId: 1, storyId: 7, revision: 1, destination: stage.channel.id, attempts: 1 };
    await stage.bot.post({ ...claim, messageId: null, sagaMessageId: null }, card);
    const [message] = stage.discord.messagesIn(stage.channel);
    if (message === undefined || stage.discord.violations.length > 0) throw new Error("no card of components");
    return {
      title: "A card of components",
      note: "With `DISCORD_CARDS=components` a card is a container of Discord's newer components. A message stays of its kind for good: cards that stand there as embeds become components when they are edited, and not the other way round.",
      asked: "(a post)",
      shown: shownAs(message, stage.discord.world, stage.clock()),
    };
  } finally {
    await stage.close();
  }
}

function textOf(asked: string, { content, embeds, buttons, ephemeral }: Shown): string {
  const plain = (lines: readonly Line[]) => lines.map((line) => line.map(({ text }) => text).join(""));
  return [
    `> ${asked}`,
    "",
    ...plain(content),
    ...embeds.flatMap(({ title, lines, footer, image }) => [
      title,
      ...plain(lines),
      ...(image === null ? [] : [`(a picture: ${image.alt})`]),
      ...(footer === null ? [] : [`— ${footer}`]),
    ]),
    ...buttons.map((row) => row.map(({ label }) => `[${label}]`).join(" ")),
    ...(ephemeral ? ["(only you can see this)"] : []),
  ].join("\n");
}
