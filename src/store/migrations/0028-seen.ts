/** When each feed brought something, without a look at the articles. */
export const seen = (): readonly string[] => ["create index articles_seen on articles (first_seen_at, feed_id)"];
