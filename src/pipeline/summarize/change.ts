import { type Pack, stagesAndSteps } from "#model/pack.ts";
import { MOVEMENT_KINDS, type Movement, type SummarySentence } from "#model/story.ts";
import { type Ranges, textOf } from "./ranges.ts";
import { shorten } from "./shorten.ts";

type Names = Pick<Pack, "facets" | "points" | "feeds">;

/** What moved: a line in our own words, which hold nothing but names of the pack, and the source's sentence that shows it. */
export type Change = {
  /** `Threatened → proposed`. */
  readonly line: string;
  readonly articleId: number;
  /** Null where no single sentence shows it. */
  readonly sentence: SummarySentence | null;
};

/** The movement that readers want to hear of first, or null when the story only opened. */
export function changeOf(
  movements: readonly Movement[],
  textOfArticle: (articleId: number) => string | undefined,
  names: Names,
): Change | null {
  const [first] = movements
    .filter(({ kind }) => kind !== "opened")
    .toSorted((a, b) => MOVEMENT_KINDS.indexOf(a.kind) - MOVEMENT_KINDS.indexOf(b.kind));
  if (first === undefined) return null;
  const { articleId, sentence } = first;
  const text = textOfArticle(articleId);
  const cited = sentence === null || text === undefined ? null : citation(text, articleId, shorten(text, sentence));
  return { line: lineOf(first, names), articleId, sentence: cited };
}

function citation(source: string, articleId: number, ranges: Ranges): SummarySentence | null {
  const [first, last] = [ranges[0], ranges.at(-1)];
  if (first === undefined || last === undefined) return null;
  return { text: textOf(source, ranges), articleId, start: first[0], end: last[1], ranges };
}

function lineOf({ kind, from, to }: Movement, { facets, points, feeds }: Names): string {
  const nameIn = (among: readonly { readonly id: string; readonly name: string }[], id: string | null) =>
    id === null ? null : (among.find((each) => each.id === id)?.name ?? id);
  const stages = stagesAndSteps(facets);
  const labels = facets.certainties.map(({ id, label }) => ({ id, name: label }));
  switch (kind) {
    case "stage":
    case "standing":
      return arrow(nameIn(stages, from), nameIn(stages, to), "No stage reported any more");
    case "reversal":
      return to === null ? "Reversed" : `Reversed: ${arrow(nameIn(stages, from), nameIn(stages, to), "")}`;
    case "certainty":
      return arrow(nameIn(labels, from), nameIn(labels, to), "No longer attributed");
    case "party":
      return `Now acting: ${to ?? ""}`;
    case "primary":
      return `Primary source: ${nameIn(feeds, to) ?? "published"}`;
    case "point":
      return `Also about: ${nameIn(points, to) ?? ""}`;
    case "date":
      return `Date: ${arrow(from, to, "withdrawn")}`;
    case "figure":
      return `Figure: ${arrow(from, to, "withdrawn")}`;
    case "opened":
      return "New story";
  }
}

const arrow = (from: string | null, to: string | null, gone: string): string =>
  to === null ? gone : from === null ? to : `${from} → ${to}`;
