import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";

/** `2026-09-07 06:50`, in UTC. */
const time = z
  .string()
  .regex(/^\d{4}-\d\d-\d\d \d\d:\d\d$/)
  .transform((text) => new Date(`${text.replace(" ", "T")}:00Z`));

const weekFile = z.strictObject({
  entries: z.array(
    z.strictObject({
      feed: z.string(),
      at: time,
      title: z.string(),
      by: z.string().optional(),
      text: z.string(),
      edits: z
        .array(
          z.strictObject({
            at: time,
            title: z.string().optional(),
            text: z.string().optional(),
            dated: time.optional(),
          }),
        )
        .default([]),
    }),
  ),
});

export type Week = readonly z.output<typeof weekFile>["entries"][number][];

/** An entry as its publisher shows it at some moment. */
export type Published = {
  /** Stays through every edit. */
  readonly slug: string;
  readonly title: string;
  readonly by: string | null;
  readonly paragraphs: readonly string[];
  readonly dated: Date;
};

/** Reads the written week; it ships with the program, so a fault in it throws. */
export function loadWeek(file: string): Week {
  return weekFile.parse(parse(readFileSync(file, "utf8"))).entries;
}

/** What a feed holds at `now`, newest first, with the edits made by then. */
export function publishedBy(week: Week, feedId: string, now: Date): readonly Published[] {
  return week
    .filter(({ feed, at }) => feed === feedId && at <= now)
    .map((entry) => {
      const edits = entry.edits.filter(({ at }) => at <= now);
      const latest = { ...entry, dated: entry.at, ...Object.assign({}, ...edits.map(({ at, ...edit }) => edit)) };
      return {
        slug: slugOf(entry.at, entry.title),
        title: latest.title,
        by: entry.by ?? null,
        paragraphs: latest.text.trim().split(/\n\s*\n/),
        dated: latest.dated,
      };
    })
    .toSorted((a, b) => b.dated.getTime() - a.dated.getTime());
}

/** `2026/09/07/department-weighs-penalty`, from the first words of the title. */
function slugOf(at: Date, title: string): string {
  const words = title.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  return `${at.toISOString().slice(0, 10).replaceAll("-", "/")}/${words.slice(0, 6).join("-")}`;
}
