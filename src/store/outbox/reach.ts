import { type Expression, type RawBuilder, type SqlBool, sql } from "kysely";
import type { Reach } from "#model/destination.ts";
import { TERMINAL } from "#model/subscription.ts";

/**
 * Whether a poster reaches the destination whose key stands in a column. What a digest or a memo is of its subscription tells; one that
 * nobody asks for any more is within anybody's reach that posts digests, to be dropped.
 */
export function isWithin(column: string, reach: Reach): Expression<SqlBool> {
  const key = sql.ref<string>(column);
  if (reach === "terminal") return sql<SqlBool>`${key} = ${TERMINAL}`;
  const channel = channelOf(key);
  if (reach === "channels") return sql<SqlBool>`coalesce(${channel}, '') not like '%:%' and ${key} <> ${TERMINAL}`;
  return sql<SqlBool>`coalesce(${channel}, ${`${reach.kind}:`}) like ${`${reach.kind}:%`}`;
}

/** The channel, or what stands in its place, that a key is of: as `keyOf` writes keys. */
const channelOf = (key: RawBuilder<string>): RawBuilder<string | null> => sql`case
  when ${key} like 'digest:%' then ${askedBy(key, "digest:")}
  when ${key} like 'memo:%' then ${askedBy(key, "memo:")}
  when ${key} like 'overflow:%' then substr(${key}, ${"overflow:".length + 1})
  when ${key} like 'reminders:%' then substr(${key}, ${"reminders:".length + 1})
  else ${key} end`;

const askedBy = (key: RawBuilder<string>, prefix: string) =>
  sql`(select destination from subscriptions where id = cast(substr(${key}, ${prefix.length + 1}) as bigint))`;
