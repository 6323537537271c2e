import { Buffer } from "node:buffer";
import { type APIEmbed, ButtonStyle, ComponentType, type RawFile } from "discord.js";
import type { Claim, RequestedMemo } from "#model/delivery.ts";
import type { Memo, MemoPoint } from "#model/memo.ts";
import type { Pack } from "#model/pack.ts";
import type { Filter } from "#model/subscription.ts";
import { memoMarkdown } from "#pipeline/memo/markdown.ts";
import { gapText, memoCount, memoFileName, memoTitle, moreText } from "#pipeline/memo/words.ts";
import { statusText } from "#pipeline/words.ts";
import { dayText } from "#text/calendar.ts";
import { clauseWithin } from "#text/clause.ts";
import { filterText } from "./commands/list.ts";
import { escapeWithin, link } from "./escape.ts";
import { type Body, NO_MENTIONS } from "./message.ts";

const MAX_CONTENT = 2_000;

/** Of an embed: what is more stands in the file. Two screens of a phone. */
const MAX_DESCRIPTION = 3_000;
const MAX_LINE = 110;
const MAX_STATUS = 40;
const MAX_NAME = 80;
const MOST_NAMES = 4;

/** Room for the lines behind the points. */
const FOOT = 700;

/** What marks a message as this memo. */
export const memoMark = ({ deliveryId }: Claim, { subscriptionId }: RequestedMemo) =>
  `memo:${subscriptionId}:${deliveryId}`;

/** A lede for each point, and all of it as a file. */
export function memoBody(claim: Claim, { memo, subscriptionId, filter }: RequestedMemo, pack: Pack): Body {
  return {
    content: escapeWithin(memoCount(memo), MAX_CONTENT),
    embeds: [memoEmbed(memo)],
    files: [memoFile(memo, filter, pack)],
    components: buttonsOf(claim, subscriptionId),
    allowed_mentions: NO_MENTIONS,
  };
}

/** The same where neither embeds nor files may be posted. */
export function memoPlain(claim: Claim, { memo, subscriptionId }: RequestedMemo): Body {
  const lines = [`**${memoTitle(memo)}**`, memoCount(memo)].join("\n");
  const foot = "All of it, as a file: `/memo`. For the file to stand here the bot needs Attach Files.";
  const room = MAX_CONTENT - lines.length - foot.length - 2;
  return {
    content: [lines, ledes(memo, room), foot].filter((part) => part !== "").join("\n"),
    components: buttonsOf(claim, subscriptionId),
    allowed_mentions: NO_MENTIONS,
  };
}

export const memoEmbed = (memo: Memo): APIEmbed => ({
  title: memoTitle(memo),
  description: ledes(memo, MAX_DESCRIPTION) || "Nothing moved.",
  color: 0x5865f2,
});

export function memoFile(memo: Memo, filter: Filter, pack: Pack): RawFile & { readonly data: Buffer } {
  const of = filterText(filter, pack).replaceAll("\\", "");
  return {
    name: memoFileName(memo),
    data: Buffer.from(memoMarkdown(memo, of)),
    contentType: "text/markdown; charset=utf-8",
  };
}

/** The points on which something moved, as many as fit, then what went quiet and which feeds were not read. */
function ledes(memo: Memo, limit: number): string {
  const moved = memo.points.filter(({ changes }) => changes.of > 0);
  const foot = footOf(memo);
  const room = limit - (foot === "" ? 0 : Math.min(FOOT, foot.length + 1)) - MAX_LINE;
  const shown: string[] = [];
  let length = 0;
  for (const point of moved) {
    const lede = ledeOf(point);
    if (length + lede.length + 1 > room) break;
    shown.push(lede);
    length += lede.length + 1;
  }
  const left = moved.length - shown.length;
  const rest = left === 0 ? "" : `and ${left === 1 ? "1 more point" : `${left} more points`}, in the file`;
  return [...shown, rest, foot].filter((line) => line !== "").join("\n");
}

/** The weightiest that moved on a point, how many more did, and the next day of it. */
function ledeOf({ name, changes, days }: MemoPoint): string {
  const [change] = changes.shown;
  const [next] = days.shown;
  const developments = changes.of === 1 ? "1 development" : `${changes.of} developments`;
  const due = next === undefined ? [] : [`Next: ${dayText(next.day)}, ${escapeWithin(next.what, MAX_NAME)}`];
  const lines = [`**${escapeWithin(name, MAX_NAME)}** · ${developments}`];
  if (change !== undefined) {
    const status = statusText(change);
    const head = status === "" ? "" : `**${escapeWithin(status, MAX_STATUS)}** · `;
    const said = link(escapeWithin(clauseWithin(change.line, MAX_LINE), MAX_LINE) || "Untitled", change.url);
    lines.push(`- ${head}${said} · story ${change.storyId}`);
  }
  return [...lines, ...due.map((line) => `- ${line}`)].join("\n");
}

function footOf({ points, gaps }: Memo): string {
  const quiet = points.filter(({ changes, quiet }) => changes.of === 0 && quiet.of > 0);
  const named = quiet.slice(0, MOST_NAMES).map(({ name }) => escapeWithin(name, MAX_NAME));
  const lost = gaps.slice(0, MOST_NAMES).map((gap) => `${escapeWithin(gap.outlet, MAX_NAME)} (${gapText(gap)})`);
  const line = (label: string, names: readonly string[], of: number) =>
    names.length === 0 ? [] : [`**${label}** ${[names.join(", "), moreText({ shown: names, of })].join(" ").trim()}`];
  return [...line("Went quiet:", named, quiet.length), ...line("Not read:", lost, gaps.length)].join("\n");
}

function buttonsOf(claim: Pick<Claim, "deliveryId">, subscriptionId: number): NonNullable<Body["components"]> {
  const mark = `memo:${subscriptionId}:${claim.deliveryId}`;
  const button = (custom_id: string, label: string) => ({
    type: ComponentType.Button as const,
    style: ButtonStyle.Secondary as const,
    label,
    custom_id,
  });
  return [
    {
      type: ComponentType.ActionRow,
      components: [button(mark, "The month"), button(`${mark}:quarter`, "The quarter")],
    },
  ];
}
