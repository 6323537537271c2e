import { z } from "zod";
import { minuteOf } from "./due.ts";
import { AT_ONCE, MODES } from "./subscription.ts";
import { USUAL_SUPPORT } from "./weights.ts";

/*
 * The three files of a pack: the one place where a field of it is written. The types of `pack.ts` are inferred from here, and
 * `policywire schema` writes the JSON schemas for editors and the list of fields for people. A description is shown by all of
 * them, and by `policywire check` as the remedy for a value that does not fit.
 */

/** What kind of publisher stands behind a feed. */
export const FEED_KINDS = [
  "regulator",
  "legislature",
  "court",
  "press",
  "trade-press",
  "think-tank",
  "law-firm",
  "lab",
  "newsletter",
  "aggregator",
] as const;

/** What else than phrases may speak for relevance: what tagging has found, or who publishes. */
const FOUND = ["point", "point-in-title", "stage", "place", "government", "instrument", "office", "developer"] as const;

/** Discord shows at most 100 characters of a choice, and points and places are choices. */
const MAX_NAME = 100;

const id = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
  .describe(
    "An id in lower case: letters, digits and single hyphens, such as `audit-scope`. It is stored: never reuse one.",
  );

const placeId = z
  .string()
  .regex(/^[A-Z]{2,4}(-[A-Za-z0-9]+)*$/)
  .describe("A place: `US`, `EU`, `INT` for international, `US-CA` for a part of one.");

const name = z.string().min(1).max(MAX_NAME).describe(`What readers see, at most ${MAX_NAME} characters.`);

/** Half a line of a phone. */
const MAX_LABEL = 24;

const label = z
  .string()
  .min(1)
  .max(MAX_LABEL)
  .optional()
  .describe(`What a card says in place of the name, at most ${MAX_LABEL} characters, such as \`Adopted\`, \`EU\`.`);

const share = z.number().min(0).max(1);

const phrase = z
  .string()
  .regex(/[\p{L}\p{N}]/u)
  .describe(
    "A phrase in lower case. It matches whole words by their stems; `*` ends a word that may go on, `a NEAR/6 b` allows up to six words between.",
  );

const phrases = z.array(phrase).describe("A list of phrases. See docs/packs.md.");

const url = z
  .url({ protocol: /^https?$/ })
  .refine((value) => !URL.canParse(value) || (new URL(value).username === "" && new URL(value).password === ""), {
    message: "holds a user name or password",
  })
  .describe("A full address, https:// or http://, without a user name or password.");

const exclusion = z
  .strictObject({ phrase, reason: z.string().min(1).describe("Why these words are no proof, for the next editor.") })
  .describe("A phrase that cancels hits, and why.");

const feed = z.strictObject({
  id,
  name,
  url,
  site: url.describe("The publisher's site, for people: a full address."),
  place: placeId.describe("The place whose policy it mainly reports: the id of a place in facets.yaml."),
  kind: z.enum(FEED_KINDS).describe(`What kind of publisher stands behind it: ${FEED_KINDS.join(", ")}.`),
  primary: z
    .boolean()
    .optional()
    .describe(
      "true or false: whether it is the source itself. Regulators, courts and legislatures are unless this says false.",
    ),
  fullText: z
    .enum(["auto", "never"])
    .default("auto")
    .describe("`never` keeps us from fetching the article pages of this feed; `auto` is what happens otherwise."),
  notes: z.string().min(1).optional().describe("Facts that affect reading, for the people who keep the catalogue."),
});

export const feedsFile = z
  .strictObject({
    feeds: z.array(feed).min(1).describe("A list of one feed or more."),
  })
  .describe("The catalogue of a pack: the sources it polls.");

const day = z.iso.date().describe("A day such as 2025-09-05.");

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

const stage = z.strictObject({
  id,
  name,
  label,
  order: z.int().describe("A whole number that grows as a matter advances; no two stages share one."),
  cues: phrases,
  conditionalCap: z
    .boolean()
    .default(false)
    .describe("true on the one stage above which a conditional verb (`is considering`) lets nothing rise."),
  group: name
    .optional()
    .describe(
      "Stages that readers may take for each other share a group; those of the lowest stage's say that nothing is decided.",
    ),
  eases: z
    .boolean()
    .optional()
    .describe("true where reaching this stage eases the pressure: a settlement, a delay, a repeal."),
  once: z
    .boolean()
    .optional()
    .describe(
      "true where a matter reaches the stage once: who heard of it in a dispute and place needs no second post.",
    ),
  kind: z
    .enum(["court"])
    .optional()
    .describe(
      "`court` where a matter at this stage is before one: rulings are then kept apart from the orders they judge.",
    ),
  steps: z
    .array(z.strictObject({ id, name, cues: phrases.min(1) }))
    .optional()
    .describe("A list of further steps within the stage, each further than the one before."),
});

export const facetsFile = z
  .strictObject({
    places: z
      .array(
        z.strictObject({
          id: placeId,
          name,
          label,
          aliases: phrases,
          exclude: phrases.optional().describe("Phrases that are not this place, though an alias stands in them."),
        }),
      )
      .min(1)
      .describe("A list of one place or more."),
    actors: z
      .array(
        z.strictObject({
          id,
          name,
          aliases: phrases,
          dated: z
            .array(
              z.strictObject({
                alias: phrase,
                since: day.optional().describe("The first day of the articles in which it holds, such as 2025-09-05."),
                until: day.optional().describe("The first day on which it does not hold any more."),
              }),
            )
            .optional()
            .describe("A list of names that hold for a time."),
          government: z.boolean().default(false).describe("true for regulators, legislators, courts and officials."),
        }),
      )
      .describe("A list of actors. Names are never triggers."),
    instruments: z
      .array(
        z.strictObject({
          id,
          name,
          place: placeId.optional().describe("Where it is law: the id of a place in this file."),
          aliases: phrases,
        }),
      )
      .describe("A list of laws, codes and standards."),
    remedies: z.array(z.strictObject({ id, name, cues: phrases })).describe("A list of remedies."),
    stages: z.array(stage).min(1).describe("A list of one stage or more."),
    certainties: z
      .array(
        z.strictObject({
          id,
          name,
          label: name.describe("What readers see after the stage, such as `reported, unconfirmed`."),
          order: z.int().describe("A whole number, lower for firmer knowledge; no two certainties share one."),
          cues: phrases,
          overrides: z
            .boolean()
            .optional()
            .describe("true where its cues count for more than those of the certainties without this."),
          publishers: z
            .array(z.enum(FEED_KINDS))
            .optional()
            .describe("Kinds of publishers that speak for themselves with this certainty, such as [regulator, court]."),
          firm: z
            .boolean()
            .optional()
            .describe("true where readers may take it as known: reaching it from one that is not is a confirmation."),
        }),
      )
      .min(1)
      .describe("A list of one certainty or more."),
  })
  .describe("The other axes of a pack: places, actors, instruments, remedies, stages and certainties.");

/** The files of a pack, in the order in which they are read. */
export const PACK_FILES = {
  "feeds.yaml": feedsFile,
  "points.yaml": pointsFile,
  "facets.yaml": facetsFile,
} as const;

export type PackFile = keyof typeof PACK_FILES;

type Frozen<T> = T extends readonly (infer One)[]
  ? readonly Frozen<One>[]
  : T extends object
    ? { readonly [Key in keyof T]: Frozen<T[Key]> }
    : T;

/** What the files say, with what they leave out filled in. */
export type FeedsFile = Frozen<z.output<typeof feedsFile>>;
export type PointsFile = Frozen<z.output<typeof pointsFile>>;
export type FacetsFile = Frozen<z.output<typeof facetsFile>>;
