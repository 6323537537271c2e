import type { Amended, Amendment } from "#model/amendment.ts";
import type { StoredArticle } from "#model/article.ts";
import type { Story } from "#model/story.ts";
import { type Tag, type Tagging, tagsOn } from "#model/tag.ts";
import type { Member } from "#pipeline/tell/member.ts";
import { membershipOf } from "#pipeline/tell/membership.ts";
import { addCorrection, type Correction } from "#store/corrections.ts";
import { transact } from "#store/engine/database.ts";
import { noteGrowth } from "#store/outbox/growth.ts";
import { notePlacings } from "#store/placed.ts";
import { saveTagging } from "#store/taggings.ts";
import { createStoryMemory } from "./story-memory.ts";
import { recallStory, tellStoryAfter } from "./tell-story.ts";
import type { World } from "./world.ts";

/** What the evidence of a tag says that no rule of the pack gave. */
const BY_HAND = "by hand";

/**
 * Tags the articles of a story as somebody decided, tells the story anew and records the decision as labelled data.
 * Cards are edited where they stand; nobody is sent a message. Later articles, and edits of these, are tagged by the rules again.
 */
export async function amend(
  { db, pack, clock }: Pick<World, "db" | "pack" | "clock">,
  amendment: Amendment,
): Promise<Amended | null> {
  const { storyId, revision, axis, ids, guildId, createdBy } = amendment;
  const now = clock();
  return transact(db, async (tx) => {
    const found = await recallStory(tx, storyId, createStoryMemory(pack));
    if (found === null) return null;
    const { members } = found.now;
    const after = members.map((member) => ({
      ...member,
      tagging: decided(member, members, found.story, amendment),
    }));
    for (const { article, tagging } of after) await saveTagging(tx, article.id, tagging);
    await notePlacings(
      tx,
      after.map(({ article }) => article.id),
    );
    const tagged = { story: found.story, sagaId: found.story.sagaId, before: found.now, after: membershipOf(after) };
    const { story } = await tellStoryAfter(tagged, { tx, now, pack });
    await noteGrowth(tx, story.id, now);
    const [from, to] = [idsOn(found.story, members, axis), idsOn(story, after, axis)];
    const change = { axis, from, to };
    const kind = KIND_OF[axis];
    const note = `${axis}: ${ids.join(", ") || "none"}`;
    await addCorrection(tx, { storyId, revision, kind, note, guildId, createdBy, applied: change }, now);
    return change;
  });
}

const KIND_OF = {
  point: "tag",
  place: "tag",
  stage: "stage",
  certainty: "stage",
  relevance: "policy",
} as const satisfies Record<Amendment["axis"], Correction["kind"]>;

function idsOn(story: Story, members: readonly Member[], axis: Amendment["axis"]): readonly string[] {
  if (axis === "point") return story.points;
  if (axis === "place") return story.places;
  if (axis === "relevance") return [members.some(({ tagging }) => tagging.relevant) ? "yes" : "no"];
  return [axis === "stage" ? story.stage : story.certainty].flatMap((id) => id ?? []);
}

/** What one article of the story says from now on; a tag that none of them has is given to the one that leads. */
function decided(
  { article, tagging }: Member,
  members: readonly Member[],
  story: Story,
  { axis, ids }: Amendment,
): Tagging {
  if (axis === "relevance") {
    const relevant = ids.includes("yes");
    return { ...tagging, relevant, support: Number(relevant) };
  }
  const others = tagging.tags.filter((tag) => tag.axis !== axis);
  if (axis === "stage" || axis === "certainty")
    return { ...tagging, tags: [...others, ...ids.map((id) => byHand(article, axis, id))] };
  const counts = ({ strength, primary }: Tag) => strength === "strong" && primary;
  const said = new Set(
    members.flatMap((each) =>
      tagsOn(each.tagging.tags, axis)
        .filter(counts)
        .map(({ id }) => id),
    ),
  );
  const added = article.id === story.leadArticleId ? ids.filter((id) => !said.has(id)) : [];
  const kept = tagsOn(tagging.tags, axis).filter(({ id }) => ids.includes(id) && !added.includes(id));
  return { ...tagging, tags: [...others, ...kept, ...added.map((id) => byHand(article, axis, id))] };
}

function byHand({ title }: StoredArticle, axis: Tag["axis"], id: string): Tag {
  const whole = { start: 0, end: title.length };
  const evidence = {
    ...whole,
    field: "title" as const,
    phrase: title,
    sentence: whole,
    rule: BY_HAND,
    reading: "stated" as const,
  };
  return { axis, id, strength: "strong", primary: true, evidence: [evidence] };
}
