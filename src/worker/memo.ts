import {
  beginOf,
  localDay,
  type Memo,
  type MemoAsked,
  type MemoGap,
  type MemoPoint,
  type Period,
  type Some,
} from "#model/memo.ts";
import { feedName, type Pack, primaryIn } from "#model/pack.ts";
import { type CitedQuote, wordsOf } from "#model/quote.ts";
import type { Story } from "#model/story.ts";
import { isOfTags } from "#model/subscription.ts";
import { DAY_MS } from "#model/time.ts";
import { comingDays } from "#pipeline/deadlines/coming.ts";
import type { StandingDay } from "#pipeline/deadlines/standing.ts";
import { matches } from "#pipeline/match.ts";
import { isComment } from "#pipeline/tell/repeats.ts";
import { citable } from "#store/articles.ts";
import { knownDays } from "#store/deadlines.ts";
import type { Db } from "#store/engine/database.ts";
import { feedStates, gapsBetween } from "#store/feeds.ts";
import { storiesMoved, sureAmong } from "#store/moved.ts";
import { newestFirst, quotesOfStories } from "#store/quotes.ts";
import { reachOf, UNREACHED } from "#store/reach.ts";
import { storiesById } from "#store/stories.ts";
import { dayOf, isoDay } from "#text/calendar.ts";
import { weightOf } from "./digest.ts";
import { changeFrom, dayFrom, movedAt, type Naming, quietFrom, sidesOf, type Weighed } from "./memo-parts.ts";

/** What is named of each point; of the rest a memo says how much it is. A longer time has more to tell. */
const MOST_CHANGES: Readonly<Record<Period, number>> = { week: 6, month: 8, quarter: 10 };
const MOST_DAYS = 5;
const MOST_QUIET = 4;
const MOST_COMMENTS = 3;

/** Stories of a point whose articles are looked through for what was said, those of most weight. */
const MOST_HEARD = 30;

/** How far ahead days are named, in days: a month, and for whoever looks at longer times as long as they look back. */
const AHEAD_DAYS: Readonly<Record<Period, number>> = { week: 30, month: 60, quarter: 120 };

type Library = { readonly db: Db; readonly pack: Pack };

/** What there is to tell of one point, of most weight first. */
type Heap = {
  readonly id: string | null;
  readonly changed: Some<Weighed>;
  readonly commented: Some<Weighed>;
  readonly still: Some<Weighed>;
  readonly due: Some<StandingDay>;
  /** The stories whose articles are looked through for what was said. */
  readonly heard: readonly number[];
  /** Of all that moved on it. */
  readonly weight: number;
};

/** What the period that ends at `until` brought. The same store and question give the same memo, whenever it is asked. */
export async function memoFor(library: Library, asked: MemoAsked): Promise<Memo> {
  const { period, until, timeZone, filter } = asked;
  const from = beginOf(period, until, timeZone);
  const told = await movedWithin(library, asked, from, until);
  const isOpinion = ({ story }: Weighed) => isComment(story, library.pack.facets);
  const comments = told.filter(isOpinion);
  const moved = sideBySide(told.filter((each) => !isOpinion(each)));
  const sagas = new Set(told.map(({ story }) => story.sagaId));
  const earlier = await movedWithin(library, asked, beginOf(period, from, timeZone), from);
  const quiet = lastOfEach(earlier.filter((each) => !isOpinion(each) && !sagas.has(each.story.sagaId)));
  const { days, stories: dated } = await daysToCome(library, asked);
  const pointOf = ({ points }: Story): string | null =>
    points.find((id) => filter.points.length === 0 || filter.points.includes(id)) ?? null;
  const pointOfDay = new Map(dated.map((story) => [story.id, pointOf(story)]));
  const daysOn = Map.groupBy(days, ({ storyId }) => pointOfDay.get(storyId) ?? null);
  const ids = new Set([...told, ...quiet].map(({ story }) => pointOf(story)).concat([...daysOn.keys()]));
  const byPoint = (all: readonly Weighed[]) => Map.groupBy(all, ({ story }) => pointOf(story));
  const [movedOn, commentsOn, quietOn] = [byPoint(moved), byPoint(comments), byPoint(quiet)];
  const heaps = [...ids].map((id): Heap => {
    const [first, second, third] = [movedOn.get(id) ?? [], commentsOn.get(id) ?? [], quietOn.get(id) ?? []];
    return {
      id,
      changed: someOf(first, MOST_CHANGES[period]),
      commented: someOf(second, MOST_COMMENTS),
      still: someOf(third, MOST_QUIET),
      due: someOf(daysOn.get(id) ?? [], MOST_DAYS),
      heard: [...first, ...second].slice(0, MOST_HEARD).map(({ story }) => story.id),
      weight: id === null ? -1 : first.reduce((sum, each) => sum + each.weight, 0),
    };
  });
  const sources = await sourcesOf(heaps, library, { ...asked, from });
  const points = heaps.toSorted((a, b) => byWeight(a, b, library.pack)).map((heap) => pointFrom(heap, sources));
  const listed = (await feedStates(library.db)).filter(({ addedAt }) => addedAt <= until).map(({ feedId }) => feedId);
  const read = listed.filter((id) => filter.sources.length === 0 || filter.sources.includes(id));
  const gaps = await gapsOf(library, read, { ...asked, from });
  const span = [localDay(from, timeZone), localDay(until, timeZone)] as const;
  return { period, from, until, days: span, points, gaps, feeds: read.length };
}

/** Points on which most of weight moved first; those on which nothing did in the pack's order; what is on none behind them. */
function byWeight(a: Heap, b: Heap, { points }: Pack): number {
  const place = ({ id }: Heap) => (id === null ? points.length : points.findIndex((point) => point.id === id));
  return b.weight - a.weight || place(a) - place(b);
}

/** The stories that moved and are asked for, of most weight first. */
async function movedWithin(
  { db, pack }: Library,
  { filter }: MemoAsked,
  after: Date,
  by: Date,
): Promise<readonly Weighed[]> {
  const { points, places, stages, actors, laws, sources } = filter;
  const narrowing = { points, places, stages, actors, laws, sources };
  const moved = await storiesMoved(db, { ...narrowing, support: pack.support.digest, after, by });
  const reach = await reachOf(
    db,
    moved.map(({ story }) => story.id),
    null,
  );
  const primary = new Set(pack.feeds.flatMap((feed) => (feed.primary ? [feed.id] : [])));
  return moved
    .filter(({ story }) => matches(filter, { story, ...(reach.get(story.id) ?? UNREACHED) }))
    .map((each) => {
      const { feedIds } = reach.get(each.story.id) ?? UNREACHED;
      const voices = feedIds.length + Number(feedIds.some((id) => primary.has(id)));
      return { ...each, outlets: feedIds.length, weight: weightOf(each.story, voices, filter, pack) };
    })
    .sort((a, b) => b.weight - a.weight || b.story.articleCount - a.story.articleCount || a.story.id - b.story.id);
}

/** Developments of one dispute behind its first. */
const sideBySide = (moved: readonly Weighed[]): readonly Weighed[] =>
  [...Map.groupBy(moved, ({ story }) => story.sagaId).values()].flat();

/** Of each dispute the story that moved last. */
function lastOfEach(moved: readonly Weighed[]): readonly Weighed[] {
  const last = new Map<number, Weighed>();
  for (const each of moved) {
    const other = last.get(each.story.sagaId);
    if (other === undefined || movedAt(other) < movedAt(each)) last.set(each.story.sagaId, each);
  }
  return moved.filter((each) => last.get(each.story.sagaId) === each);
}

/** The days to come of stories that are asked for and sure enough. */
async function daysToCome({ db, pack }: Library, { filter, period, until, timeZone }: MemoAsked) {
  const today = dayOf(localDay(until, timeZone));
  const time = { since: isoDay(today), until: isoDay(today + AHEAD_DAYS[period]) };
  const known = await knownDays(db, { points: filter.points, places: filter.places, ...time });
  const ids = [...(await sureAmong(db, [...known.storyIds], pack.support.digest))];
  // Who tells a story is asked where it matters alone.
  const reach = isOfTags(filter) ? null : await reachOf(db, ids, null);
  const asked = (await storiesById(db, ids)).filter((story) =>
    matches(filter, { story, ...(reach?.get(story.id) ?? UNREACHED) }),
  );
  const storyIds = new Set(asked.map(({ id }) => id));
  const claims = known.claims.filter(({ at }) => at <= until);
  const coming = comingDays({ claims, storyIds, ...time }, primaryIn(pack));
  return { days: coming.filter(({ storyId }) => storyIds.has(storyId)), stories: asked };
}

type Within = MemoAsked & { readonly from: Date };

/** What all points cite, read at once, and what was said in each story. */
type Sources = { readonly naming: Naming; readonly quotes: ReadonlyMap<number | null, readonly CitedQuote[]> };

async function sourcesOf(heaps: readonly Heap[], { db, pack }: Library, asked: Within): Promise<Sources> {
  const { from, until, timeZone } = asked;
  const told = heaps.flatMap(({ changed, commented, still }) => [...changed.shown, ...commented.shown, ...still.shown]);
  const cited = told.flatMap(({ story: { leadArticleId, summary } }) => [
    leadArticleId,
    ...summary.map(({ articleId }) => articleId),
  ]);
  const articles = await citable(db, [...new Set(cited)]);
  const said = await quotesOfStories(
    db,
    heaps.flatMap(({ heard }) => heard),
    from,
    until,
  );
  return { naming: { pack, articles, timeZone }, quotes: Map.groupBy(said, ({ storyId }) => storyId) };
}

function pointFrom({ id, changed, commented, still, due, heard }: Heap, { naming, quotes }: Sources): MemoPoint {
  const changes = changed.shown.map((each) => changeFrom(each, id, naming));
  // What is said above is not quoted again.
  const said = heard
    .flatMap((storyId) => quotes.get(storyId) ?? [])
    .filter((quote) => !changes.some(({ sentence }) => sentence?.includes(wordsOf(quote)) === true))
    .sort(newestFirst);
  return {
    id,
    name: naming.pack.points.find((point) => point.id === id)?.name ?? "On no friction point",
    changes: { ...changed, shown: changes },
    comments: { ...commented, shown: commented.shown.map((each) => changeFrom(each, id, naming)) },
    sides: sidesOf(id, said, naming),
    days: { ...due, shown: due.shown.map((day) => dayFrom(day, naming)) },
    quiet: { ...still, shown: still.shown.map((each) => quietFrom(each, naming)) },
  };
}

const someOf = <T>(all: readonly T[], most: number): Some<T> => ({ shown: all.slice(0, most), of: all.length });

/** The feeds that could not be read for a day or more of the time. */
async function gapsOf({ db, pack }: Library, read: readonly string[], { from, until, timeZone }: Within) {
  const gaps = (await gapsBetween(db, from, until)).filter(({ feedId }) => read.includes(feedId));
  return gaps.map(
    ({ feedId, since, until: end }): MemoGap => ({
      outlet: feedName(feedId, pack),
      since: localDay(since, timeZone),
      until: end === null ? null : localDay(end, timeZone),
      days: Math.floor(((end ?? until).getTime() - since.getTime()) / DAY_MS),
    }),
  );
}
