import { dateOf } from "#model/article.ts";
import { textSketch } from "#text/reading.ts";
import { isCopy, type Sketch, sketchKey } from "#text/shingles.ts";
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
  /** Each text that is long enough to have copies, once, however many print it. */
  readonly texts: ReadonlyMap<string, Text>;
};

/** A text, and of those who print it the ones with whom any other is compared: the rest are known to be copies of them. */
type Text = {
  readonly sketch: Sketch;
  /** Who arrived first. */
  readonly first: Member;
  /** With the earliest date of those that are held back, and of those that are not. */
  readonly held: Member | null;
  readonly shown: Member | null;
};

/** What a story has before it opens. */
export const NO_MEMBERS: Membership = {
  members: [],
  voices: [],
  copies: new Set(),
  reprints: new Set(),
  texts: new Map(),
};

/**
 * A story's members with others that join it, none of which it has already. Each is compared with the texts that are there: one article
 * costs a comparison for each text, of which copies to the letter are one.
 */
export function joinedBy(story: Membership, joining: readonly Member[]): Membership {
  const members = [...story.members];
  const copies = new Set(story.copies);
  const reprints = new Set(story.reprints);
  const texts = new Map(story.texts);
  for (const member of joining) {
    const sketch = textSketch(member.article);
    const key = sketchKey(sketch);
    if (key !== null) {
      for (const text of texts.values()) {
        if (!isCopy(sketch, text.sketch)) continue;
        reprints.add(Math.max(member.article.id, text.first.article.id));
        // What is held back takes nobody's voice but that of others held back, for when nothing else speaks.
        const other = isHeld(member) ? text.held : text.shown;
        if (other !== null) copies.add((byDate(other, member) < 0 ? member : other).article.id);
      }
      texts.set(key, printedBy(member, texts.get(key) ?? { sketch, first: member, held: null, shown: null }));
    }
    members.push(member);
  }
  return {
    members: members.sort((a, b) => a.article.id - b.article.id),
    voices: voicesAmong(members, copies),
    copies,
    reprints,
    texts,
  };
}

function printedBy(member: Member, text: Text): Text {
  const earliest = (other: Member | null) => (other !== null && byDate(other, member) < 0 ? other : member);
  const first = member.article.id < text.first.article.id ? member : text.first;
  return isHeld(member)
    ? { ...text, first, held: earliest(text.held) }
    : { ...text, first, shown: earliest(text.shown) };
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
