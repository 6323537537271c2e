import { z } from "zod";
import type { Card } from "#model/delivery.ts";
import type { MemoChange, MemoDay, MemoPoint } from "#model/memo.ts";
import { memoMarkdown } from "#pipeline/memo/markdown.ts";
import type { Content, Message } from "../message.ts";

/** Grows when a field changes its meaning or goes; fields that are added change nothing for who reads the others. */
const VERSION = 1;

const time = z.iso.datetime().describe("UTC, ISO 8601");
const day = z.iso.date();
const address = z.string().describe("A web address");
const story = z.number().int().describe("The story's number: the same for all that is said of it");

const cited = z.object({
  text: z.string(),
  source: z.number().int().describe("Counts from 1 into sources"),
  pages: z
    .object({ from: z.number().int(), to: z.number().int(), url: address })
    .optional()
    .describe("Where the source is a PDF: the pages that it stands on, and the address that opens the first"),
});

const storyData = z.object({
  story,
  revision: z.number().int().describe("Counts what moved, from 1"),
  title: z.string(),
  url: address,
  headline: z.string().describe("Stage, certainty, places and points in one line"),
  dispute: z.string().nullable().describe("What a further development belongs to; null for the first"),
  stage: z.string().nullable().describe("null where no source says"),
  certainty: z.string().nullable().describe("null where readers may take it as known"),
  places: z.array(z.string()),
  points: z.array(z.string()),
  change: z.string().nullable().describe("What moved since the last revision; null for the first"),
  sentences: z.array(cited),
  conflicts: z
    .array(z.array(cited.extend({ at: time })).length(2))
    .describe("Figures and days on which two sources differ, each as its source gives it"),
  sources: z.array(z.object({ name: z.string(), url: address, primary: z.boolean() })),
  moreSources: z.number().int(),
  at: time,
});

const digestData = z.object({
  subscription: z.number().int(),
  mode: z.enum(["hourly", "daily", "weekly"]),
  stories: z.array(storyData).describe("Most important first"),
  folded: z.number().int().describe("Articles that stand behind one of the stories"),
});

const memoChange = z.object({
  story,
  line: z.string(),
  sentence: z.string().nullable(),
  stage: z.string().nullable(),
  certainty: z.string().nullable(),
  places: z.array(z.string()),
  moved: z.string().nullable(),
  url: address,
  outlet: z.string(),
});

const memoDay = z.object({ day, what: z.string(), quote: z.string(), story, outlet: z.string(), url: address });

const memoData = z.object({
  subscription: z.number().int(),
  of: z.string(),
  period: z.enum(["week", "month", "quarter"]),
  from: time,
  until: time,
  points: z.array(
    z.object({
      id: z.string().nullable().describe("null for stories on no friction point"),
      name: z.string(),
      changes: z.array(memoChange),
      comments: z.array(memoChange).describe("Analysis and opinion"),
      days: z.array(memoDay),
    }),
  ),
  markdown: z.string().describe("All of it, for people"),
});

const shownDay = z.object({
  day,
  occasion: z.string(),
  quote: z.string().describe("The sentence that sets it"),
  source: z.string(),
  url: address,
  at: time,
  story,
  title: z.string(),
});

const silentPoint = z.object({
  name: z.string(),
  since: time,
  days: z.number().int(),
  perWeek: z.number(),
  read: z.number().int(),
  feeds: z.number().int(),
});

const event = <Type extends string, Data extends z.ZodType>(type: Type, data: Data) =>
  z.object({
    version: z.literal(VERSION),
    type: z.literal(type),
    timestamp: time.describe("When this try was made"),
    destination: z.string().describe("The name that operators gave it"),
    data,
  });

/** What a webhook is sent, by its `type`. */
export const payloadSchema = z.discriminatedUnion("type", [
  event(
    "story.posted",
    storyData.extend({
      earlier: z.string().nullable().describe("webhook-id of the revision before this one; null for the first"),
      inDispute: z.string().nullable().describe("webhook-id of the newest message about the same dispute"),
    }),
  ),
  event(
    "story.updated",
    storyData.extend({ updates: z.string().describe("webhook-id of what it takes the place of") }),
  ),
  event("digest", digestData),
  event("memo", memoData),
  event("overflow", z.object({ stories: z.number().int().describe("Moved beyond what is told one by one") })),
  event("reminders", z.object({ days: z.array(shownDay) })),
  event(
    "quiet-day",
    z.object({ subscription: z.number().int(), at: time, read: z.number().int(), feeds: z.number().int() }),
  ),
  event("silences", z.object({ subscription: z.number().int(), at: time, points: z.array(silentPoint) })),
  event("test", z.object({ text: z.string() })),
]);

export type Payload = z.infer<typeof payloadSchema>;

export function payloadOf({ at, destination, content }: Message): Payload {
  return { version: VERSION, timestamp: at.toISOString(), destination, ...saidBy(content) };
}

type Said = Payload extends infer One ? (One extends Payload ? Pick<One, "type" | "data"> : never) : never;

function saidBy(content: Content): Said {
  switch (content.kind) {
    case "story":
      return {
        type: "story.posted",
        data: { ...storyOf(content.card), earlier: content.earlier, inDispute: content.saga },
      };
    case "growth":
      return { type: "story.updated", data: { ...storyOf(content.card), updates: content.messageId } };
    case "digest": {
      const { subscriptionId, mode, cards, folded } = content.digest;
      return { type: "digest", data: { subscription: subscriptionId, mode, stories: cards.map(storyOf), folded } };
    }
    case "memo":
      return { type: "memo", data: memoOf(content) };
    case "overflow":
      return { type: "overflow", data: { stories: content.stories } };
    case "reminders":
      return { type: "reminders", data: { days: content.days.map(dayOf) } };
    case "quiet-day": {
      const { subscriptionId, at, read, feeds } = content.quiet;
      return { type: "quiet-day", data: { subscription: subscriptionId, at: at.toISOString(), read, feeds } };
    }
    case "silences": {
      const { subscriptionId, at, points } = content.silences;
      const silent = points.map((point) => ({ ...point, since: point.since.toISOString() }));
      return { type: "silences", data: { subscription: subscriptionId, at: at.toISOString(), points: silent } };
    }
    case "test":
      return { type: "test", data: { text: "A test of this destination: nothing moved." } };
  }
}

function storyOf(card: Card): z.infer<typeof storyData> {
  const { storyId, saga, conflicts, at, hasDays: _, ...rest } = card;
  return {
    ...rest,
    story: storyId,
    dispute: saga,
    places: [...card.places],
    points: [...card.points],
    sentences: [...card.sentences],
    conflicts: conflicts.map(({ figures }) => figures.map((figure) => ({ ...figure, at: figure.at.toISOString() }))),
    sources: [...card.sources],
    at: at.toISOString(),
  };
}

function memoOf({ memo: { memo, subscriptionId }, of }: Extract<Content, { kind: "memo" }>): z.infer<typeof memoData> {
  return {
    subscription: subscriptionId,
    of,
    period: memo.period,
    from: memo.from.toISOString(),
    until: memo.until.toISOString(),
    points: memo.points.map(pointOf),
    markdown: memoMarkdown(memo, of),
  };
}

const pointOf = ({ id, name, changes, comments, days }: MemoPoint) => ({
  id,
  name,
  changes: changes.shown.map(changeOf),
  comments: comments.shown.map(changeOf),
  days: days.shown.map(memoDayOf),
});

const changeOf = (change: MemoChange): z.infer<typeof memoChange> => ({
  story: change.storyId,
  line: change.line,
  sentence: change.sentence,
  stage: change.stage,
  certainty: change.certainty,
  places: [...change.places],
  moved: change.moved,
  url: change.url,
  outlet: change.source.outlet,
});

const memoDayOf = ({ day: on, what, quote, storyId, source }: MemoDay): z.infer<typeof memoDay> => ({
  day: on.toISOString().slice(0, 10),
  what,
  quote,
  story: storyId,
  outlet: source.outlet,
  url: source.url,
});

const dayOf = ({
  day: on,
  occasion,
  quote,
  source,
  url,
  at,
  storyId,
  title,
}: Extract<Content, { kind: "reminders" }>["days"][number]): z.infer<typeof shownDay> => ({
  day: on,
  occasion,
  quote,
  source,
  url,
  at: at.toISOString(),
  story: storyId,
  title,
});
