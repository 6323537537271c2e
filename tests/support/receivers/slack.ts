import { z } from "zod";
import { type HttpAnswer, startHttpReceiver } from "./http.ts";
import { type Receiver, startReceiver } from "./receiver.ts";
import { arrivalOf } from "./shown.ts";

/** Slack's limits, from https://docs.slack.dev/reference/block-kit */
const MAX_BLOCKS = 50;
const MAX_HEADER = 150;
const MAX_TEXT = 3_000;
const MAX_CONTEXT = 10;
const MAX_URL = 3_000;

/** Not documented: what it refuses as `msg_blocks_too_long` begins there (slackapi/bolt-js#2509). */
const MAX_MESSAGE = 13_000;

const blockId = { block_id: z.string().max(255).optional() };
const plainText = (max: number) =>
  z.strictObject({ type: z.literal("plain_text"), text: z.string().min(1).max(max), emoji: z.boolean().optional() });
const mrkdwn = z.strictObject({
  type: z.literal("mrkdwn"),
  text: z.string().min(1).max(MAX_TEXT),
  verbatim: z.boolean().optional(),
});

const style = z.strictObject({
  bold: z.boolean().optional(),
  italic: z.boolean().optional(),
  strike: z.boolean().optional(),
  code: z.boolean().optional(),
});
const url = z.url({ protocol: /^(?:https?|mailto|slack)$/ }).max(MAX_URL);

const element = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("text"), text: z.string().min(1), style: style.optional() }),
  z.strictObject({ type: z.literal("link"), url, text: z.string().min(1).optional(), style: style.optional() }),
  z.strictObject({
    type: z.literal("date"),
    timestamp: z.int(),
    format: z.string().regex(/\{\w+\}/),
    url: url.optional(),
    fallback: z.string().optional(),
  }),
  z.strictObject({ type: z.literal("emoji"), name: z.string() }),
  z.strictObject({ type: z.literal("user"), user_id: z.string() }),
  z.strictObject({ type: z.literal("channel"), channel_id: z.string() }),
  z.strictObject({ type: z.literal("broadcast"), range: z.enum(["here", "channel", "everyone"]) }),
]);
const section = z.strictObject({ type: z.literal("rich_text_section"), elements: z.array(element).min(1) });
const list = z.strictObject({
  type: z.literal("rich_text_list"),
  style: z.enum(["bullet", "ordered"]),
  elements: z.array(section).min(1),
  indent: z.int().min(0).max(8).optional(),
});

const block = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("header"), text: plainText(MAX_HEADER), ...blockId }),
  z.strictObject({ type: z.literal("section"), text: z.union([plainText(MAX_TEXT), mrkdwn]), ...blockId }),
  z.strictObject({
    type: z.literal("context"),
    elements: z
      .array(z.union([plainText(MAX_TEXT), mrkdwn]))
      .min(1)
      .max(MAX_CONTEXT),
    ...blockId,
  }),
  z.strictObject({ type: z.literal("divider"), ...blockId }),
  z.strictObject({ type: z.literal("rich_text"), elements: z.array(z.union([section, list])).min(1), ...blockId }),
]);

const message = z
  .object({
    text: z.string().min(1).max(40_000),
    blocks: z.array(block).min(1).max(MAX_BLOCKS),
    unfurl_links: z.boolean().optional(),
    unfurl_media: z.boolean().optional(),
  })
  .refine(({ blocks }) => JSON.stringify(blocks).length <= MAX_MESSAGE, { error: "msg_blocks_too_long" })
  .refine(
    ({ blocks }) => {
      const ids = blocks.flatMap((one) => one.block_id ?? []);
      return new Set(ids).size === ids.length;
    },
    { error: "block_ids are not unique" },
  );

/** What Slack would refuse in a body; nothing where it takes it. */
export function slackProblems(body: string): readonly string[] {
  const { success, error } = message.safeParse(JSON.parse(body));
  return success ? [] : error.issues.map(({ path, message: text }) => `${path.join(".")}: ${text}`);
}

/** What a body shows to whoever reads the channel, and what in it acts. */
export function seenInSlack(body: string) {
  const { text, blocks } = message.parse(JSON.parse(body));
  const elements = blocks.flatMap((one) =>
    one.type === "rich_text"
      ? one.elements
          .flatMap((part) => (part.type === "rich_text_list" ? part.elements : [part]))
          .flatMap((s) => s.elements)
      : [],
  );
  const said = blocks.flatMap((one) => {
    if (one.type === "header") return [one.text.text];
    if (one.type === "context") return one.elements.map((each) => each.text);
    return one.type === "section" ? [one.text.text] : [];
  });
  return {
    words: [
      ...said,
      ...elements.map((one) => ("text" in one ? (one.text ?? "") : one.type === "date" ? (one.fallback ?? "") : "")),
    ]
      .join(" ")
      .replaceAll("\u00a0", " "),
    links: elements.flatMap((one) => (one.type === "link" ? [one.url] : [])),
    /** What Slack makes of `<…>` in the text beside the blocks, and elements that reach people. */
    live: [
      ...(text.match(/<[^>]*>/g) ?? []),
      ...elements
        .filter(({ type }) => ["user", "channel", "broadcast", "emoji"].includes(type))
        .map(({ type }) => type),
      ...blocks.flatMap((one) =>
        one.type === "section" || one.type === "context" ? (JSON.stringify(one).match(/"mrkdwn"/g) ?? []) : [],
      ),
    ],
  };
}

/** A Slack on loopback: takes what the real one takes, and says `invalid_blocks` to the rest. */
export const startSlack = (answer: () => HttpAnswer | null = () => null) =>
  startHttpReceiver(({ body, headers }) => {
    const given = answer();
    if (given !== null) return given;
    if (headers["content-type"] !== "application/json") return { status: 400, body: "invalid_payload" };
    return slackProblems(body).length === 0 ? { status: 200, body: "ok" } : { status: 400, body: "invalid_blocks" };
  });

/** The same for the chaos run: it knows nothing again, as Slack does not. */
export const startSlackReceiver = (): Promise<Receiver> =>
  startReceiver({
    kind: "slack",
    settings: (origin) => ({ url: `${origin}/services/x` }),
    read: ({ body }) => slackProblems(body)[0] ?? arrivalOf(seenInSlack(body).words, null),
    taken: { status: 200, body: "ok" },
  });
