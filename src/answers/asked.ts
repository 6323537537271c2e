import { z } from "zod";
import { LONGEST_TYPED } from "#model/limits.ts";
import type { Pack } from "#model/pack.ts";
import type { Filter } from "#model/subscription.ts";
import { DAY_MS, HOUR_MS } from "#model/time.ts";
import { lawsMeant } from "./meant.ts";
import type { Fault, Library } from "./question.ts";

/** Entries of one page: more are turned to by `cursor`. */
const MOST_LISTED = 100;

/** Values of one list: a pack has some dozen points and a hundred places. */
const MOST_NAMED = 50;

/** A list, in JSON; or as a query has it, parted by commas. A name with a comma in it is one of a list. */
const listOf = <One extends z.ZodType>(one: One, what: string) =>
  z
    .preprocess(partsOf, z.array(one).max(MOST_NAMED, `Write at most ${MOST_NAMED}, parted by commas.`))
    .default([])
    .describe(what);

function partsOf(given: unknown): unknown {
  if (typeof given !== "string") return given;
  return given.split(",").flatMap((part) => part.trim() || []);
}

const list = (what: string) =>
  listOf(z.string("Write words.").max(LONGEST_TYPED, `Write at most ${LONGEST_TYPED} characters.`), what);

/** What a look-up of stories may be narrowed to. */
export const narrowing = {
  point: list("Ids of friction points, of which a story must have one."),
  place: list("Ids of places, of which a story must be about one."),
  law: list("Laws, bills, acts or cases, by id, number or name, of which a story must be about one."),
  stage: list("Ids of stages, of which a story must stand at one."),
  actor: list("Ids of actors, of whom a story must have one."),
  source: list("Ids of feeds, of which one must tell the story."),
};

export const { point: pointIds, place: placeIds } = narrowing;

/** How many are listed at once. */
export const limit = (usual: number) =>
  z.coerce
    .number("Write a whole number.")
    .int("Write a whole number.")
    .min(1, "Write 1 or more.")
    .max(MOST_LISTED, `Write ${MOST_LISTED} or less; the answer's cursor leads to the next page.`)
    .default(usual)
    .describe(`How many at once, up to ${MOST_LISTED}.`);

/** A story's number. */
export const storyId = z.coerce
  .number("Write the number of a story.")
  .int("Write the number of a story.")
  .positive("Write the number of a story.")
  .max(Number.MAX_SAFE_INTEGER, "No story has such a number.")
  .describe("The story's number, from the foot of its card or from a list.");

/** Numbers of stories. */
export const storyIds = listOf(storyId, "Numbers of stories, of which one must be met.");

const UNIT_MS: Readonly<Record<string, number>> = { h: HOUR_MS, d: DAY_MS, w: 7 * DAY_MS };

/** `12h`, `7d`, `2w` in milliseconds; null for what is no such time. */
export function ageOf(text: string): number | null {
  const [, number, unit = ""] = /^(\d{1,4})([hdw])$/.exec(text) ?? [];
  return number === undefined ? null : Number(number) * (UNIT_MS[unit] ?? 0);
}

export const AGE_FAULT = "Write a number and h, d or w, such as 7d.";

/** A length of time. */
export const age = z.string().refine((text) => ageOf(text) !== null, AGE_FAULT);

const MOMENT = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2}))?$/;

/** A day such as 2026-11-27, or a time of it with its zone; null for what is neither. */
export function momentOf(text: string): Date | null {
  const at = new Date(MOMENT.test(text) ? text : Number.NaN);
  return Number.isNaN(at.getTime()) ? null : at;
}

export const MOMENT_FAULT = "Write a day such as 2026-11-27, or a time such as 2026-11-27T16:00Z.";

/** A day, or a time of it. */
export const moment = z.string().refine((text) => momentOf(text) !== null, MOMENT_FAULT);

/** From when on: a length of time before now, or a day. */
export const since = z
  .string()
  .refine(
    (text) => ageOf(text) !== null || momentOf(text) !== null,
    "Write a number and h, d or w, such as 7d, or a day such as 2026-11-27.",
  )
  .describe("Only with news from then on: 12h, 7d, 2w … before now, or a day such as 2026-11-27.");

/** What `since` says, as a time. */
export const startOf = (text: string, now: Date): Date =>
  momentOf(text) ?? new Date(now.getTime() - (ageOf(text) ?? 0));

/** Where the page before ended: what an answer gave as `cursor`. */
export const cursor = z
  .string()
  .max(LONGEST_TYPED)
  .optional()
  .describe("The next page: the `cursor` of the answer before.");

const CURSOR_FAULT: Fault = { parameter: "cursor", reason: "Give the `cursor` of an answer as it was, or none." };

/** How many entries the pages before held; or that the cursor is none. */
export function offsetOf(text: string | undefined): number | Fault {
  if (text === undefined) return 0;
  return /^[1-9]\d{0,5}$/.test(text) ? Number(text) : CURSOR_FAULT;
}

/** The same where a page ends on a story, by the date of its newest article. */
export function behindOf(
  text: string | undefined,
): { readonly id: number; readonly lastArticleAt: Date } | null | Fault {
  if (text === undefined) return null;
  const [, at, id] = /^(\d{1,15})-(\d{1,15})$/.exec(text) ?? [];
  return at === undefined ? CURSOR_FAULT : { id: Number(id), lastArticleAt: new Date(Number(at)) };
}

export const isFault = (value: unknown): value is Fault =>
  typeof value === "object" && value !== null && "parameter" in value;

/** The page of a list that was read up to one entry beyond it, and the cursor of the next. */
export const pageOf = <T>(read: readonly T[], offset: number, limit: number) => ({
  shown: read.slice(offset, offset + limit),
  cursor: read.length > offset + limit ? String(offset + limit) : null,
});

/** The lists of a pack whose ids may be asked for, by parameter: what one is called, and those that there are. */
const NAMED = {
  point: { what: "friction point", among: ({ points }) => points },
  place: { what: "place", among: ({ facets }) => facets.places },
  stage: { what: "stage", among: ({ facets }) => facets.stages },
  actor: { what: "actor", among: ({ facets }) => facets.actors },
  source: { what: "feed", among: ({ feeds }) => feeds },
} as const satisfies Readonly<
  Record<string, { readonly what: string; readonly among: (pack: Pack) => readonly { readonly id: string }[] }>
>;

type Named = Readonly<Record<keyof typeof NAMED, readonly string[]>>;

const PARAMETERS = Object.keys(NAMED) as readonly (keyof Named)[];

/** A fault for each id that the pack does not know, which names those that it knows. */
export const strangersAmong = (asked: Partial<Named>, pack: Pack): readonly Fault[] =>
  PARAMETERS.flatMap((parameter) => {
    const { what, among } = NAMED[parameter];
    const known = among(pack).map(({ id }) => id);
    return (asked[parameter] ?? [])
      .filter((id) => !known.includes(id))
      .map((id) => ({ parameter, reason: `The pack has no ${what} "${id}". It has: ${known.join(", ")}.` }));
  });

/** What is asked for, in the store's words; or what of it is unknown. */
export async function narrowed(
  { law, ...asked }: Named & { readonly law: readonly string[] },
  library: Library,
  now: Date,
): Promise<Narrowing | { readonly faults: readonly Fault[] }> {
  const strangers = strangersAmong(asked, library.pack);
  const { keys, faults } = await lawsMeant(law, library, now);
  const all = [...strangers, ...faults.map((reason) => ({ parameter: "law", reason }))];
  if (all.length > 0) return { faults: all };
  const { point: points, place: places, stage: stages, actor: actors, source: sources } = asked;
  return { points, places, stages, actors, sources, laws: keys };
}

/** What stories are narrowed to: of each list that is not empty they must share something. */
type Narrowing = Pick<Filter, "points" | "places" | "stages" | "actors" | "sources" | "laws">;
