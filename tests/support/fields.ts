import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { idOn, tagsOn } from "#model/tag.ts";
import { type Rules, tag } from "#pipeline/tag/tag.ts";

type Headline = readonly [title: string, text: string, points: readonly string[] | "no", stage: string | null];

const f1 = (right: number, said: number, there: number) => (200 * right) / (said + there || 1);

/** How a pack reads the sixty headlines of its field, to which no weight was fitted: F1 of relevance and points, and of 100 stages those that are right. */
export function readField(field: string, rules: Rules) {
  const headlines: readonly Headline[] = parse(readFileSync(`tests/fixtures/fields/${field}.yaml`, "utf8"));
  const news = { right: 0, said: 0, there: 0 };
  const points = { right: 0, said: 0, there: 0 };
  const stages = { right: 0, there: 0 };
  for (const [title, text, labels, stage] of headlines) {
    const { relevant, tags } = tag({ title, text }, rules);
    const isNews = labels !== "no";
    news.said += Number(relevant);
    news.there += Number(isNews);
    news.right += Number(relevant && isNews);
    const said = tagsOn(tags, "point").flatMap(({ id, strength }) => (strength === "strong" ? [id] : []));
    points.said += said.length;
    if (!isNews) continue;
    points.there += labels.length;
    points.right += said.filter((id) => labels.includes(id)).length;
    stages.there += Number(stage !== null);
    stages.right += Number(stage !== null && idOn(tags, "stage") === stage);
  }
  return {
    headlines: headlines.length,
    relevance: f1(news.right, news.said, news.there),
    points: f1(points.right, points.said, points.there),
    stage: (100 * stages.right) / stages.there,
    news,
  };
}
