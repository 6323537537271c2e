import type { Amendment } from "#model/amendment.ts";
import type { StoredArticle } from "#model/article.ts";
import { type Tag, type Tagging, tagsOn } from "#model/tag.ts";
import type { Member } from "#pipeline/tell/member.ts";
import type { Db } from "#store/engine/database.ts";
import { amendmentsOf } from "#store/taggings.ts";

/** What the evidence of a tag says that no rule of the pack gave. */
const BY_HAND = "by hand";

type Judged = Pick<Member, "article" | "tagging">;

/** What an article says where `ids` alone may stand on an axis; those that are `added` it says by hand, with or without proof. */
export function amended(
  { article, tagging }: Judged,
  axis: Amendment["axis"],
  ids: readonly string[],
  added: readonly string[] = [],
): Tagging {
  if (axis === "relevance") {
    const relevant = ids.includes("yes");
    return { ...tagging, relevant, support: Number(relevant) };
  }
  const others = tagging.tags.filter((tag) => tag.axis !== axis);
  // Of a stage or a certainty one counts, whatever else the words name.
  const isOne = axis === "stage" || axis === "certainty";
  const byHand = isOne ? ids : added;
  const kept = tagsOn(tagging.tags, axis).filter(({ id }) => !isOne && ids.includes(id) && !byHand.includes(id));
  return { ...tagging, tags: [...others, ...kept, ...byHand.map((id) => tagByHand(article, axis, id))] };
}

/** What an edited article was judged to be, but for what people decided about it before; `earlier` is what it said until now. */
export async function asAmended(tx: Db, judged: Judged, earlier: Tagging): Promise<Tagging> {
  const { article } = judged;
  const amendments = (await amendmentsOf(tx, [article.id])).get(article.id) ?? {};
  return Object.entries(amendments).reduce((tagging, [name, ids]) => {
    const axis = name as Amendment["axis"];
    const given = earlier.tags.filter((tag) => tag.axis === axis && tag.evidence.some(({ rule }) => rule === BY_HAND));
    return amended(
      { article, tagging },
      axis,
      ids,
      given.map(({ id }) => id),
    );
  }, judged.tagging);
}

function tagByHand({ title }: StoredArticle, axis: Tag["axis"], id: string): Tag {
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
