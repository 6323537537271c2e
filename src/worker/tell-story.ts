import { dateOf, type StoredArticle } from "#model/article.ts";
import type { Pack } from "#model/pack.ts";
import type { Movement, Story, SummarySentence } from "#model/story.ts";
import { DAY_MS } from "#model/time.ts";
import type { Reach } from "#model/weights.ts";
import { QUIET_DAYS } from "#pipeline/cluster/cluster.ts";
import { briefOf } from "#pipeline/summarize/brief.ts";
import { mostTelling } from "#pipeline/summarize/change.ts";
import type { Recurrence } from "#pipeline/summarize/recurring.ts";
import { sentencesFrom } from "#pipeline/summarize/summarize.ts";
import type { Member } from "#pipeline/tell/member.ts";
import { joinedBy, type Membership, membershipOf, NO_MEMBERS } from "#pipeline/tell/membership.ts";
import { supersededIn } from "#pipeline/tell/superseded.ts";
import { type Telling, tellStory } from "#pipeline/tell/tell.ts";
import { sagaClosedAt } from "#store/decisions.ts";
import type { Db } from "#store/engine/database.ts";
import { addRevision, type Heard, heardOf, noteSaid, openStory, saveStory, storyById } from "#store/stories.ts";
import { once } from "#text/once.ts";
import type { StoryMemory } from "./story-memory.ts";

/** A card holds two or three sentences: more is not read on a phone. */
export const SUMMARY_SENTENCES = 3;

/** What changed in a story that is to be told anew: its articles as readers know them, and as they are now. */
export type StoryChange = {
  /** Null while it is being opened. */
  readonly story: Story | null;
  readonly sagaId: number | null;
  readonly before: Membership;
  readonly after: Membership;
};

/** A story that `member` opens, in a saga or in a new one. */
export const opening = (member: Member, sagaId: number | null): StoryChange => ({
  story: null,
  sagaId,
  before: NO_MEMBERS,
  after: membershipOf([member]),
});

/**
 * A story as it stands, to which `with` adds a member, or replaces the one whose article was edited: `earlier` is that
 * article's former text. `without` tells it as it is, to readers who do not know some of its articles. Null when there
 * is no such story. Read it before the article's new tags are saved.
 */
export async function recallStory(tx: Db, storyId: number, memory: StoryMemory) {
  const story = await storyById(tx, storyId);
  if (story === null) return null;
  const { sagaId } = story;
  const now = await memory.recall(tx, story.id);
  return {
    story,
    now,
    with(member: Member, earlier?: StoredArticle): StoryChange {
      const others = now.members.filter(({ article }) => article.id !== member.article.id);
      const joins = others.length === now.members.length;
      const after = joins ? joinedBy(now, [member]) : membershipOf([...others, member].sort(byArrival));
      return { story, sagaId, before: earlier === undefined ? now : asItWas(now, earlier), after };
    },
    without(unknown: ReadonlySet<number>): StoryChange {
      const before = membershipOf(now.members.filter(({ article }) => !unknown.has(article.id)));
      return { story, sagaId, before, after: now };
    },
  };
}

const byArrival = (a: Member, b: Member): number => a.article.id - b.article.id;

/** A story before an article of it was edited. */
const asItWas = ({ members }: Membership, earlier: StoredArticle): Membership =>
  membershipOf(members.map((each) => (each.article.id === earlier.id ? { ...each, article: earlier } : each)));

/** A story that was told: what it is now, what readers are to hear of it, and the feeds it was told by. */
export type Told = {
  readonly story: Story;
  readonly movements: readonly Movement[];
  readonly reach: Reach;
  readonly feedIds: readonly string[];
};

/** What a story is told with; `recurrence` is what the feeds repeat, where that is known: a person's correction comes from anywhere. */
type TellWith = {
  readonly tx: Db;
  readonly now: Date;
  readonly pack: Pack;
  readonly recurrence?: Recurrence;
};

/** Tells a story from its articles and stores it, with a new revision when something moved. */
export async function tellStoryAfter(
  { story, sagaId, before, after }: StoryChange,
  { tx, now, pack, recurrence }: TellWith,
): Promise<Told> {
  const { telling, movements, sources, reach } = tellStory(before, after, pack.facets, pack.support);
  const moved = movements.length > 0;
  if (story !== null && moved) await noteSaid(tx, story);
  const summary = summaryOf(telling, sources, after, await heardBy(tx, story, movements), pack, recurrence);
  if (story !== null && !moved && saysOther(story.summary, summary)) await noteSaid(tx, story);
  const over = sagaId === null ? null : await sagaClosedAt(tx, sagaId);
  const closedAt = over ?? (isQuiet(after.voices, now) ? (story?.closedAt ?? now) : null);
  const current = { ...telling, summary, revision: (story?.revision ?? 0) + Number(moved), closedAt };
  const kept =
    story === null ? await openStory(tx, current, sagaId) : { ...current, id: story.id, sagaId: story.sagaId };
  if (story !== null) await saveStory(tx, kept);
  if (moved) {
    const said = summary.map(({ text }) => text);
    await addRevision(tx, { storyId: kept.id, number: kept.revision, at: now, movements }, said);
  }
  return { story: kept, movements, reach, feedIds: [...new Set(after.members.map(({ article }) => article.feedId))] };
}

const saysOther = (before: readonly SummarySentence[], now: readonly SummarySentence[]): boolean =>
  before.length !== now.length || before.some(({ text }, at) => text !== now[at]?.text);

/** What moved the story when its card is to tell it, and what the cards before said. */
async function heardBy(tx: Db, story: Story | null, movements: readonly Movement[]): Promise<Heard> {
  const moved = movements.length > 0;
  if (story === null || (!moved && story.revision < 2)) return { movements, said: [] };
  const heard = await heardOf(tx, story.id, moved);
  return moved ? { ...heard, movements } : heard;
}

/** The sentences of a card: of one that opens a story the best of all sources, of a later one those of the article that moved it. */
export function summaryOf(
  { points }: Telling,
  sources: readonly Member[],
  { members }: Membership,
  { movements, said }: Heard,
  pack: Pack,
  recurrence?: Recurrence,
): readonly SummarySentence[] {
  const wish = {
    maxSentences: SUMMARY_SENTENCES,
    points: points.flatMap((id) => pack.points.find((point) => point.id === id) ?? []),
  };
  const move = mostTelling(movements);
  const mover = members.find(({ article }) => article.id === move?.articleId);
  if (move === null || mover === undefined) return sentencesFrom(briefOf(summarised(sources, null, recurrence), wish));
  const moverFirst = [mover, ...sources.filter((source) => source !== mover)];
  return sentencesFrom(
    briefOf(summarised(moverFirst, mover, recurrence), { ...wish, since: { said, sentence: move.sentence } }),
  );
}

/**
 * Articles as a summary reads them, with the sentences that tell of a state that a later one of them ended: none of `mover`, whose
 * words are the news; and with those that its feed brings with every article.
 */
function summarised(members: readonly Member[], mover: Member | null, recurrence?: Recurrence) {
  const superseded = supersededIn(members);
  return members.map((member) => ({
    ...sourceOf(member),
    superseded: member === mover ? [] : (superseded.get(member.article.id) ?? []),
    recurring: recurrence?.recurringIn(member.article) ?? [],
  }));
}

/** Whether none but copies have come for so long that the development is over. */
function isQuiet(voices: readonly Member[], now: Date): boolean {
  const heard = Math.max(...voices.map(({ article }) => dateOf(article).getTime()));
  return now.getTime() - heard > QUIET_DAYS * DAY_MS;
}

const sourceOf = once(({ article, tagging, primary }: Member) => ({
  id: article.id,
  title: article.title,
  said: article.document?.said,
  text: article.text,
  language: article.language,
  primary,
  evidence: tagging.tags.flatMap(({ evidence }) =>
    evidence.flatMap(({ field, sentence }) => (field === "text" ? [sentence] : [])),
  ),
  stored: article,
}));
