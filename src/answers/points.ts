import { z } from "zod";
import { storyCounts } from "#store/counts.ts";
import { since, startOf } from "./asked.ts";
import { answered, plain, question } from "./question.ts";
import { count, moment } from "./shapes.ts";

/** How far back stories are counted where nobody says. */
const USUALLY_BACK = "30d";

const counted = {
  stories: count.describe("Stories with news in that time."),
  last: moment.nullable().describe("When the newest article of one is from."),
};

const asked = z.strictObject({
  since: since.default(USUALLY_BACK).describe("Stories are counted from then on: 7d, 2w … before now, or a day."),
});

/** What is fought over. */
export const points = question({
  does: "The friction points that stories are about, with their ids, what the sides argue, and how much moves on each.",
  asked,
  shape: z.object({
    points: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        definition: z.string(),
        sides: z.array(z.object({ name: z.string(), argues: z.string() })),
        ...counted,
      }),
    ),
  }),
  async ask({ db, pack }, { since }, now) {
    const ids = pack.points.map(({ id }) => id);
    const counts = await storyCounts(db, "point", ids, startOf(since, now));
    const points = pack.points.map(({ id, name, definition, sides }) => ({
      id,
      name,
      definition,
      sides: sides.map(({ name, argues }) => ({ name, argues })),
      stories: counts.get(id)?.stories ?? 0,
      last: counts.get(id)?.last ?? null,
    }));
    return answered(plain({ points }));
  },
});

/** Where it is fought over. */
export const places = question({
  does: "The places that stories are about, with their ids, and how much moves in each.",
  asked,
  shape: z.object({ places: z.array(z.object({ id: z.string(), name: z.string(), ...counted })) }),
  async ask({ db, pack }, { since }, now) {
    const { places: all } = pack.facets;
    const counts = await storyCounts(
      db,
      "place",
      all.map(({ id }) => id),
      startOf(since, now),
    );
    const places = all.map(({ id, name }) => ({
      id,
      name,
      stories: counts.get(id)?.stories ?? 0,
      last: counts.get(id)?.last ?? null,
    }));
    return answered(plain({ places }));
  },
});
