/** What was changed by a correction, for those that were applied. */
export const amendments = (): readonly string[] => ["alter table corrections add column applied text"];
