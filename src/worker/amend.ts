import type { Amended, Amendment } from "#model/amendment.ts";
import type { Story } from "#model/story.ts";
import { type Tag, type Tagging, tagsOn } from "#model/tag.ts";
import type { Member } from "#pipeline/tell/member.ts";
import { membershipOf } from "#pipeline/tell/membership.ts";
import { addCorrection, type Correction } from "#store/corrections.ts";
import { transact } from "#store/engine/database.ts";
import { noteGrowth } from "#store/outbox/growth.ts";
import { withdraw } from "#store/outbox/owed.ts";
import { notePlacings } from "#store/placed.ts";
import { noteAmended, saveTagging } from "#store/taggings.ts";
import { amended } from "./amended.ts";
import { createStoryMemory } from "./story-memory.ts";
import { recallStory, tellStoryAfter } from "./tell-story.ts";
import type { World } from "./world.ts";

/**
 * Tags the articles of a story as somebody decided, tells the story anew and records the decision as labelled data.
 * Cards are edited where they stand; nobody is sent a message, and what is due of a story that is no policy news is withdrawn. It
 * holds when one of these articles is edited; later ones are judged by themselves.
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
    const articleIds = after.map(({ article }) => article.id);
    await noteAmended(tx, articleIds, { [axis]: ids });
    await notePlacings(tx, articleIds);
    const tagged = { story: found.story, sagaId: found.story.sagaId, before: found.now, after: membershipOf(after) };
    const { story } = await tellStoryAfter(tagged, { tx, now, pack });
    await noteGrowth(tx, story.id, now);
    if (axis === "relevance" && !ids.includes("yes"))
      await withdraw(tx, story.id, ["due", "held"], "Somebody decided that it is no policy news.", now);
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
function decided(member: Member, members: readonly Member[], story: Story, { axis, ids }: Amendment): Tagging {
  if (axis !== "point" && axis !== "place") return amended(member, axis, ids);
  const counts = ({ strength, primary }: Tag) => strength === "strong" && primary;
  const said = new Set(
    members.flatMap((each) =>
      tagsOn(each.tagging.tags, axis)
        .filter(counts)
        .map(({ id }) => id),
    ),
  );
  const added = member.article.id === story.leadArticleId ? ids.filter((id) => !said.has(id)) : [];
  return amended(member, axis, ids, added);
}
