import { z } from "zod";
import type { Trend } from "#model/trend.ts";
import { linesOf, titleOf } from "#pipeline/trend/describe.ts";
import { trendOf } from "#store/trend.ts";
import { dayOf, isoDay } from "#text/calendar.ts";
import { placeIds, since, startOf, strangersAmong } from "./asked.ts";
import { answered, plain, question, refused } from "./question.ts";
import { count, day, moment, texts } from "./shapes.ts";

/** How far back a trend goes where nobody says: half a year. */
export const USUALLY_BACK = "26w";

/** How much moves on a point, week by week. */
export const trend = question({
  does: "How much moved on a friction point, week by week: developments, movements, and the stages that they led to.",
  asked: z.strictObject({
    point: z.string("Name a friction point.").describe("The id of a friction point."),
    place: placeIds,
    since: since.default(USUALLY_BACK).describe("How far back: 13w, 90d … before now, or a day."),
  }),
  shape: z.object({
    point: z.string(),
    places: texts,
    title: z.string(),
    lines: texts.describe("What the weeks come to, in sentences."),
    readSince: moment.nullable(),
    weeks: z.array(
      z.object({
        week: day.describe("The Monday on which it begins."),
        developments: count,
        movements: count,
        stages: texts,
        read: z.boolean().describe("Whether any feed brought anything in it."),
      }),
    ),
  }),
  async ask({ db, pack }, { point, place: places, since }, now) {
    const strangers = strangersAmong({ point: [point], place: places }, pack);
    if (strangers.length > 0) return refused(strangers);
    const found = await trendOf(db, { point, places, since: startOf(since, now) }, now);
    return answered(
      plain({
        point,
        places,
        title: titleOf({ point, places }, pack),
        lines: linesOf(found, pack),
        readSince: found.readSince,
        weeks: weekLines(found),
      }),
    );
  },
});

/** A line a week, by the day on which it begins. */
export const weekLines = ({ weeks }: Trend) =>
  weeks.map(({ from, ...week }) => ({ week: isoDay(dayOf(from)), ...week }));
