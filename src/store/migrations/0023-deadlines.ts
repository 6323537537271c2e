/**
 * The days to come that articles set, counted from 1970, with the sentences as they stood there: a text is emptied long before some
 * of its days come. Which story one is of follows from its article.
 */
export const deadlines = (): readonly string[] => [
  `create table deadlines (
    article_id bigint not null references articles (id) on delete cascade,
    occasion text not null,
    day integer not null,
    change text not null,
    from_day integer,
    tentative integer not null,
    quote text not null,
    sentence_start integer not null,
    sentence_end integer not null,
    date_start integer not null,
    date_end integer not null,
    base text,
    primary key (article_id, occasion, day)
  )`,
  "create index deadlines_day on deadlines (day)",
];
