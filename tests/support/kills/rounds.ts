import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { sql } from "kysely";
import { type Db, openDatabase, type Where } from "#store/engine/database.ts";

/** What a killed writer had been told was kept. */
type Acknowledged = { readonly written: Set<string>; readonly posted: Set<number> };

/** What is found after the kill, and what of the acknowledged is not. */
export type Verdict = {
  readonly acknowledged: number;
  readonly lost: readonly string[];
  /** Transactions that were kept in part, or that the database's own check calls damaged. */
  readonly damage: readonly string[];
  /** Transactions that were kept although their acknowledgement was cut off. */
  readonly unacknowledged: number;
};

/**
 * Runs a writer, kills it with `kill` after `delayMs` of writing, and looks at what it left. Rounds over one place build on each
 * other: all that was ever acknowledged must still be there.
 */
export async function killRound(
  where: Where,
  before: Acknowledged,
  delayMs: number,
  kill: (writer: ChildProcess) => void | Promise<void>,
): Promise<Verdict> {
  const script = fileURLToPath(new URL("./writer.ts", import.meta.url));
  const writer = spawn(process.execPath, [script, where.url ?? "", where.dataDir], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let printed = "";
  const ended = new Promise<void>((resolve) => writer.on("close", () => resolve()));
  await new Promise<void>((resolve) => {
    writer.stdout.on("data", (chunk: Buffer) => {
      printed += chunk.toString();
      resolve();
    });
    writer.on("close", () => resolve());
  });
  await new Promise((resolve) => setTimeout(resolve, delayMs));
  await kill(writer);
  await ended;
  for (const [, what, which = ""] of printed.matchAll(/^(written|posted) (\d+)\n/gm)) {
    if (what === "written") before.written.add(which);
    else before.posted.add(Number(which));
  }
  return verdictOn(where, before);
}

async function verdictOn(where: Where, acknowledged: Acknowledged): Promise<Verdict> {
  const opening = await openDatabase(where);
  if (opening.kind === "refused") throw new Error(opening.reason);
  const { db, engine, close } = opening.database;
  const damage = await (engine === "sqlite" ? damageOfSqlite : damageOfPostgres)(db);
  const { rows: stories } = await sql<{
    title: string;
    article: string | null;
    words: string | null;
    tags: number;
    revisions: number;
    deliveries: number;
  }>`
    select stories.title, articles.title as article, articles.text as words,
      (select count(*) from tags where tags.article_id = articles.id) as tags,
      (select count(*) from revisions where revisions.story_id = stories.id) as revisions,
      (select count(*) from deliveries where deliveries.story_id = stories.id) as deliveries
    from stories left join members on members.story_id = stories.id left join articles on articles.id = members.article_id`.execute(
    db,
  );
  for (const story of stories) {
    const whole = story.article === story.title && story.words?.startsWith(`Transaction ${story.title}.`) === true;
    if (!whole || story.tags !== 1 || story.revisions !== 1 || story.deliveries !== 1)
      damage.push(`transaction ${story.title} is not whole`);
  }
  const kept = new Set(stories.map(({ title }) => title));
  const posted = await db.selectFrom("deliveries").select("id").where("state", "=", "posted").execute();
  const settled = new Set(posted.map(({ id }) => id));
  await close();
  const lost = [
    ...[...acknowledged.written].filter((title) => !kept.has(title)),
    ...[...acknowledged.posted].filter((id) => !settled.has(id)).map((id) => `posting of ${id}`),
  ];
  return {
    acknowledged: acknowledged.written.size + acknowledged.posted.size,
    lost,
    damage,
    unacknowledged: kept.size - acknowledged.written.size,
  };
}

async function damageOfSqlite(db: Db): Promise<string[]> {
  const { rows } = await sql<{ integrity_check: string }>`pragma integrity_check`.execute(db);
  const orphans = await sql`pragma foreign_key_check`.execute(db);
  await sql`insert into article_words (article_words, rank) values ('integrity-check', 1)`.execute(db);
  const found = rows.map((row) => row.integrity_check).filter((line) => line !== "ok");
  return orphans.rows.length === 0 ? found : [...found, `${orphans.rows.length} rows refer to nothing`];
}

/** By amcheck, where the server has it and lets this user install it: every row, and every index against the rows. */
async function damageOfPostgres(db: Db): Promise<string[]> {
  const { rows: at } = await sql<{ superuser: boolean }>`
    select rolsuper as superuser from pg_roles, pg_available_extensions
    where rolname = current_user and name = 'amcheck'`.execute(db);
  if (at[0]?.superuser !== true) return [];
  await sql`create extension if not exists amcheck schema public`.execute(db);
  const { rows: found } = await sql<{ name: string; am: string }>`
    select pg_class.oid::regclass::text as name, amname as am from pg_class join pg_am on pg_am.oid = relam
    where relnamespace = current_schema()::regnamespace and amname in ('heap', 'btree')`.execute(db);
  const damage: string[] = [];
  for (const { name, am } of found) {
    try {
      if (am === "btree") await sql`select public.bt_index_check(${name}::regclass, true)`.execute(db);
      else if (am === "heap") {
        const { rows } = await sql<{ msg: string }>`select msg from public.verify_heapam(${name}::regclass)`.execute(
          db,
        );
        damage.push(...rows.map(({ msg }) => `${name}: ${msg}`));
      }
    } catch (error) {
      damage.push(`${name}: ${error instanceof Error ? error.message : error}`);
    }
  }
  return damage;
}
