import {
  type Matter,
  type MatterOrder,
  type MatterStep,
  PARTS,
  type Sighting,
  type StandingPart,
} from "#model/matter.ts";
import { fold } from "#text/tokens.ts";
import type { Db } from "./engine/engine.ts";
import { chunks, dateAt, storable } from "./rows.ts";

/** A matter with what it is called, the commonest first, and how many articles are about it. */
export type KnownMatter = Matter & {
  readonly id: number;
  readonly names: readonly string[];
  readonly articleCount: number;
  /** When the first article about it came in; null where none is kept. */
  readonly firstSeenAt: Date | null;
};

/** Replaces what is kept of an article's matters. */
export async function saveSightings(tx: Db, articleId: number, sightings: readonly Sighting[]): Promise<void> {
  await tx.deleteFrom("sightings").where("article_id", "=", articleId).execute();
  await tx.deleteFrom("matter_names").where("article_id", "=", articleId).execute();
  await tx.deleteFrom("matter_parts").where("article_id", "=", articleId).execute();
  for (const sighting of sightings) {
    const matterId = await idOf(tx, sighting);
    const { stage = null, sentence = null } = sighting.step ?? {};
    await tx
      .insertInto("sightings")
      .values({ article_id: articleId, matter_id: matterId, stage, sentence: sentence && storable(sentence) })
      .execute();
    for (const { part, says, day, sentence: said } of sighting.parts) {
      const row = { article_id: articleId, matter_id: matterId, part, says, day, sentence: storable(said) };
      await tx.insertInto("matter_parts").values(row).execute();
    }
    const names = new Map(sighting.names.map((name) => [fold(name), name]));
    for (const [folded, name] of names) {
      const row = { article_id: articleId, matter_id: matterId, folded: storable(folded), name: storable(name) };
      await tx.insertInto("matter_names").values(row).execute();
    }
  }
}

/** The row of a matter, made at its first sight; its page is kept once somebody wrote it so that it names one. */
async function idOf(tx: Db, { key, kind, written, page }: Matter): Promise<number> {
  const row = { key, kind, written: storable(written), page };
  const { id } = await tx
    .insertInto("matters")
    .values(row)
    .onConflict((conflict) =>
      conflict.column("key").doUpdateSet((eb) => ({ page: eb.fn.coalesce("matters.page", "excluded.page") })),
    )
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

/** The matters that go by each of some names, however they are written. */
export async function mattersCalled(
  db: Db,
  names: ReadonlySet<string>,
): Promise<ReadonlyMap<string, readonly Matter[]>> {
  if (names.size === 0) return new Map();
  const foldedOf = new Map([...names].map((name) => [name, storable(fold(name))]));
  const rows = await db
    .selectFrom("matter_names")
    .innerJoin("matters", "matters.id", "matter_names.matter_id")
    .select(["matter_names.folded", "matters.key", "matters.kind", "matters.written", "matters.page"])
    .distinct()
    .where("matter_names.folded", "in", [...new Set(foldedOf.values())])
    .execute();
  return new Map([...foldedOf].map(([name, folded]) => [name, rows.filter((row) => row.folded === folded)]));
}

/** The keys of the matters that the articles of a story are about, that of most articles first. */
export async function matterKeysOf(db: Db, storyId: number): Promise<readonly string[]> {
  const rows = await db
    .selectFrom("members")
    .innerJoin("sightings", "sightings.article_id", "members.article_id")
    .innerJoin("matters", "matters.id", "sightings.matter_id")
    .select("matters.key")
    .where("members.story_id", "=", storyId)
    .groupBy("matters.key")
    .orderBy((eb) => eb.fn.countAll(), "desc")
    .orderBy("matters.key")
    .execute();
  return rows.map(({ key }) => key);
}

/** The matters of these keys, in no order. */
export async function mattersByKey(db: Db, keys: readonly string[]): Promise<KnownMatter[]> {
  const rows: MatterRow[] = [];
  for (const some of chunks(keys))
    rows.push(...(await db.selectFrom("matters").selectAll().where("key", "in", some).execute()));
  return known(db, rows);
}

/** Matters whose number, key or name holds all that was typed. */
export async function mattersNamed(
  db: Db,
  typed: string,
  limit: number,
  order: MatterOrder = "busiest",
): Promise<KnownMatter[]> {
  let query = db.selectFrom("matters").selectAll("matters");
  for (const word of fold(typed).match(/[\p{L}\p{N}]+/gu) ?? []) {
    query = query.where((eb) =>
      eb.or([
        eb(eb.fn("lower", ["matters.key"]), "like", `%${word}%`),
        eb(eb.fn("lower", ["matters.written"]), "like", `%${word}%`),
        eb.exists(
          eb
            .selectFrom("matter_names")
            .select("matter_names.matter_id")
            .whereRef("matter_names.matter_id", "=", "matters.id")
            .where("matter_names.folded", "like", `%${word}%`),
        ),
      ]),
    );
  }
  if (order === "busiest") {
    query = query.orderBy(
      (eb) =>
        eb
          .selectFrom("sightings")
          .select((some) => some.fn.countAll().as("articles"))
          .whereRef("sightings.matter_id", "=", "matters.id"),
      "desc",
    );
  }
  const rows = await query.orderBy("matters.id", "desc").limit(limit).execute();
  return known(db, rows);
}

/** The matters that somebody may mean: that of a key or number, else those whose number or name holds what was typed. */
export async function mattersMeant(db: Db, typed: string, key: string | null, limit: number): Promise<KnownMatter[]> {
  const exact = await mattersByKey(db, [...new Set([typed, key ?? typed])]);
  return exact.length > 0 ? exact : mattersNamed(db, typed, limit);
}

/** The newest stories with an article about a matter, their numbers. */
export async function storiesAbout(db: Db, matterId: number, limit: number): Promise<readonly number[]> {
  const rows = await db
    .selectFrom("sightings")
    .innerJoin("members", "members.article_id", "sightings.article_id")
    .innerJoin("stories", "stories.id", "members.story_id")
    .select(["stories.id", "stories.last_article_at"])
    .distinct()
    .where("sightings.matter_id", "=", matterId)
    .orderBy("stories.last_article_at", "desc")
    .orderBy("stories.id", "desc")
    .limit(limit)
    .execute();
  return rows.map(({ id }) => id);
}

type MatterRow = Matter & { readonly id: number };

/** The same rows with names and counts. */
async function known(db: Db, rows: readonly MatterRow[]): Promise<KnownMatter[]> {
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const names = await db
    .selectFrom("matter_names")
    .select((eb) => ["matter_id", eb.fn.max("name").as("name"), eb.fn.countAll<number>().as("articles")])
    .where("matter_id", "in", ids)
    .groupBy(["matter_id", "folded"])
    .execute();
  const counts = await db
    .selectFrom("sightings")
    .select((eb) => ["matter_id", eb.fn.countAll<number>().as("articles"), eb.fn.min("article_id").as("first")])
    .where("matter_id", "in", ids)
    .groupBy("matter_id")
    .execute();
  const met = new Map(counts.map((count) => [count.matter_id, count]));
  const seen = await firstSeen(
    db,
    counts.map(({ first }) => first),
  );
  return rows.map((row) => ({
    ...row,
    names: names
      .filter(({ matter_id }) => matter_id === row.id)
      .sort((a, b) => Number(b.articles) - Number(a.articles) || (a.name < b.name ? -1 : 1))
      .map(({ name }) => name),
    articleCount: Number(met.get(row.id)?.articles ?? 0),
    firstSeenAt: seen.get(met.get(row.id)?.first ?? 0) ?? null,
  }));
}

/** When each of some articles came in. */
async function firstSeen(db: Db, ids: readonly number[]): Promise<ReadonlyMap<number, Date>> {
  const seen = new Map<number, Date>();
  for (const some of chunks(ids)) {
    const rows = await db.selectFrom("articles").select(["id", "first_seen_at"]).where("id", "in", some).execute();
    for (const { id, first_seen_at } of rows) seen.set(id, dateAt(first_seen_at));
  }
  return seen;
}

/** How a matter came to where it stands: the first article of each stage, in the order of their dates. */
export async function stepsOf(db: Db, matterId: number): Promise<MatterStep[]> {
  const rows = await db
    .selectFrom("sightings")
    .innerJoin("articles", "articles.id", "sightings.article_id")
    .select((eb) => [
      "sightings.stage",
      "sightings.sentence",
      "articles.id",
      "articles.url",
      eb.fn.coalesce("articles.published_at", "articles.first_seen_at").as("at"),
    ])
    .where("sightings.matter_id", "=", matterId)
    .where("sightings.stage", "is not", null)
    .orderBy("at")
    .orderBy("articles.id")
    .execute();
  const changes = rows.filter(({ stage }, at) => stage !== rows[at - 1]?.stage);
  return changes.map(({ stage, sentence, id, url, at }) => ({
    at: dateAt(at),
    stage: stage!,
    sentence: sentence ?? "",
    articleId: id,
    url,
  }));
}

/** How a law stands now, by part, as the newest article that says so has it; each with that article's address. */
export async function standingOf(
  db: Db,
  matterId: number,
): Promise<readonly (StandingPart & { readonly articleId: number; readonly url: string })[]> {
  const rows = await db
    .selectFrom("matter_parts")
    .innerJoin("articles", "articles.id", "matter_parts.article_id")
    .select((eb) => [
      "matter_parts.part",
      "matter_parts.says",
      "matter_parts.day",
      "matter_parts.sentence",
      "articles.id",
      "articles.url",
      eb.fn.coalesce("articles.published_at", "articles.first_seen_at").as("at"),
    ])
    .where("matter_parts.matter_id", "=", matterId)
    .orderBy("at", "desc")
    .orderBy("articles.id", "desc")
    .execute();
  return PARTS.flatMap((part) => {
    const newest = rows.find((row) => row.part === part);
    if (newest === undefined) return [];
    const { says, day, sentence, id: articleId, url } = newest;
    return [{ part, says, day, sentence, articleId, url }];
  });
}

/** Deletes matters that no article is about any more. Returns how many. */
export async function dropMatters(db: Db): Promise<number> {
  const result = await db
    .deleteFrom("matters")
    .where((eb) =>
      eb.not(
        eb.exists(
          eb.selectFrom("sightings").select("sightings.matter_id").whereRef("sightings.matter_id", "=", "matters.id"),
        ),
      ),
    )
    .executeTakeFirst();
  return Number(result.numDeletedRows);
}
