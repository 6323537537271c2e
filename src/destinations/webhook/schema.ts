import { z } from "zod";

/** Grows when a field changes its meaning or goes; fields that are added change nothing for who reads the others. */
export const VERSION = 1;

const time = z.iso.datetime().describe("UTC, ISO 8601");
const day = z.iso.date();
const address = z.string().describe("A web address");
const story = z.number().int().describe("The story's number: the same for all that is said of it");

const pages = z
  .object({ from: z.number().int(), to: z.number().int(), url: address })
  .optional()
  .describe("Where the source is a PDF: the pages that it stands on, and the address that opens the first");

const cited = z.object({
  text: z.string(),
  source: z.number().int().describe("Counts from 1 into sources"),
  pages,
});

export const storyData = z.object({
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

export const memoChange = z.object({
  story,
  line: z.string(),
  sentence: z.string().nullable(),
  stage: z.string().nullable(),
  certainty: z.string().nullable(),
  places: z.array(z.string()),
  moved: z.string().nullable(),
  url: address,
  outlet: z.string(),
  pages,
});

export const memoDay = z.object({
  day,
  what: z.string(),
  quote: z.string(),
  story,
  outlet: z.string(),
  url: address,
  pages,
});

export const memoData = z.object({
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

export const shownDay = z.object({
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
