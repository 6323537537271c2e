import { z } from "zod";
import type { Pack } from "#model/pack.ts";
import { publisherNamed } from "#pipeline/tag/publisher.ts";
import { findIn, type Rules } from "#pipeline/tag/tag.ts";
import type { Labelled } from "#pipeline/tag/tasks.ts";

const ids = z.array(z.string()).optional();

/** One line of labelled data: an item, its labels, or both. */
export const labelLine = z.object({
  id: z.coerce.string(),
  title: z.string().nullish(),
  text: z.string().nullish(),
  publishedAt: z.string().nullish(),
  source: z.string().nullish(),
  relevant: z.union([z.boolean(), z.enum(["yes", "border", "no"])]).optional(),
  border: z.boolean().optional(),
  points: ids,
  maybe: ids,
  judged: ids,
  /** Whether stage and certainty were judged where they are null. */
  facets: z.boolean().optional(),
  stage: z.string().nullish(),
  certainty: z.string().nullish(),
  /** How much it counts for relevance, where a usual item counts 1. */
  weight: z.number().min(0).optional(),
});

export type LabelLine = z.output<typeof labelLine>;

/** In words the first id of a line that the pack does not know, and what to do; null where it knows all. */
export function strangerIn(
  { points = [], maybe = [], judged = [], stage, certainty }: LabelLine,
  { points: known, facets }: Pack,
): string | null {
  const one = (id: string | null | undefined) => (id == null ? [] : [id]);
  const fields = [
    { name: "points", ids: points, known, file: "points.yaml" },
    { name: "maybe", ids: maybe, known, file: "points.yaml" },
    { name: "judged", ids: judged, known, file: "points.yaml" },
    { name: "stage", ids: one(stage), known: facets.stages, file: "facets.yaml" },
    { name: "certainty", ids: one(certainty), known: facets.certainties, file: "facets.yaml" },
  ];
  for (const { name, ids, known, file } of fields) {
    const stranger = ids.find((each) => !known.some(({ id }) => id === each));
    if (stranger === undefined) continue;
    return `${name}: the pack has no ${stranger}. Use an id of ${file} (${known.map(({ id }) => id).join(", ")}), or leave it out.`;
  }
  return null;
}

/** What two lines of one id say together. */
export const merged = (one: LabelLine | undefined, other: LabelLine): LabelLine => ({ ...one, ...other });

export function articleOf({ title, text, publishedAt }: LabelLine) {
  const at = new Date(publishedAt ?? "");
  return { title: title ?? "", text: text ?? "", publishedAt: Number.isNaN(at.getTime()) ? null : at };
}

/** The item of a line, ready to be learned from; none where the line has no labels. */
export function labelledOf(line: LabelLine, rules: Rules): readonly Labelled[] {
  if (line.relevant === undefined && line.points === undefined) return [];
  const { points = [], maybe = [], judged = null, facets = false, stage = null, certainty = null, weight = 1 } = line;
  const publisher = publisherNamed(line.source, rules);
  const article = articleOf(line);
  const relevant = relevanceOf(line);
  return [
    {
      labels: { relevant, points, maybe, judged, stage: stage ?? (facets ? null : undefined), certainty },
      findings: findIn(article, rules, publisher),
      publisher,
      at: article.publishedAt,
      weight,
    },
  ];
}

function relevanceOf({ relevant, border, points = [] }: LabelLine): Labelled["labels"]["relevant"] {
  if (border === true || relevant === "border") return "border";
  if (relevant === undefined) return points.length > 0 ? "yes" : "no";
  return relevant === true || relevant === "yes" ? "yes" : "no";
}
