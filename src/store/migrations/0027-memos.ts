import type { Engine } from "#store/engine/engine.ts";

/**
 * A memo is owed like a post and is of no one story; which stories moved in a time is asked by the time; and times in which a feed could
 * not be read are kept, at most one a day and feed, so that a memo of last week knows of what is mended since.
 */
export const memos = (engine: Engine): readonly string[] => [
  ...(engine === "sqlite" ? rebuilt : ["alter table deliveries alter column story_id drop not null"]),
  // As for stories the constraint is the promise: one memo of a subscription and a day.
  "create unique index deliveries_memo on deliveries (destination, revision) where story_id is null",
  "create index revisions_at on revisions (at)",
  `create table feed_gaps (
    feed_id text not null references feeds (feed_id),
    since bigint not null,
    until bigint not null,
    primary key (feed_id, since)
  )`,
  "create index feed_gaps_until on feed_gaps (until)",
];

const COLUMNS =
  "id, story_id, revision, destination, state, due_at, lease_until, attempts, message_id, reason, settled_at, digest_of, edit_due_at";

/** SQLite drops no constraint of a column: the table is copied, with the number that its next row gets. */
const rebuilt: readonly string[] = [
  `create table deliveries_anew (
    id integer primary key autoincrement,
    story_id bigint references stories (id) on delete cascade,
    revision integer not null,
    destination text not null,
    state text not null,
    due_at bigint not null,
    lease_until bigint not null default 0,
    attempts integer not null default 0,
    message_id text,
    reason text,
    settled_at bigint,
    digest_of bigint,
    edit_due_at bigint,
    unique (story_id, destination, revision)
  )`,
  `insert into deliveries_anew (${COLUMNS}) select ${COLUMNS} from deliveries`,
  "delete from sqlite_sequence where name = 'deliveries_anew'",
  "insert into sqlite_sequence (name, seq) select 'deliveries_anew', seq from sqlite_sequence where name = 'deliveries'",
  "drop table deliveries",
  "alter table deliveries_anew rename to deliveries",
  "create index deliveries_due on deliveries (due_at) where state = 'due'",
  "create index deliveries_queue on deliveries (destination, id) where state = 'due'",
  "create index deliveries_digest on deliveries (digest_of) where digest_of is not null",
  "create index deliveries_outgrown on deliveries (edit_due_at) where edit_due_at is not null",
  "create index deliveries_latest on deliveries (destination, id)",
  "create index deliveries_settled on deliveries (settled_at) where settled_at is not null",
  "create index deliveries_held on deliveries (destination, id) where state = 'held'",
];
