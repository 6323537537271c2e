import { type Block, type Draft, type Line, lengthOf, runsOf, type Span } from "#destinations/draft/draft.ts";
import { fitting } from "#destinations/draft/fitting.ts";
import { clauseWithin } from "#text/clause.ts";
import { escapeText } from "#text/entities.ts";

/** Slack's limits: https://docs.slack.dev/reference/block-kit/blocks */
const MAX_BLOCKS = 50;
const MAX_HEADER = 150;
const MAX_TEXT = 3_000;

/**
 * Of all blocks, as JSON. Slack documents no such limit and refuses more than some 13,200 characters as `msg_blocks_too_long`
 * (slackapi/bolt-js#2509).
 */
const MAX_MESSAGE = 12_000;

/** What Slack shows of a moment in its reader's own zone. */
const DATE_FORMAT = "{date_short_pretty}, {time}";

export type SlackElement =
  | { readonly type: "text"; readonly text: string; readonly style?: { readonly bold: true } }
  | { readonly type: "link"; readonly url: string; readonly text: string; readonly style?: { readonly bold: true } }
  | { readonly type: "date"; readonly timestamp: number; readonly format: string; readonly fallback: string };

type Section = { readonly type: "rich_text_section"; readonly elements: readonly SlackElement[] };

type List = { readonly type: "rich_text_list"; readonly style: "bullet"; readonly elements: readonly Section[] };

type PlainText = { readonly type: "plain_text"; readonly text: string; readonly emoji: false };

export type SlackBlock =
  | { readonly type: "header"; readonly block_id: string; readonly text: PlainText }
  | { readonly type: "context"; readonly elements: readonly [PlainText] }
  | { readonly type: "rich_text"; readonly elements: readonly (Section | List)[] };

/** A message as an incoming webhook takes it. */
export type SlackMessage = {
  readonly text: string;
  readonly blocks: readonly SlackBlock[];
  readonly unfurl_links: false;
  readonly unfurl_media: false;
};

/**
 * A draft as Block Kit; `mark` is what it is known by. Foreign words stand in `rich_text` and `plain_text` alone, which Slack shows to
 * the letter: in its mrkdwn a star or an underscore cannot be escaped. Whatever the draft holds, it is within Slack's limits.
 */
export function slackMessage(draft: Draft, mark: string): SlackMessage {
  const title = clauseWithin(draft.title.text, MAX_HEADER);
  const header: SlackBlock = { type: "header", block_id: mark, text: plainText(title) };
  const blocks = fitting(draft.blocks, {
    size: MAX_MESSAGE - JSON.stringify([header]).length,
    blocks: MAX_BLOCKS - 1,
    longest: MAX_TEXT,
    sizeOf: (block) => JSON.stringify(blockOf([block])).length + 1,
  });
  return {
    // Beside the blocks Slack reads three characters as more than words: `<!channel>`, `<@U…>`, links.
    text: escapeText(draft.notice),
    blocks: [header, ...runsOf(blocks).map(blockOf)],
    unfurl_links: false,
    unfurl_media: false,
  };
}

const plainText = (text: string): PlainText => ({ type: "plain_text", text, emoji: false });

function blockOf(run: readonly Block[]): SlackBlock {
  const [first] = run;
  const [line] = first?.lines ?? [];
  if (first?.as === "small" && line !== undefined && line.every(({ url, at }) => url === undefined && at === undefined))
    return { type: "context", elements: [plainText(line.map(({ text }) => text).join(""))] };
  const sections = run.map((block): Section => ({ type: "rich_text_section", elements: elementsOf(block) }));
  if (first?.as !== "item") return { type: "rich_text", elements: sections };
  return { type: "rich_text", elements: [{ type: "rich_text_list", style: "bullet", elements: sections }] };
}

const elementsOf = ({ lines }: Block): readonly SlackElement[] =>
  lines
    .filter((line) => lengthOf(line) > 0)
    .flatMap((line, at): Line => (at === 0 ? line : [{ text: "\n" }, ...line]))
    .filter(({ text }) => text !== "")
    .map(elementOf);

function elementOf({ text, strong, url, at }: Span): SlackElement {
  if (at !== undefined)
    return { type: "date", timestamp: Math.floor(at.getTime() / 1000), format: DATE_FORMAT, fallback: text };
  const style = strong === true ? { style: { bold: true as const } } : {};
  return url === undefined ? { type: "text", text, ...style } : { type: "link", url, text, ...style };
}
