/** The delivery that last mentioned a subscription's role, so that each try of it may. */
export const mentionedBy = (): readonly string[] => ["alter table subscriptions add column mentioned_by bigint"];
