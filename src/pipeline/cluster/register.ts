import { dateOf } from "#model/article.ts";
import { DAY_MS } from "#model/time.ts";
import { dayOf } from "#text/calendar.ts";
import type { Placeable } from "./profile.ts";

/** Which articles of the last days are in which story, and when each story last had one. */
export type Register = {
  /** Files an article, unless it is older than the window: then false. `over` are the articles that the window leaves behind. */
  file(article: Placeable, storyId: number): { readonly filed: boolean; readonly over: readonly number[] };
  /** It is `now`, whether or not anything came of late. Returns the articles that the window leaves behind. */
  advance(now: Date): readonly number[];
  strike(id: number): void;
  /** Articles of a story that are in the window. */
  sizeOf(storyId: number): number;
  /** Whether the story had an article in the `quietDays` before `article`, or has had one since. */
  isOpen(storyId: number, article: Placeable, quietDays: number): boolean;
};

type Filed = { readonly storyId: number; readonly day: number; readonly at: number };

export function createRegister(windowDays: number): Register {
  const filed = new Map<number, Filed>();
  const stories = new Map<number, Set<number>>();
  const days = new Map<number, Set<number>>();
  /** When each story last had an article. */
  const newest = new Map<number, number>();
  let latest = Number.NEGATIVE_INFINITY;

  function strike(id: number): void {
    const known = filed.get(id);
    if (!known) return;
    filed.delete(id);
    remove(stories, known.storyId, id);
    remove(days, known.day, id);
    if (known.at < newest.get(known.storyId)!) return;
    const left = stories.get(known.storyId);
    if (left === undefined) newest.delete(known.storyId);
    else newest.set(known.storyId, Math.max(...[...left].map((each) => filed.get(each)!.at)));
  }

  /** Strikes what the window leaves behind when `day` is the last of it. */
  function moveTo(day: number): readonly number[] {
    latest = Math.max(latest, day);
    const over = [...days].flatMap(([old, ids]) => (old <= latest - windowDays ? [...ids] : []));
    for (const id of over) strike(id);
    return over;
  }

  return {
    advance: (now) => moveTo(dayOf(now)),
    strike,
    sizeOf: (storyId) => stories.get(storyId)?.size ?? 0,

    file(article, storyId) {
      const at = dateOf(article).getTime();
      const day = dayOf(dateOf(article));
      const over = moveTo(day);
      if (day <= latest - windowDays) return { filed: false, over };
      filed.set(article.id, { storyId, day, at });
      insert(stories, storyId, article.id);
      insert(days, day, article.id);
      newest.set(storyId, Math.max(at, newest.get(storyId) ?? at));
      return { filed: true, over };
    },

    isOpen(storyId, article, quietDays) {
      const since = dateOf(article).getTime() - quietDays * DAY_MS;
      return (newest.get(storyId) ?? Number.NEGATIVE_INFINITY) >= since;
    },
  };
}

/** When the first day of the window begins whose last is that of `now`: what is older is in no index. */
export const windowStart = (now: Date, windowDays: number): Date => new Date((dayOf(now) - windowDays + 1) * DAY_MS);

function insert(sets: Map<number, Set<number>>, key: number, id: number): void {
  const set = sets.get(key);
  if (set) set.add(id);
  else sets.set(key, new Set([id]));
}

function remove(sets: Map<number, Set<number>>, key: number, id: number): void {
  const set = sets.get(key);
  set?.delete(id);
  if (set?.size === 0) sets.delete(key);
}
