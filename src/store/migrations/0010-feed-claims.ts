/**
 * Numbers the claims on a feed, as those on a delivery are: a worker that lost its claim is told from the one that has it now.
 */
export const feedClaims = (): readonly string[] => ["alter table feeds add column claims integer not null default 0"];
