/** Turns are those of sites, hosts, channels and roles: the column says no longer that all are domains. */
export const keysOfTurns = (): readonly string[] => ['alter table turns rename column domain to "key"'];
