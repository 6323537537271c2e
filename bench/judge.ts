import { type Pack, stageGroups } from "#model/pack.ts";
import { idOn, type Tagging, tagsOn } from "#model/tag.ts";
import { type Judgement, judgeFindings, type Rules } from "#pipeline/tag/tag.ts";
import { note, reliabilities } from "./reliability.ts";
import { type Item, windowsOf } from "./windows.ts";

/**
 * Judges each window of labelled items by weights that were fitted without it, beside the rules alone, and says how far what they
 * answered may be believed: `npm run bench -- judge --data DIR [--also FILE …] [--only WINDOW]` (windows.ts says what these are).
 */
export async function bench(args: readonly string[]): Promise<void> {
  const { rules, each } = await windowsOf(args);
  console.log(
    "window                    relevance P/R/F1   points P/R/F1      stage P/R   certainty   (the rules alone)",
  );
  const tables = reliabilities();
  for await (const { name, items, taught } of each) {
    const judged = items.map((item) => ({ ...item, judgement: judgeItem(item, taught) }));
    console.log(
      `${name.padEnd(24)}  ${lineOf(judged, taught)}   (${lineOf(
        items.map((item) => ({ ...item, judgement: judgeItem(item, rules) })),
        rules,
      )})`,
    );
    for (const { labelled, judgement } of judged) note(tables, labelled.labels, judgement.scores!);
  }
  console.log("answer | calibration error, percent | said → held in 100 (answers), by probability");
  for (const [kind, table] of Object.entries(tables)) console.log(`${kind} | ${table}`);
  console.log("from a threshold on: precision/recall");
  for (const [kind, table] of Object.entries(tables)) console.log(`${kind}  ${table.thresholds()}`);
}

type Judged = Item & { readonly judgement: Judgement };

const judgeItem = ({ labelled: { findings, publisher } }: Item, rules: Rules): Judgement =>
  judgeFindings(findings, rules, publisher);

/** Of claims, right ones and those there were to make: what is counted of any answer. */
class Count {
  said = 0;
  there = 0;
  right = 0;

  add(said: boolean, there: boolean, right = said && there): void {
    this.said += Number(said);
    this.there += Number(there);
    this.right += Number(right);
  }

  toString(): string {
    const percent = (part: number, whole: number) => (whole === 0 ? "–" : ((100 * part) / whole).toFixed(0));
    return `${percent(this.right, this.said)}/${percent(this.right, this.there)}/${percent(2 * this.right, this.said + this.there)}`;
  }
}

function lineOf(items: readonly Judged[], rules: Rules): string {
  const [relevance, points, stage, certainty] = [new Count(), new Count(), new Count(), new Count()];
  const groupOf = groupsOf(rules.pack);
  for (const { line, labelled, judgement } of items) {
    const { tagging } = judgement;
    const { labels } = labelled;
    if (labels.relevant !== "border") relevance.add(tagging.relevant, labels.relevant === "yes");
    const said = strongPoints(tagging).filter(
      (id) => !labels.maybe.includes(id) && (labels.judged?.includes(id) ?? true),
    );
    for (const id of new Set([...said, ...labels.points])) points.add(said.includes(id), labels.points.includes(id));
    if (labels.relevant === "yes" && line.facets === true) {
      const [claimed, true_] = [groupOf(idOn(tagging.tags, "stage")), groupOf(labels.stage ?? null)];
      stage.add(claimed !== null, true_ !== null, claimed !== null && claimed === true_);
    }
    if (labels.certainty !== null) {
      const is = idOn(tagging.tags, "certainty");
      certainty.add(true, true, is === labels.certainty);
    }
  }
  return [relevance, points, stage, certainty].map((count) => String(count).padEnd(10)).join("  ");
}

const strongPoints = ({ tags }: Tagging): readonly string[] =>
  tagsOn(tags, "point").flatMap(({ id, strength }) => (strength === "strong" ? [id] : []));

/** The group of a stage; null for those that say that nothing is decided. */
function groupsOf({ facets }: Pack): (id: string | null) => string | null {
  const { of, open } = stageGroups(facets);
  return (id) => {
    const group = id === null ? open : (of.get(id) ?? open);
    return group === open ? null : group;
  };
}
