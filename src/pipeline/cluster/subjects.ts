import { AXES, type Axis, type Tagging, tagsOn } from "#model/tag.ts";

/**
 * Odds by what two articles are tagged with, where both carry tags on an axis. Set by hand, for lack of labelled news
 * with tags: another friction point, law or country is another development, however alike the wording.
 */
const TAG_ODDS: Partial<Record<Axis, { readonly shared: number; readonly other: number }>> = {
  point: { shared: 0, other: -1.5 },
  instrument: { shared: 0.5, other: -1.5 },
  place: { shared: 0, other: -1.5 },
  actor: { shared: 0, other: -0.75 },
};

/** What an article is about, by axis: ids of its primary tags. */
export type Subjects = ReadonlyMap<Axis, ReadonlySet<string>>;

export function subjectsOf({ tags }: Tagging): Subjects {
  const subjects = new Map<Axis, ReadonlySet<string>>();
  for (const axis of AXES) {
    const own = tagsOn(tags, axis).filter(({ primary, strength }) => primary && strength === "strong");
    if (TAG_ODDS[axis] && own.length > 0) subjects.set(axis, new Set(own.map(({ id }) => id)));
  }
  return subjects;
}

/** Whether both are about something on an axis, and nothing of it the same. */
export const areApart = (a: Subjects, b: Subjects, axis: Axis): boolean =>
  b.has(axis) && (a.get(axis)?.isDisjointFrom(b.get(axis)!) ?? false);

const NONE: readonly never[] = [];

/** What each axis adds to the odds that two articles tell of one development. */
export function tagOdds(a: Subjects, b: Subjects): readonly { readonly axis: Axis; readonly odds: number }[] {
  if (a.size === 0 || b.size === 0) return NONE;
  return [...a].flatMap(([axis, ids]) => {
    const others = b.get(axis);
    const odds = TAG_ODDS[axis];
    if (!others || !odds) return [];
    return [{ axis, odds: ids.isDisjointFrom(others) ? odds.other : odds.shared }];
  });
}
