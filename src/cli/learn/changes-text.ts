import { plain } from "#cli/terminal.ts";
import { type LessonChanges, LOOK_BACK_DAYS } from "#model/lesson-changes.ts";
import { nameOn, type Pack } from "#model/pack.ts";

/** Titles that are shown of each kind: as many as a person reads. */
const MOST_TITLES = 40;

/** For a person: what would be posted that is not, what is posted that would not be, and how the points would change. */
export function changesText({ articles, gained, lost, points }: LessonChanges, pack: Pack): string {
  if (articles === 0) return `The store has no articles of the last ${LOOK_BACK_DAYS} days to show what would change.`;
  const moved = [...points].toSorted(([, a], [, b]) => b.gained + b.lost - a.gained - a.lost);
  return [
    `Of ${articles} articles of the last ${LOOK_BACK_DAYS} days: ${gained.length} posts gained, ${lost.length} lost.`,
    ...titles("+", gained),
    ...titles("−", lost),
    ...(moved.length === 0 ? [] : ["Articles on a point:"]),
    ...moved.map(([id, each]) => `  ${nameOn("point", id, pack)}: ${each.gained} gained, ${each.lost} lost`),
  ].join("\n");
}

function titles(mark: string, all: readonly string[]): string[] {
  const more = all.length > MOST_TITLES ? [`  ${mark} and ${all.length - MOST_TITLES} more`] : [];
  return [...all.slice(0, MOST_TITLES).map((title) => `  ${mark} ${plain(title)}`), ...more];
}
