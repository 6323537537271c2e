/** Who said what in an article. `speaker_key` is the name as it is looked for: small letters without accents, a blank before each word. */
export const quotes = (): readonly string[] => [
  `create table quotes (
    article_id bigint not null references articles (id) on delete cascade,
    number integer not null,
    kind text not null,
    speaker text not null,
    speaker_key text not null,
    office text,
    parts text not null,
    spans text not null,
    point text,
    side text,
    at bigint not null,
    primary key (article_id, number)
  )`,
  // Newest first; the names beside the times, so that a look-up of one reads this alone.
  "create index quotes_at on quotes (at, article_id, number, speaker_key)",
];
