import { latestAct } from "./acts-added.ts";
import type { Member } from "./member.ts";
import type { Standing } from "./standing.ts";

/** Characters of text from which an article is a full report and not a brief. */
const FULL_REPORT = 1_200;

/** Who tells the newest state of a story: the leading one, whose own title readers see, and all that do. */
export type Telling = { readonly leader: Member; readonly tellers: readonly Member[] };

/**
 * The voices that tell where a story stands now, by the latest act or by the stage, whichever came later, so that the title
 * lags behind neither; all, where nobody tells. Of them a primary source leads before press, a full report before a brief,
 * the earlier before the later. `voices` are at least one, earliest first.
 */
export function tellingNow(voices: readonly Member[], { by, holders }: Pick<Standing, "by" | "holders">): Telling {
  const latest = latestAct(voices);
  const isLater = latest !== null && (by === null || voices.indexOf(by) < latest.at);
  const both = isLater ? latest.tellers.filter((voice) => holders.includes(voice)) : holders;
  const tellers = both.length === 0 && isLater ? latest.tellers : both;
  const leader = (tellers.length > 0 ? tellers : voices).toSorted((a, b) => rank(b) - rank(a))[0];
  if (!leader) throw new Error("a story has at least one article");
  return { leader, tellers };
}

const rank = ({ primary, article }: Member): number => 2 * Number(primary) + Number(article.text.length >= FULL_REPORT);
