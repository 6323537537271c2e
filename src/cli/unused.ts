import { LOOK_BACK_DAYS } from "#model/lesson-changes.ts";
import { DAY_MS } from "#model/time.ts";
import type { LineOf } from "#pack/line-of.ts";
import { placeOf } from "#pack/phrases.ts";
import { publisherNamed } from "#pipeline/tag/publisher.ts";
import type { Rules } from "#pipeline/tag/tag.ts";
import { createUse, type Use } from "#pipeline/tag/use.ts";
import { pagesSince } from "#store/articles.ts";
import { type Db, openToRead } from "#store/engine/database.ts";
import { articleOf } from "./learn/labels.ts";
import { readLabels } from "./learn/read-labels.ts";

type Where = Parameters<typeof openToRead>[0];

/**
 * The phrases of a pack that decide nothing of the items of a file, or of what the store has first seen in the last days, a line each; or
 * in words why there is nothing to look at.
 */
export async function unusedText(
  file: string | null,
  where: Where,
  { rules, lineOf }: { readonly rules: Rules; readonly lineOf: LineOf },
  now: Date,
): Promise<{ readonly ok: boolean; readonly text: string }> {
  const use = createUse(rules);
  const seen = file === null ? await lookAtStore(where, rules, use, now) : await lookAtFile(file, rules, use);
  if (typeof seen === "string") return { ok: false, text: seen };
  const unused = use.unused();
  const lines = unused.map(({ path, source }) => {
    const { file, line } = placeOf(path, lineOf);
    return `${file}:${line}: ${source}`;
  });
  const heading = `Of ${seen} articles ${unused.length} phrases decide nothing: without any one of them the same is said of each.`;
  return { ok: true, text: [heading, ...lines].join("\n") };
}

async function lookAtFile(file: string, rules: Rules, use: Use): Promise<number | string> {
  const lines = await readLabels([file], null);
  if (typeof lines === "string") return lines;
  for (const line of lines) use.look(articleOf(line), publisherNamed(line.source, rules));
  return lines.length;
}

async function lookAtStore(where: Where, rules: Rules, use: Use, now: Date): Promise<number | string> {
  const opening = await openToRead(where);
  if (opening.kind === "refused") return opening.reason;
  const { db, close } = opening.database;
  return lookAtAll(db, rules, use, new Date(now.getTime() - LOOK_BACK_DAYS * DAY_MS)).finally(close);
}

async function lookAtAll(db: Db, { pack }: Rules, use: Use, since: Date): Promise<number> {
  const feeds = new Map(pack.feeds.map((feed) => [feed.id, feed]));
  let seen = 0;
  for await (const page of pagesSince(db, since)) {
    for (const article of page) use.look(article, feeds.get(article.feedId));
    seen += page.length;
  }
  return seen;
}
