import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";
import { htmlOf } from "#cli/play/html.ts";
import type { Item } from "#cli/play/player.ts";
import type { Feed } from "#model/feed.ts";
import { escapeText } from "#text/entities.ts";

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

/** Reads the written week; it ships with the program, so a fault in it throws. */
export function loadWeek(file: string): Week {
  return weekFile.parse(parse(readFileSync(file, "utf8"))).entries;
}

/** What the feeds list, in order of time: each entry, and each again as its publisher changes it later. */
export function itemsOf(week: Week, feeds: readonly Feed[]): readonly Item[] {
  const sites = new Map(feeds.map(({ id, site }) => [id, site]));
  const items = week.flatMap((entry) => {
    const site = sites.get(entry.feed);
    if (site === undefined) throw new Error(`The week names the feed ${entry.feed}, which its pack has not.`);
    const slug = slugOf(entry.at, entry.title);
    let { title, text, at: dated } = entry;
    const listed = (at: Date): Item => {
      const plain = text.trim();
      const html = htmlOf(escapeText(plain));
      return {
        id: slug,
        key: slug,
        source: entry.feed,
        title: escapeText(title),
        text: plain,
        html,
        url: `${site}/${slug}`,
        at,
        dated,
      };
    };
    const versions = [listed(entry.at)];
    for (const edit of entry.edits) {
      ({ title = title, text = text, dated = dated } = edit);
      versions.push(listed(edit.at));
    }
    return versions;
  });
  return items.toSorted((a, b) => a.at.getTime() - b.at.getTime());
}

/** `2026/09/07/department-weighs-penalty`, from the first words of the title. */
function slugOf(at: Date, title: string): string {
  const words = title.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  return `${at.toISOString().slice(0, 10).replaceAll("-", "/")}/${words.slice(0, 6).join("-")}`;
}
