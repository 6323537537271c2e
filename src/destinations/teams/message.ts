import { Buffer } from "node:buffer";
import type { Block, Draft, Line, Span } from "#destinations/draft/draft.ts";
import { fitting } from "#destinations/draft/fitting.ts";
import { cutText } from "#text/cut.ts";

/** Microsoft's limit of a message through a webhook, 28 KB, less what its own envelope takes. */
const MAX_MESSAGE = 28 * 1_024 - 1_024;

/** Blocks beyond this are no message any more, and a phone shows none of it. */
const MAX_BLOCKS = 100;
const MAX_TEXT = 3_000;

/** Buttons that a card may have, by Microsoft's own reader of them. */
const MOST_BUTTONS = 5;
const MAX_BUTTON = 60;

/** What a TextRun holds is shown to the letter, markdown too; dates alone are read: https://adaptivecards.io/explorer/TextRun.html */
const DATE_FUNCTION = /\{\{(?=DATE\(|TIME\()/g;

type OpenUrl = { readonly type: "Action.OpenUrl"; readonly url: string; readonly title?: string };

type TextRun = {
  readonly type: "TextRun";
  readonly text: string;
  readonly weight?: "Bolder";
  readonly size?: "Large" | "Medium" | "Small";
  readonly isSubtle?: true;
  readonly selectAction?: OpenUrl;
};

type RichTextBlock = {
  readonly type: "RichTextBlock";
  readonly id?: string;
  readonly inlines: readonly TextRun[];
  readonly spacing?: "None" | "Small";
};

type AdaptiveCard = {
  readonly type: "AdaptiveCard";
  readonly $schema: string;
  readonly version: "1.5";
  readonly fallbackText: string;
  readonly msteams: { readonly width: "Full" };
  readonly body: readonly RichTextBlock[];
  readonly actions?: readonly OpenUrl[];
};

/** A message as a Workflows webhook takes it. */
export type TeamsMessage = {
  readonly type: "message";
  readonly summary: string;
  readonly attachments: readonly [
    { readonly contentType: typeof CARD_TYPE; readonly contentUrl: null; readonly content: AdaptiveCard },
  ];
};

const CARD_TYPE = "application/vnd.microsoft.card.adaptive";

/**
 * A draft as an Adaptive Card; `mark` is what it is known by. Foreign words stand in runs of text alone, in which Teams reads no
 * markdown. Whatever the draft holds, it is within 28 KB.
 */
export function teamsMessage(draft: Draft, mark: string): TeamsMessage {
  const actions = (draft.sources ?? []).flatMap(buttonOf).slice(0, MOST_BUTTONS);
  const messageOf = (body: readonly RichTextBlock[]): TeamsMessage => ({
    type: "message",
    summary: draft.notice,
    attachments: [
      {
        contentType: CARD_TYPE,
        contentUrl: null,
        content: {
          type: "AdaptiveCard",
          $schema: "http://adaptivecards.io/schemas/adaptive-card.json",
          version: "1.5",
          fallbackText: draft.notice,
          msteams: { width: "Full" },
          body: [{ type: "RichTextBlock", id: mark, inlines: [runOf(draft.title, TITLE)] }, ...body],
          ...(actions.length === 0 ? {} : { actions }),
        },
      },
    ],
  });
  const blocks = fitting(draft.blocks, {
    size: MAX_MESSAGE - bytesOf(messageOf([])),
    blocks: MAX_BLOCKS,
    longest: MAX_TEXT,
    sizeOf: (block) => bytesOf(paragraphsOf(block)),
  });
  return messageOf(blocks.flatMap(paragraphsOf));
}

const bytesOf = (json: unknown): number => Buffer.byteLength(JSON.stringify(json));

type Look = Pick<TextRun, "weight" | "size" | "isSubtle">;

const TITLE: Look = { size: "Large", weight: "Bolder" };
const LOOKS: Readonly<Record<Block["as"], Look>> = {
  text: {},
  item: {},
  heading: { size: "Medium", weight: "Bolder" },
  small: { size: "Small", isSubtle: true },
};

/** A block is a paragraph a line, those of one close together. */
function paragraphsOf({ as, lines }: Block): readonly RichTextBlock[] {
  return lines
    .map(
      (line, at): Line =>
        (as === "item" && at === 0 ? [{ text: "• " }, ...line] : line).filter(({ text }) => text !== ""),
    )
    .filter((line) => line.length > 0)
    .map((line, at) => ({
      type: "RichTextBlock",
      inlines: line.map((span) => runOf(span, LOOKS[as])),
      ...(at === 0
        ? as === "item" || as === "small"
          ? { spacing: "Small" as const }
          : {}
        : { spacing: "None" as const }),
    }));
}

function runOf({ text, strong, url }: Span, look: Look): TextRun {
  return {
    type: "TextRun",
    text: text.replace(DATE_FUNCTION, "{ {"),
    ...look,
    ...(strong === true ? { weight: "Bolder" } : {}),
    ...(url === undefined ? {} : { selectAction: { type: "Action.OpenUrl", url } }),
  };
}

const buttonOf = ({ text, url }: Span): readonly OpenUrl[] =>
  url === undefined ? [] : [{ type: "Action.OpenUrl", url, title: cutText(text, MAX_BUTTON) }];
