/** What a hosted model cost, by UTC day: a row a day, kept for good. */
export const spending = (): readonly string[] => [
  `create table spending (
    day text primary key,
    calls bigint not null,
    input_tokens bigint not null,
    output_tokens bigint not null
  )`,
];
