/** What a person called a running dispute, in place of the name that its articles give it. */
export const namesOfSagas = (): readonly string[] => ["alter table sagas add column given_name text"];
