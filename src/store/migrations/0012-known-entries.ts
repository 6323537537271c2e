/** What a feed listed last, and when all that it listed was last compared with the store: nothing of either is known yet. */
export const knownEntries = (): readonly string[] => [
  "alter table feeds add column known_entries text not null default ''",
  "alter table feeds add column compared_at bigint",
];
