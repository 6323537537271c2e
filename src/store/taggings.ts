import { z } from "zod";
import { AMENDED_AXES, type Amendments } from "#model/amendment.ts";
import { AXES, type Evidence, MOODS, type Tag, type Tagging } from "#model/tag.ts";
import type { Db } from "./engine/engine.ts";
import { chunks, readJson, readWord } from "./rows.ts";
import type { TagRow } from "./tables.ts";

const spanSchema = z.object({ start: z.number(), end: z.number() });

const evidenceSchema: z.ZodType<Evidence[]> = z.array(
  spanSchema.extend({
    field: z.enum(["title", "text"]),
    phrase: z.string(),
    sentence: spanSchema,
    rule: z.string(),
    reading: z.enum(MOODS),
  }),
);

const amendmentsSchema: z.ZodType<Amendments> = z.partialRecord(z.enum(AMENDED_AXES), z.array(z.string()));

/** Notes what tagging says of articles that are new. */
export async function addTaggings(tx: Db, taggings: ReadonlyMap<number, Tagging>): Promise<void> {
  const rows = [...taggings].map(([id, tagging]) => ({ article_id: id, ...rowOf(tagging), decided: null }));
  for (const some of chunks(rows)) await tx.insertInto("taggings").values(some).execute();
  await addTags(tx, [...taggings].flatMap(tagRowsOf));
}

/** Replaces what tagging says of an article; what people decided about it stays noted. */
export async function saveTagging(tx: Db, articleId: number, tagging: Tagging): Promise<void> {
  const said = rowOf(tagging);
  await tx
    .insertInto("taggings")
    .values({ article_id: articleId, ...said })
    .onConflict((conflict) => conflict.column("article_id").doUpdateSet(said))
    .execute();
  await tx.deleteFrom("tags").where("article_id", "=", articleId).execute();
  await addTags(tx, tagRowsOf([articleId, tagging]));
}

/** Notes what people decided about articles that are tagged, on one axis; what they decided on others stays. */
export async function noteAmended(tx: Db, articleIds: readonly number[], decided: Amendments): Promise<void> {
  for (const [articleId, known] of await amendmentsOf(tx, articleIds))
    await tx
      .updateTable("taggings")
      .set({ decided: JSON.stringify({ ...known, ...decided }) })
      .where("article_id", "=", articleId)
      .execute();
}

/** What people decided about articles; an article that was never tagged is left out. */
export async function amendmentsOf(db: Db, articleIds: readonly number[]): Promise<Map<number, Amendments>> {
  const found = new Map<number, Amendments>();
  for (const ids of chunks(articleIds)) {
    const rows = await db
      .selectFrom("taggings")
      .select(["article_id", "decided"])
      .where("article_id", "in", ids)
      .execute();
    for (const { article_id: id, decided } of rows)
      found.set(id, decided === null ? {} : readJson(amendmentsSchema, decided, `taggings.decided of article ${id}`));
  }
  return found;
}

const rowOf = ({ relevant, support, hold }: Tagging) => ({ relevant: Number(relevant), support, hold });

const tagRowsOf = ([articleId, { tags }]: readonly [number, Tagging]): TagRow[] =>
  tags.map((tag) => ({
    article_id: articleId,
    axis: tag.axis,
    tag_id: tag.id,
    strength: tag.strength,
    is_primary: Number(tag.primary),
    evidence: JSON.stringify(tag.evidence),
  }));

async function addTags(tx: Db, rows: readonly TagRow[]): Promise<void> {
  for (const some of chunks(rows, 100)) await tx.insertInto("tags").values(some).execute();
}

/** What tagging said of each article; an article that was never tagged is left out. */
export async function taggingsOf(db: Db, articleIds: readonly number[]): Promise<Map<number, Tagging>> {
  const taggings = new Map<number, Tagging>();
  for (const ids of chunks(articleIds)) {
    const tags = new Map<number, Tag[]>(ids.map((id) => [id, []]));
    const rows = await db
      .selectFrom("tags")
      .selectAll()
      .where("article_id", "in", ids)
      .orderBy("article_id")
      .orderBy("axis")
      .orderBy("tag_id")
      .execute();
    for (const row of rows) {
      tags.get(row.article_id)?.push({
        axis: readWord(AXES, row.axis, "tags.axis"),
        id: row.tag_id,
        strength: readWord(["strong", "weak"], row.strength, "tags.strength"),
        primary: row.is_primary === 1,
        evidence: readJson(evidenceSchema, row.evidence, `tags.evidence of article ${row.article_id}`),
      });
    }
    for (const { article_id, relevant, support, hold } of await db
      .selectFrom("taggings")
      .selectAll()
      .where("article_id", "in", ids)
      .execute()) {
      taggings.set(article_id, { relevant: relevant === 1, support, hold, tags: tags.get(article_id) ?? [] });
    }
  }
  return taggings;
}

/** How many articles are no policy on the topic, and how many are held back, by what they say of themselves. */
export async function taggingCounts(db: Db): Promise<{
  readonly irrelevant: number;
  readonly held: readonly { readonly hold: string; readonly articles: number }[];
}> {
  const rows = await db
    .selectFrom("taggings")
    .select((eb) => ["relevant", "hold", eb.fn.countAll<number>().as("articles")])
    .groupBy(["relevant", "hold"])
    .execute();
  const irrelevant = rows.filter(({ relevant, hold }) => relevant === 0 && hold === null);
  const holds = Map.groupBy(
    rows.filter(({ hold }) => hold !== null),
    ({ hold }) => hold as string,
  );
  const count = (some: typeof rows) => some.reduce((sum, { articles }) => sum + Number(articles), 0);
  return {
    irrelevant: count(irrelevant),
    held: [...holds].map(([hold, some]) => ({ hold, articles: count(some) })),
  };
}
