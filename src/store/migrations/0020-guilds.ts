/** What is kept of a server beside its requests: when it was welcomed, and what its requests have in common. */
export const guilds = (): readonly string[] => [
  "create table guilds (guild_id text primary key, met_at bigint, time_zone text)",
];
