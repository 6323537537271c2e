import type { Failure, Round } from "#model/round.ts";

/** The closing line of a round: `76 feeds: 61 read, 3 unchanged, 12 failed · 812 new articles · … · 10 posts (12 s)`. */
export function roundLine(round: Round, posts: number, tookMs: number): string {
  const { read, unchanged, failures } = round;
  const feeds = `${count(read + unchanged + failures.length, "feed")}: ${read} read, ${unchanged} unchanged, ${failures.length} failed`;
  const stories = `${count(round.storiesOpened, "story", "stories")} opened, ${round.storiesUpdated} updated`;
  const seconds = `${(tookMs / 1000).toFixed(1)} s`;
  return `${[feeds, count(round.articlesNew, "new article"), stories, count(posts, "post")].join(" · ")} (${seconds})`;
}

export const OFFLINE =
  "No feed could be reached: this machine seems to have no network. Polling goes on, and no feed is blamed for it.\n" +
  "To see Policywire at work without a network, run: npm run demo";

/**
 * Says which feeds fail, once for each feed and reason: a feed that goes on failing is not news. A feed that was
 * read in between is named again.
 */
export function createFailureText(): (failures: readonly Failure[]) => string[] {
  let told = new Map<string, string>();
  return (failures) => {
    const fresh = failures.filter(({ feed, reason }) => told.get(feed.id) !== reason);
    told = new Map(failures.map(({ feed, reason }) => [feed.id, reason]));
    return fresh.map(({ feed, reason }) => `  ${feed.name}: ${reason}`);
  };
}

function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}
