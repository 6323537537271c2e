import { type APIButtonComponentWithCustomId, ComponentType, MessageFlags } from "discord.js";
import type { Answer, Context } from "./command.ts";

/** Leaves room for the longest title beside Discord's 4,096 characters. */
const MAX_PAGE = 3_800;

/** A list that is turned page by page with buttons. */
export type Listed = {
  readonly title: string;
  readonly entries: readonly string[];
  readonly perPage: number;
  readonly gap?: string;
  /** Whether a button offers to show it to the whole channel. */
  readonly shareable?: boolean;
  /** Buttons beside those that turn and share. */
  readonly extra?: readonly APIButtonComponentWithCustomId[];
};

/** The first page, privately. */
export function paged(listed: Listed, context: Context): Answer {
  return { ...page(listed, pagesOf(listed), 0, context), flags: MessageFlags.Ephemeral };
}

function page(listed: Listed, pages: readonly string[], at: number, context: Context): Answer {
  const { later } = context;
  const turn = (label: string, to: number) =>
    later.button(label, async () => ({ ...page(listed, pages, to, context), update: true }));
  const embeds = [
    {
      title: listed.title,
      description: pages[at] ?? "",
      ...(pages.length > 1 ? { footer: { text: `Page ${at + 1} of ${pages.length}` } } : {}),
    },
  ];
  const buttons = [
    ...(at > 0 ? [turn("Back", at - 1)] : []),
    ...(at + 1 < pages.length ? [turn("More", at + 1)] : []),
    ...(listed.shareable === true ? [later.button("Share", async () => ({ embeds }))] : []),
    ...(listed.extra ?? []),
  ];
  return { embeds, components: buttons.length === 0 ? [] : [{ type: ComponentType.ActionRow, components: buttons }] };
}

function pagesOf({ entries, perPage, gap = "\n\n" }: Listed): readonly string[] {
  const pages: string[][] = [];
  for (const entry of entries) {
    const last = pages.at(-1);
    const fits = last !== undefined && last.length < perPage && [...last, entry].join(gap).length <= MAX_PAGE;
    if (fits) last.push(entry);
    else pages.push([entry]);
  }
  return pages.map((each) => each.join(gap));
}
