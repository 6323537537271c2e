import { z } from "zod";
import { minuteOf } from "./due.ts";
import { id, MAX_NAME, name, phrase, phrases } from "./pack-fields.ts";
import { AT_ONCE, MODES } from "./subscription.ts";
import { USUAL_SUPPORT } from "./weights.ts";

/** What else than phrases may speak for relevance: what tagging has found, or who publishes. */
const FOUND = ["point", "point-in-title", "stage", "place", "government", "instrument", "office", "developer"] as const;

const share = z.number().min(0).max(1);

const exclusion = z
  .strictObject({ phrase, reason: z.string().min(1).describe("Why these words are no proof, for the next editor.") })
  .describe("A phrase that cancels hits, and why.");

const side = z.strictObject({
  name: name.describe("Who stands on this side, as readers see it."),
  argues: z.string().min(1).describe("What this side argues, in a sentence."),
  cues: phrases.default([]).describe("Phrases by which this side is known."),
});

const point = z.strictObject({
  id,
  name,
  definition: z
    .string()
    .min(1)
    .describe("What is inside, what is outside, and where the border to its neighbours runs."),
  sides: z.array(side).describe("The two sides of the fight, and what each argues."),
  strong: phrases.min(1).describe("A list of one phrase or more: one of these is enough for a tag."),
  weak: phrases.default([]).describe("A list of phrases: two different ones in one sentence make a tag."),
  exclude: z.array(exclusion).default([]).describe("A list of phrases that cancel hits, each with its reason."),
  minimum: z
    .number()
    .positive()
    .optional()
    .describe("The score that makes a tag, where 2 will not do: a strong phrase scores 2, a weak one 1."),
});

const topic = z
  .strictObject({
    name: name.describe("The topic in a few words, such as `artificial intelligence`."),
    terms: phrases
      .min(1)
      .describe(
        "A list of one phrase or more. One must stand in the title, or within a sentence of the hit, before a point counts.",
      ),
    exclude: z
      .array(exclusion)
      .default([])
      .describe("Phrases that, in the title or the first two sentences, drop the whole article, each with its reason."),
  })
  .describe("What an article must be about.");

const lists = z
  .record(z.string().regex(/^[a-z][a-z-]*$/), phrases.min(1))
  .describe("Phrases under a name: `court: [judge, court]` is then written `<court>` in any phrase.");

const relevance = z
  .array(
    z.strictObject({
      name: name.describe("What kind of evidence it is, as `tag --explain` shows it."),
      weight: z.number().describe("What it weighs; an article with a sum of 1 or more is relevant."),
      phrases: phrases.optional().describe("A list of phrases of which one must stand there."),
      found: z
        .enum(FOUND)
        .optional()
        .describe(`What tagging finds, in place of phrases: ${FOUND.join(", ")}.`),
    }),
  )
  .describe("When an article on the topic is a policy development: a list of cues, each with phrases or found.");

const holds = z
  .array(
    z.strictObject({
      reason: z.string().min(1).describe("Why readers should not see the item, for the moderators."),
      cues: phrases.min(1),
    }),
  )
  .describe("A list of phrases by which an item calls itself fiction, satire, sponsored or generated.");

/** A menu of Discord shows so many, and a choice among more is none. */
const MOST_PRESETS = 25;

/** Words of a preset stand in one field of a form; a request names a few. */
const MOST_WORDS = 10;

const ids = (what: string) =>
  z.array(z.string()).default([]).describe(`A list of ids of ${what}, of which one must be met.`);

const words = z.array(z.string().min(1).max(MAX_NAME)).max(MOST_WORDS).default([]);

const preset = z
  .strictObject({
    name: name.describe(`What people choose, such as \`Courts\`; at most ${MAX_NAME} characters.`),
    points: ids("points"),
    places: ids("places in facets.yaml"),
    stages: ids("stages in facets.yaml"),
    actors: ids("actors in facets.yaml"),
    sources: ids("feeds in feeds.yaml"),
    words: words.describe(
      `A list of at most ${MOST_WORDS} words or phrases that must all stand in the title or summary.`,
    ),
    not: words.describe(
      `A list of at most ${MOST_WORDS} words, or ids of points, places, actors or feeds, that drop a story.`,
    ),
    mode: z
      .enum(MODES)
      .default(AT_ONCE.mode)
      .describe(`When it is posted: each movement as it comes, or a digest: ${MODES.join(", ")}.`),
    at: z
      .string()
      .refine((time) => minuteOf(time) !== null, "not a time of day")
      .default(AT_ONCE.at)
      .describe("The time of a daily or weekly digest, such as `08:00`, by the clocks of the server that follows."),
    weekday: z
      .int()
      .min(1)
      .max(7)
      .default(AT_ONCE.weekday)
      .describe("The day of a weekly digest, from 1 for Monday to 7 for Sunday."),
  })
  .refine(
    ({ points, places, stages, actors, sources, words }) =>
      [points, places, stages, actors, sources, words].some((list) => list.length > 0),
    "it names nothing to follow",
  )
  .describe("A request that people take as it is: what it follows, and when it is posted.");

export const pointsFile = z
  .strictObject({
    name: name.describe("The name of the policy area, as readers see it, such as `AI policy`."),
    support: z
      .strictObject({
        lookUp: share.default(USUAL_SUPPORT.lookUp).describe("To be found by a look-up."),
        digest: share.default(USUAL_SUPPORT.digest).describe("To stand in a digest."),
        post: share.default(USUAL_SUPPORT.post).describe("To be posted by itself."),
        point: share.default(USUAL_SUPPORT.point).describe("That a friction point is said of it."),
        weakPoint: share.default(USUAL_SUPPORT.weakPoint).describe("That it may be looked up by a friction point."),
      })
      .default(USUAL_SUPPORT)
      .describe(
        "How probable it must be, from 0 to 1, that an article is policy on the topic, or about a point, before readers get it so.",
      ),
    languages: z
      .array(z.string().regex(/^[a-z]{2}$/, "not a two-letter language code"))
      .min(1)
      .default([])
      .describe("Languages whose articles readers get, as ISO 639-1 codes such as `en`. Left out, every language is."),
    lists: lists.default({}),
    topic,
    relevance: relevance.default([]),
    holds: holds.default([]),
    points: z.array(point).min(1).describe("A list of one friction point or more."),
    presets: z
      .array(preset)
      .max(MOST_PRESETS)
      .default([])
      .describe(`A list of at most ${MOST_PRESETS} requests that \`/follow\` offers ready made.`),
  })
  .describe("The friction points of a pack: what the sides are fighting over.");
