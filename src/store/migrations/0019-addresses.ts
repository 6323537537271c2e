/** What is remembered of a feed belongs to the address it was learned at. Of what is stored already the address is not known. */
export const addresses = (): readonly string[] => [
  "alter table feeds add column address text",
  "alter table feeds add column answered_by text",
  "alter table feeds add column whole_at bigint",
];
