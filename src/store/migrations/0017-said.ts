/** The sentences that the card of a revision said, as it opened and as the next one found it, so that none is said again. */
export const said = (): readonly string[] => ["alter table revisions add column said text not null default '[]'"];
