import { z } from "zod";
import { PERIODS } from "#model/memo.ts";
import { EVERYTHING } from "#model/subscription.ts";
import { TIME_ZONES } from "#model/time-zone.ts";
import { moment as momentAsked, momentOf, placeIds, pointIds, strangersAmong } from "./asked.ts";
import { absent, answered, plain, question, refused } from "./question.ts";
import { count, moment, nullable, pages, texts } from "./shapes.ts";

const source = z.object({ outlet: z.string(), url: z.string(), day: moment, pages });
const some = <Entry extends z.ZodType>(entry: Entry) =>
  z.object({ shown: z.array(entry), of: count.describe("How many there are.") });

const change = z.object({
  storyId: count,
  stage: nullable,
  certainty: nullable,
  places: texts,
  moved: nullable,
  line: z.string(),
  url: z.string(),
  isSaid: z.boolean(),
  sentence: nullable,
  source,
  outlets: count,
  also: texts,
});

const voice = z.object({
  speaker: z.string(),
  office: nullable,
  isVerbatim: z.boolean(),
  words: z.string(),
  source,
});

const point = z.object({
  id: nullable,
  name: z.string(),
  changes: some(change),
  comments: some(change),
  sides: z.array(z.object({ side: nullable, voices: z.array(voice) })),
  days: some(z.object({ day: moment, what: z.string(), quote: z.string(), source, storyId: count })),
  quiet: some(z.object({ storyId: count, title: z.string(), url: z.string(), stage: nullable, movedOn: moment })),
});

/** What a week, a month or a quarter brought. */
export const memo = question({
  does: "What a week, a month or a quarter brought, by friction point: changes, voices, days to come, what went quiet.",
  asked: z.strictObject({
    point: pointIds,
    place: placeIds,
    period: z
      .enum(PERIODS, `Write ${PERIODS.join(", ")}.`)
      .default("week")
      .describe("How far back."),
    until: momentAsked.optional().describe("Where it ends: a day such as 2026-11-27, or a time; now if left out."),
    zone: z
      .string()
      .refine((zone) => TIME_ZONES.includes(zone), "Write a time zone such as Europe/Paris.")
      .default("UTC")
      .describe("The time zone whose days it has."),
  }),
  shape: z.object({
    period: z.enum(PERIODS),
    from: moment,
    until: moment,
    days: z.tuple([moment, moment]),
    points: z.array(point),
    gaps: z.array(z.object({ outlet: z.string(), since: moment, until: moment.nullable(), days: count })),
    feeds: count,
  }),
  async ask({ db, pack, makeMemo }, { point, place, period, until, zone }, now) {
    if (makeMemo === undefined) return absent("Memos are not made here.");
    const strangers = strangersAmong({ point, place }, pack);
    if (strangers.length > 0) return refused(strangers);
    const filter = { ...EVERYTHING, points: point, places: place };
    const end = (until === undefined ? null : momentOf(until)) ?? now;
    return answered(plain(await makeMemo({ db, pack }, { filter, period, until: end, timeZone: zone })));
  },
});
