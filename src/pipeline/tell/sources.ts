import { dateOf } from "#model/article.ts";
import { MOST_SUMMARISED } from "#model/limits.ts";
import type { Member } from "./member.ts";
import type { Membership } from "./membership.ts";

/**
 * The members worth summarising, the leading one first, the others in order of arrival: all of a short story. Of a long one the voices
 * alone: the leading one, then primary sources, then those that tell where the matter stands (`tellers`), the newest of each first.
 */
export function sourcesOf(
  { members, voices }: Membership,
  leadArticleId: number,
  tellers: readonly Member[],
): readonly Member[] {
  const isLead = ({ article }: Member) => article.id === leadArticleId;
  const telling = new Set(tellers);
  const worth = (member: Member) =>
    4 * Number(isLead(member)) + 2 * Number(member.primary) + Number(telling.has(member));
  const chosen =
    members.length <= MOST_SUMMARISED
      ? members
      : voices
          .toSorted((a, b) => worth(b) - worth(a) || dateOf(b.article).getTime() - dateOf(a.article).getTime())
          .slice(0, MOST_SUMMARISED)
          .sort((a, b) => a.article.id - b.article.id);
  return chosen.toSorted((a, b) => Number(isLead(b)) - Number(isLead(a)));
}
