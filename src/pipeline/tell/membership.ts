import { dateOf } from "#model/article.ts";
import { textSketch } from "#text/reading.ts";
import { isCopy } from "#text/shingles.ts";
import type { Member } from "./member.ts";

/** The members of a story, and what their likeness makes of them. */
export type Membership = {
  /** In order of arrival. */
  readonly members: readonly Member[];
  /**
   * The members that speak for themselves, earliest date first: of several copies of one text (a wire report under other
   * titles, a page dated anew) only the first, unless a primary source publishes it. What is held back does not speak,
   * unless nothing else does.
   */
  readonly voices: readonly Member[];
  /** Articles that are copies of one with an earlier date. */
  readonly copies: ReadonlySet<number>;
  /** Articles that are copies of one that arrived earlier. */
  readonly reprints: ReadonlySet<number>;
};

/** What a story has before it opens. */
export const NO_MEMBERS: Membership = { members: [], voices: [], copies: new Set(), reprints: new Set() };

/**
 * A story's members with others that join it, none of which it has already. Each is compared with those that are there, so that one
 * article costs a comparison for each, and a story that is read anew one for each pair.
 */
export function joinedBy(story: Membership, joining: readonly Member[]): Membership {
  const members = [...story.members];
  const copies = new Set(story.copies);
  const reprints = new Set(story.reprints);
  for (const member of joining) {
    const sketch = textSketch(member.article);
    for (const other of members) {
      if (!isCopy(sketch, textSketch(other.article))) continue;
      reprints.add(Math.max(member.article.id, other.article.id));
      // What is held back takes nobody's voice but that of others held back, for when nothing else speaks.
      if (isHeld(member) === isHeld(other)) copies.add((byDate(other, member) < 0 ? member : other).article.id);
    }
    members.push(member);
  }
  return {
    members: members.sort((a, b) => a.article.id - b.article.id),
    voices: voicesAmong(members, copies),
    copies,
    reprints,
  };
}

export const membershipOf = (members: readonly Member[]): Membership => joinedBy(NO_MEMBERS, members);

function voicesAmong(members: readonly Member[], copies: ReadonlySet<number>): readonly Member[] {
  const shown = members.filter((member) => !isHeld(member));
  return (shown.length > 0 ? shown : members)
    .filter(({ primary, article }) => primary || !copies.has(article.id))
    .toSorted(byDate);
}

const isHeld = ({ tagging }: Member): boolean => tagging.hold !== null;

const byDate = (a: Member, b: Member): number =>
  dateOf(a.article).getTime() - dateOf(b.article).getTime() || a.article.id - b.article.id;
