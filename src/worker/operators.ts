import type { Round } from "#model/round.ts";
import { MINUTE_MS, mondayBefore, WEEK_MS } from "#model/time.ts";
import type { Db } from "#store/engine/database.ts";
import { feedCount } from "#store/feeds.ts";
import { failingFeeds, weekOf } from "#store/gauges.ts";
import { takeRun } from "#store/schedules.ts";

type Tell = (sentence: string) => void;

/** Hears how it went, minute by minute, and tells when an outage of our own begins and when it is over. */
export function watchOutages(tell: Tell): (round: Pick<Round, "offline" | "read" | "unchanged">, now: Date) => void {
  let since: Date | null = null;
  return ({ offline, read, unchanged }, now) => {
    if (offline && since === null) {
      since = now;
      tell(
        "No site at all could be reached for a while, so the network of this machine seems to be down. It counts against no feed.",
      );
    } else if (!offline && since !== null && read + unchanged > 0) {
      const minutes = Math.round((now.getTime() - since.getTime()) / MINUTE_MS);
      since = null;
      tell(`Sites are reached again, after ${minutes === 1 ? "a minute" : `${minutes} minutes`}.`);
    }
  };
}

/** One line on the last seven days, on Mondays (UTC) or at the first start; one worker tells it. */
export async function tellOfWeek(db: Db, now: Date, tell: Tell): Promise<void> {
  if (!(await takeRun(db, "week", mondayBefore(now)))) return;
  const { articles, stories, posted, dead } = await weekOf(db, new Date(now.getTime() - WEEK_MS));
  const [feeds, failing] = [await feedCount(db), await failingFeeds(db)];
  tell(
    `Seven days: ${counted(articles, "new article")}, ${counted(stories, "new story", "new stories")}, ${counted(posted, "post")}, ` +
      `${counted(dead, "dead letter")}. Of ${counted(feeds, "feed")}, ${failing.length} failing` +
      `${failing.length === 0 ? "." : `: ${namesOf(failing)}.`}`,
  );
}

/** Feeds that are named before the line is long enough. */
const NAMED = 10;

function namesOf(feeds: readonly string[]): string {
  const named = feeds.slice(0, NAMED);
  return [...named, ...(feeds.length > NAMED ? [`${feeds.length - NAMED} more`] : [])].join(", ");
}

const counted = (count: number, noun: string, nouns = `${noun}s`) => `${count} ${count === 1 ? noun : nouns}`;
