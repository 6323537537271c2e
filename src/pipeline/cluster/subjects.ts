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

/** What an article is about. */
export type Subjects = {
  /** Ids of its primary tags by axis. */
  readonly primary: ReadonlyMap<Axis, ReadonlySet<string>>;
  /** The places that it names, and those of them that stand in its title. */
  readonly places: ReadonlySet<string>;
  readonly titlePlaces: ReadonlySet<string>;
};

export function subjectsOf({ tags }: Tagging): Subjects {
  const primary = new Map<Axis, ReadonlySet<string>>();
  for (const axis of AXES) {
    const own = tagsOn(tags, axis).filter(({ primary, strength }) => primary && strength === "strong");
    if (TAG_ODDS[axis] && own.length > 0) primary.set(axis, new Set(own.map(({ id }) => id)));
  }
  const places = tagsOn(tags, "place");
  const inTitle = places.filter(({ evidence }) => evidence.some(({ field }) => field === "title"));
  return { primary, places: new Set(places.map(({ id }) => id)), titlePlaces: new Set(inTitle.map(({ id }) => id)) };
}

/** What tags add to the odds, on an axis; of one saga may be what happens elsewhere (`elsewhere`). */
export type TagOdds = { readonly axis: Axis; readonly odds: number; readonly elsewhere?: true };

/** What each axis adds to the odds that an article tells of one development with an earlier one. */
export function tagOdds(article: Subjects, earlier: Subjects): readonly TagOdds[] {
  const odds: TagOdds[] = [...article.primary].flatMap(([axis, ids]) => {
    const others = earlier.primary.get(axis);
    const known = TAG_ODDS[axis];
    if (!others || !known) return [];
    return [{ axis, odds: ids.isDisjointFrom(others) ? known.other : known.shared }];
  });
  const place = TAG_ODDS.place;
  if (place && goesOnElsewhere(article, earlier)) odds.push({ axis: "place", odds: place.other, elsewhere: true });
  return odds;
}

/** Whether the title names a place of which the earlier article, which has tags, says nothing: another authority acts now. */
const goesOnElsewhere = (article: Subjects, earlier: Subjects): boolean =>
  earlier.primary.size > 0 &&
  !earlier.primary.has("place") &&
  article.titlePlaces.size > 0 &&
  article.titlePlaces.isDisjointFrom(earlier.places);
