import { type APIButtonComponentWithCustomId, ComponentType, MessageFlags } from "discord.js";
import { type Answer, privately } from "#discord/answer.ts";
import { cutText } from "#text/cut.ts";
import { type Context, mayWrite } from "./command.ts";

/** Leaves room for the longest title beside Discord's 4,096 characters. */
const MAX_PAGE = 3_800;

/** Discord's limit for the title of an embed. */
const MAX_TITLE = 256;

/** What a list says at one moment. */
export type Text = { readonly title: string; readonly entries: readonly string[] };

/** A list that is turned page by page with buttons. */
export type Listed = {
  /** Read anew at each turn: while a list can be turned, what is kept of it are ids, not pages of text. */
  readonly read: () => Promise<Text>;
  readonly perPage: number;
  readonly gap?: string;
  /** Whether a button offers to show it to the whole channel. */
  readonly shareable?: boolean;
  /** Buttons beside those that turn and share. */
  readonly extra?: readonly APIButtonComponentWithCustomId[];
};

/** The first page, privately. */
export async function paged(listed: Listed, context: Context): Promise<Answer> {
  return { ...(await page(listed, 0, context)), flags: MessageFlags.Ephemeral };
}

async function page(listed: Listed, at: number, context: Context): Promise<Answer> {
  const { later } = context;
  const turn = (label: string, to: number) =>
    later.button(label, async () => ({ ...(await page(listed, to, context)), update: true }));
  const share = () =>
    later.button("Share", async (pressed) =>
      mayWrite(pressed) ? { embeds: [(await shown(listed, at)).embed] } : privately("You may not write here."),
    );
  const { embed, pages } = await shown(listed, at);
  const buttons = [
    ...(at > 0 ? [turn("Back", at - 1)] : []),
    ...(at + 1 < pages ? [turn("More", at + 1)] : []),
    ...(listed.shareable === true ? [share()] : []),
    ...(listed.extra ?? []),
  ];
  return {
    embeds: [embed],
    components: buttons.length === 0 ? [] : [{ type: ComponentType.ActionRow, components: buttons }],
  };
}

/** One page as it is now; the last one where there are not so many any more. */
async function shown({ read, perPage, gap = "\n\n" }: Listed, at: number) {
  const { title, entries } = await read();
  const pages = pagesOf(entries, { perPage, gap, limit: MAX_PAGE });
  const number = Math.min(at, pages.length - 1);
  const description = pages[number]?.join(gap) ?? "";
  const footer = pages.length > 1 ? { footer: { text: `Page ${number + 1} of ${pages.length}` } } : {};
  return { embed: { title: cutText(title, MAX_TITLE), description, ...footer }, pages: pages.length };
}

/** Entries parted into pages of at most `perPage` of them and `limit` characters. One that is longer than a page is cut. */
export function pagesOf(
  entries: readonly string[],
  { perPage, gap, limit }: { readonly perPage: number; readonly gap: string; readonly limit: number },
): readonly (readonly string[])[] {
  const pages: string[][] = [];
  let room = 0;
  for (const entry of entries.map((each) => cutText(each, limit))) {
    const last = pages.at(-1);
    if (last !== undefined && last.length < perPage && gap.length + entry.length <= room) {
      last.push(entry);
      room -= gap.length + entry.length;
    } else {
      pages.push([entry]);
      room = limit - entry.length;
    }
  }
  return pages;
}
