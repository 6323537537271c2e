import { z } from "zod";
import { LONGEST_TYPED } from "#model/limits.ts";
import { MATTER_ORDERS, PARTS } from "#model/matter.ts";
import { stagesAndSteps } from "#model/pack.ts";
import { partText } from "#pipeline/matters/standing.ts";
import { citable } from "#store/articles.ts";
import { type KnownMatter, mattersNamed, standingOf, stepsOf, storiesAbout } from "#store/matters.ts";
import { storiesById } from "#store/stories.ts";
import { cursor, isFault, limit, offsetOf, pageOf } from "./asked.ts";
import { citationOf } from "./cited.ts";
import { mattersOf, titleOf } from "./meant.ts";
import { absent, answered, type Library, plain, question, refused } from "./question.ts";
import { citation, count, moment, nextPage, nullable, texts } from "./shapes.ts";

/** Stories of a matter that are listed, the newest. */
const SHOWN_STORIES = 10;

/** Matters that can be turned to, those of most articles. */
const MOST_MATTERS = 2_000;

/** A matter as lists have it. */
export const matterShape = z.object({
  key: z.string().describe("What it is asked for by."),
  title: z.string().describe("Its number and its name."),
  kind: z.string(),
  written: z.string().describe("Its number as it was first written."),
  page: nullable.describe("Its page at its source."),
  names: texts,
  articleCount: count,
  firstSeenAt: moment.nullable().describe("When the first article about it came in."),
});

/** The bills, acts, cases and dockets that articles are about. */
export const matters = question({
  does: "The bills, acts, cases and dockets that articles are about: those of most articles first, or the newest.",
  asked: z.strictObject({
    query: z.string().max(LONGEST_TYPED).default("").describe("Words of a number or a name that must all be there."),
    order: z
      .enum(MATTER_ORDERS, `Write ${MATTER_ORDERS.join(" or ")}.`)
      .default("busiest")
      .describe("Those of most articles first, or those that were first met lately."),
    limit: limit(20),
    cursor,
  }),
  shape: z.object({ matters: z.array(matterShape), cursor: nextPage }),
  async ask({ db, pack }, { query, order, limit, cursor }) {
    const offset = offsetOf(cursor);
    if (isFault(offset)) return refused([offset]);
    const most = Math.min(MOST_MATTERS, offset + limit + 1);
    const page = pageOf(await mattersNamed(db, query, most, order), offset, limit);
    return answered(plain({ matters: page.shown.map((one) => matterLine(one, pack)), cursor: page.cursor }));
  },
});

/** One of them: where it stands, how it came there, and its stories. */
export const matter = question({
  does: "One bill, act, case or docket: how it stands, the first article of each stage, and its newest stories.",
  asked: z.strictObject({
    matter: z.string("Name a matter.").min(1).max(LONGEST_TYPED).describe("Its key, its number, or words of its name."),
  }),
  shape: matterShape.extend({
    standing: z.array(
      citation.extend({
        part: z.enum(PARTS),
        says: z.string(),
        day: count.nullable().describe("The day from which it is so, counted from 1970."),
        text: z.string(),
        sentence: z.string(),
        articleId: count,
      }),
    ),
    steps: z.array(citation.extend({ stage: z.string(), name: z.string(), sentence: z.string(), articleId: count })),
    stories: z.array(z.object({ story: count, title: z.string(), lastArticleAt: moment })),
  }),
  async ask(library, { matter: typed }, now) {
    const { matters, faults } = await mattersOf([typed], library, now);
    const [one] = matters;
    return one === undefined ? absent(faults.join(" ")) : answered(plain(await matterAnswer(one, library)));
  },
});

/** A matter as lists have it. */
export function matterLine({ id: _, ...one }: KnownMatter, pack: Library["pack"]) {
  return { ...one, title: titleOf({ id: 0, ...one }, pack) };
}

/** A matter with all that is known of it. */
export async function matterAnswer(one: KnownMatter, { db, pack }: Pick<Library, "db" | "pack">) {
  const steps = await stepsOf(db, one.id);
  const standing = await standingOf(db, one.id);
  const stories = await storiesById(db, await storiesAbout(db, one.id, SHOWN_STORIES));
  const cited = await citable(
    db,
    [...steps, ...standing].map(({ articleId }) => articleId),
  );
  const cite = ({ articleId, url }: { readonly articleId: number; readonly url: string }, at: Date) =>
    citationOf(cited.get(articleId) ?? { feedId: "", url, at }, pack);
  const stages = stagesAndSteps(pack.facets);
  return {
    ...matterLine(one, pack),
    standing: standing.map((part) => ({ ...part, text: partText(part), ...cite(part, new Date(0)) })),
    steps: steps.map(({ at, ...step }) => ({
      ...step,
      name: stages.find(({ id }) => id === step.stage)?.name ?? step.stage,
      ...cite(step, at),
    })),
    stories: stories.map(({ id: story, title, lastArticleAt }) => ({ story, title, lastArticleAt })),
  };
}
