/** Where what is to be said to a place was last tried, until when that may still be carried out, and which attempt tried it. */
export const tries = (): readonly string[] => [
  "create table tries (key text primary key, attempt bigint not null, place text, until bigint not null)",
];
