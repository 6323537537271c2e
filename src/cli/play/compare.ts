import { type Tagging, tagsOn } from "#model/tag.ts";
import { pagesSince } from "#store/articles.ts";
import { taggingsOf } from "#store/taggings.ts";
import type { Item, Player, Shown } from "./player.ts";

/** Posts and items shown for each kind of change. */
const EXAMPLES = 20;
const TAG_EXAMPLES = 3;

/** What is said of an item that is news at all, beside the names of its points. */
const RELEVANT = "(relevant)";

/** A post, by the items that moved its story. */
type Post = {
  readonly title: string;
  readonly url: string;
  readonly says: string;
  readonly movedBy: readonly string[];
};

/** What a play brought: posts in order, and for each item the points that are certain, and whether it is news. */
export type Brought = {
  readonly posts: readonly Post[];
  readonly names: ReadonlyMap<string, ReadonlySet<string>>;
};

export function postOf({ card, movements, articles }: Shown, itemOf: Player["itemOf"]): Post {
  const byId = new Map(articles.map((article) => [article.id, article]));
  const movedBy = movements.flatMap(({ articleId }) => byId.get(articleId) ?? []).map((article) => itemOf(article).id);
  const says = [card.title, card.headline, card.change ?? "", ...card.sentences.map(({ text }) => text)].join("\n");
  return { title: `${card.title} (${card.headline})`, url: card.url, says, movedBy };
}

/** What a played store says of each item. */
export async function namesIn({ db, itemOf }: Pick<Player, "db" | "itemOf">): Promise<Brought["names"]> {
  const names = new Map<string, ReadonlySet<string>>();
  for await (const page of pagesSince(db, new Date(0))) {
    const taggings = await taggingsOf(
      db,
      page.map(({ id }) => id),
    );
    for (const article of page) {
      const tagging = taggings.get(article.id);
      if (tagging !== undefined) names.set(itemOf(article).id, namesOf(tagging));
    }
  }
  return names;
}

function namesOf({ relevant, tags }: Tagging): ReadonlySet<string> {
  const points = tagsOn(tags, "point").flatMap(({ id, strength }) => (strength === "strong" ? [id] : []));
  return new Set(relevant ? [...points, RELEVANT] : points);
}

/** For a person: the posts that one play has and the other has not, those that say something else, and what became of tags. */
export function comparisonText(before: Brought, after: Brought, items: readonly Item[]): string {
  const pairs = pairsOf(before.posts, after.posts);
  const reworded = [...pairs].filter(([old, fresh]) => old.says !== fresh.says).map(([, fresh]) => fresh);
  const kept = new Set(pairs.values());
  const gained = after.posts.filter((post) => !kept.has(post));
  const lost = before.posts.filter((post) => !pairs.has(post));
  return [
    `${count(items.length, "item")}: ${count(before.posts.length, "post")} before, ${after.posts.length} after.`,
    ...postsText("gained", "+", gained),
    ...postsText("lost", "−", lost),
    ...postsText("worded otherwise", "~", reworded),
    ...tagsText(before.names, after.names, items),
    "",
  ].join("\n");
}

/** Posts of both plays that one item moved, each at most once. */
function pairsOf(before: readonly Post[], after: readonly Post[]): ReadonlyMap<Post, Post> {
  const movedBy = new Map(before.flatMap((post) => post.movedBy.map((id) => [id, post])));
  const pairs = new Map<Post, Post>();
  for (const post of after) {
    const old = post.movedBy.map((id) => movedBy.get(id)).find((each) => each !== undefined && !pairs.has(each));
    if (old !== undefined) pairs.set(old, post);
  }
  return pairs;
}

function postsText(heading: string, mark: string, posts: readonly Post[]): readonly string[] {
  if (posts.length === 0) return [];
  const more = posts.length > EXAMPLES ? [`  … and ${posts.length - EXAMPLES} more`] : [];
  const lines = posts.slice(0, EXAMPLES).map(({ title, url }) => `  ${mark} ${title}  ${url}`);
  return [`${count(posts.length, "post")} ${heading}:`, ...lines, ...more];
}

/** For each point, and for relevance, what it gains and loses. */
function tagsText(before: Brought["names"], after: Brought["names"], items: readonly Item[]): readonly string[] {
  const changes = new Map<string, { readonly gained: Item[]; readonly lost: Item[] }>();
  const note = (name: string, kind: "gained" | "lost", item: Item) => {
    const change = changes.get(name) ?? { gained: [], lost: [] };
    changes.set(name, change);
    change[kind].push(item);
  };
  for (const item of items) {
    const [old, fresh] = [before.get(item.id) ?? NONE, after.get(item.id) ?? NONE];
    for (const name of fresh.difference(old)) note(name, "gained", item);
    for (const name of old.difference(fresh)) note(name, "lost", item);
  }
  if (changes.size === 0) return ["No tag changes."];
  const lines = [...changes]
    .toSorted(([a], [b]) => a.localeCompare(b))
    .flatMap(([name, { gained, lost }]) => [
      `  ${name}: ${gained.length} gained, ${lost.length} lost`,
      ...gained.slice(0, TAG_EXAMPLES).map(({ title, url }) => `    + ${title}  ${url}`),
      ...lost.slice(0, TAG_EXAMPLES).map(({ title, url }) => `    − ${title}  ${url}`),
    ]);
  return ["Tags:", ...lines];
}

const NONE: ReadonlySet<string> = new Set();

const count = (number: number, one: string): string =>
  `${number.toLocaleString("en")} ${number === 1 ? one : `${one}s`}`;
