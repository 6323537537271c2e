import { z } from "zod";

const text = z
  .string()
  .nullish()
  .transform((given) => given ?? "");

/** One article as the commands that work on text read it: `{id, title, text, publishedAt?, source?}`. */
export const articleLine = z.object({
  id: z.union([z.string(), z.number()]),
  title: text,
  text,
  publishedAt: z.string().nullish().transform(dateIn),
  /** Who published it: the name or id of a feed. */
  source: z.string().nullish(),
});

/** An unreadable date is no date. */
function dateIn(given: string | null | undefined): Date | null {
  const time = Date.parse(given ?? "");
  return Number.isNaN(time) ? null : new Date(time);
}
