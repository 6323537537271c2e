/** What many workers share, and what pruning looks for. The worker's lock is a file's since. */
export const sharing = (): readonly string[] => [
  "create table schedules (name text primary key, ran_at bigint not null)",
  "create table turns (domain text primary key, next_at bigint not null)",
  "drop table locks",
  "create index articles_with_text on articles (first_seen_at) where text <> ''",
  "create index deliveries_settled on deliveries (settled_at) where settled_at is not null",
];
