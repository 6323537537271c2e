import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import { z } from "zod";
import { stageGroups } from "#model/pack.ts";
import { idOn, type Tagging, tagsOn } from "#model/tag.ts";
import { judge, type Rules } from "#pipeline/tag/tag.ts";

/** Languages that have items of our own to judge by. */
export const LANGUAGES = ["de", "fr", "es"] as const;

/** An item of tests/fixtures/languages, with what a person makes of it. */
const items = z.array(
  z.strictObject({
    id: z.string(),
    title: z.string(),
    text: z.string(),
    relevant: z.enum(["yes", "no"]),
    points: z.array(z.string()).default([]),
    stage: z.string().nullable().default(null),
    certainty: z.string().nullable().default(null),
  }),
);

export type Item = z.output<typeof items>[number];

export function itemsIn(language: string): readonly Item[] {
  const file = new URL(`../fixtures/languages/${language}.yaml`, import.meta.url);
  return items.parse(parse(readFileSync(fileURLToPath(file), "utf8")));
}

/** Every third item is held out: no word was chosen with it in view. */
export const isHeldOut = ({ id }: Item): boolean => Number(id.slice(-2)) % 3 === 0;

export type Answer = { readonly item: Item; readonly tagging: Tagging };

export const readItems = (language: string, rules: Rules, some: readonly Item[]): readonly Answer[] =>
  some.map((item) => ({ item, tagging: judge({ ...item, language }, rules).tagging }));

const strong = ({ tags }: Tagging): readonly string[] =>
  tagsOn(tags, "point").flatMap(({ id, strength }) => (strength === "strong" ? [id] : []));

/** F1 in percent of relevance and of the points of all items; stages, by group, and certainties right in percent of the relevant ones. */
export function scoreOf(answers: readonly Answer[], rules: Rules) {
  const f1 = (said: number, there: number, right: number) => (200 * right) / (said + there || 1);
  const count = (of: (answer: Answer) => number) => answers.reduce((sum, answer) => sum + of(answer), 0);
  const isNews = ({ item }: Answer) => Number(item.relevant === "yes");
  const { of } = stageGroups(rules.pack.facets);
  const right = (axis: "stage" | "certainty") =>
    (100 *
      count(({ item, tagging }) => {
        const said = idOn(tagging.tags, axis);
        const same = axis === "stage" ? of.get(said ?? "") === of.get(item.stage ?? "") : said === item.certainty;
        return Number(item.relevant === "yes" && same);
      })) /
    count(isNews);
  return {
    relevance: f1(
      count(({ tagging }) => Number(tagging.relevant)),
      count(isNews),
      count((answer) => isNews(answer) * Number(answer.tagging.relevant)),
    ),
    points: f1(
      count(({ tagging }) => (tagging.relevant ? strong(tagging).length : 0)),
      count(({ item }) => item.points.length),
      count(({ item, tagging }) => strong(tagging).filter((id) => item.points.includes(id)).length),
    ),
    stage: right("stage"),
    certainty: right("certainty"),
  };
}
