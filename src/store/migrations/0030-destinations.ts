/** Where it goes beside Discord and the terminal; what is secret of it is sealed. */
export const destinations = (): readonly string[] => [
  `create table destinations (
    name text primary key,
    kind text not null,
    leads_to text not null,
    sealed text not null,
    guild_id text,
    created_at bigint not null,
    created_by text,
    paused_at bigint,
    pause_reason text
  )`,
];
