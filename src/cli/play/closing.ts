import { feedName, nameOn, type Pack } from "#model/pack.ts";
import { DAY_MS } from "#model/time.ts";
import type { Db } from "#store/engine/database.ts";
import { taggingCounts } from "#store/taggings.ts";
import { dateText } from "#text/calendar.ts";
import type { Heard, Item, Player, Shown, Told } from "./player.ts";

/** Lines of a table that say something; the rest are added up. */
const MOST_LINES = 12;

/** What a play came to, counted as it goes. */
export type Tally = {
  add(told: readonly Told[]): void;
  readonly posts: number;
  /** The closing table: how much, on what, from whom, and what was kept back and why. */
  text(items: readonly Item[], heard: Heard, player: Pick<Player, "db" | "pack">): Promise<string>;
};

export function createTally(): Tally {
  const counts = { post: 0, edit: 0, digest: 0 };
  const shown: Shown[] = [];
  return {
    get posts() {
      return counts.post + counts.digest;
    },
    add(told) {
      for (const each of told) {
        counts[each.kind] += 1;
        if (each.kind === "post") shown.push(each.shown);
        else if (each.kind === "digest") shown.push(...each.shown);
      }
    },
    async text(items, heard, { db, pack }) {
      const days = daysOf(items);
      const perDay = (count: number) => (days > 0 ? `, ${(count / days).toFixed(1)} a day` : "");
      const told = [
        ...(counts.digest > 0 ? [`${counts.digest} digests`] : []),
        `${shown.length} ${counts.digest > 0 ? "stories told in them" : "posts"}${perDay(shown.length)}`,
        ...(counts.edit > 0 ? [`${counts.edit} edits of cards in place`] : []),
      ];
      const sources = new Set(items.map(({ source }) => source)).size;
      return [
        `${number(items.length)} items from ${number(sources)} sources, ${periodOf(items)}`,
        told.join(" · "),
        ...table(
          "By friction point",
          shown.flatMap(({ story }) => (story.points.length === 0 ? ["none"] : story.points)),
          (id) => nameOn("point", id, pack),
        ),
        ...table(
          "By stage",
          shown.map(({ story }) => story.stage ?? "none"),
          (id) => nameOn("stage", id, pack),
        ),
        ...table("By source", shown.map(leadingFeed), (id) => feedName(id, pack)),
        ...table("Kept back", [], String, await keptBack(items.length, shown.length, heard, db, pack)),
        "",
      ].join("\n");
    },
  };
}

const leadingFeed = ({ story, articles }: Shown): string =>
  articles.find(({ id }) => id === story.leadArticleId)?.feedId ?? "none";

/** Why an item is in no post of its own. */
async function keptBack(
  items: number,
  posts: number,
  { fresh, changed, inStories, moved }: Heard,
  db: Db,
  { topic }: Pack,
): Promise<readonly [string, number][]> {
  const { irrelevant, held } = await taggingCounts(db);
  const unfollowed = moved - posts;
  const reasons: [string, number][] = [
    [`no policy on ${topic.name}`, irrelevant],
    ...held.map(({ hold, articles }): [string, number] => [`held: the item ${hold}`, articles]),
    ["told with a story that it did not move", inStories - moved],
    ["moved a story that the channel does not follow, or moved it again in the same hour", unfollowed],
    ["the same as an item before it", items - fresh - changed],
  ];
  return reasons.filter(([, count]) => count > 0);
}

/** A heading and its lines, most first; nothing where there is nothing to count. */
function table(
  heading: string,
  ids: readonly string[],
  nameOf: (id: string) => string,
  counted: readonly (readonly [string, number])[] = [...Map.groupBy(ids, String)].map(([id, all]) => [id, all.length]),
): readonly string[] {
  if (counted.length === 0) return [];
  const sorted = counted.toSorted(([a, x], [b, y]) => y - x || a.localeCompare(b));
  const lines = sorted.slice(0, MOST_LINES).map(([id, count]) => `${number(count).padStart(8)}  ${nameOf(id)}`);
  const rest = sorted.slice(MOST_LINES);
  const others = rest.reduce((sum, [, count]) => sum + count, 0);
  const more = rest.length === 0 ? [] : [`${number(others).padStart(8)}  in ${rest.length} others`];
  return ["", heading, ...lines, ...more];
}

const number = (count: number): string => count.toLocaleString("en");

function daysOf(items: readonly Item[]): number {
  const [first, last] = [items[0], items.at(-1)];
  return first === undefined || last === undefined ? 0 : (last.at.getTime() - first.at.getTime()) / DAY_MS;
}

function periodOf(items: readonly Item[]): string {
  const [first, last] = [items[0], items.at(-1)];
  return first === undefined || last === undefined ? "" : `${dateText(first.at)} to ${dateText(last.at)}`;
}
