import type { Library } from "#answers/question.ts";
import { keyOfNamed, type NamedDestination } from "#model/destination.ts";
import { destinationOf } from "#model/subscription.ts";
import { filterWords } from "#pipeline/filter-words.ts";
import { namedDestinations } from "#store/destinations.ts";
import type { Db } from "#store/engine/database.ts";
import { deliveriesIn } from "#store/outbox/deliveries.ts";
import { subscriptionsOf } from "#store/subscriptions.ts";
import { mannerParts } from "#text/asked-times.ts";
import { dateText } from "#text/calendar.ts";
import type { Workshop } from "./workshop.ts";

/** Kinds with what each asks for. */
export async function kindsText(workshop: Workshop): Promise<string> {
  const parts: string[] = [];
  for (const name of workshop.kinds) {
    const kind = await workshop.describe(name);
    if (kind === null) continue;
    const fields = kind.fields.map(
      (field) =>
        `  ${field.name}${field.secret === true ? " (secret)" : ""}${field.optional ? " (may be left out)" : ""}: ${field.asks}\n`,
    );
    parts.push(`${name}: ${kind.does}\n${fields.join("")}`);
  }
  return parts.join("");
}

const standText = ({ pausedAt, pauseReason }: NamedDestination): string =>
  pausedAt === null ? "active" : `paused since ${dateText(pausedAt)}: ${pauseReason ?? ""}`;

export async function listText(db: Db, workshop: Workshop): Promise<string> {
  const all = await namedDestinations(db);
  if (all.length === 0)
    return "There are no destinations yet: `policywire destinations add KIND --name NAME` sets one up.\n";
  const lines: string[] = [];
  for (const one of all) {
    const requests = (await subscriptionsOf(db, { destination: keyOfNamed(one) })).length;
    const known = await workshop.typed(one);
    const stands = known.kind === "refused" ? known.faults.join(" ") : standText(one);
    lines.push([one.name, one.kind, one.leadsTo, `${requests} request${requests === 1 ? "" : "s"}`, stands].join("\t"));
  }
  return `${lines.join("\n")}\n`;
}

/** One with its settings, secrets left out, its requests, and how it last went. */
export async function shownText(one: NamedDestination, { db, pack }: Library, workshop: Workshop): Promise<string> {
  const kind = await workshop.describe(one.kind);
  const known = await workshop.typed(one);
  const settings =
    known.kind === "refused"
      ? known.faults
      : (kind?.fields ?? []).map(
          ({ name, secret }) => `${name}: ${secret === true ? "(secret)" : (known.typed[name] ?? "(none)")}`,
        );
  const requests = await subscriptionsOf(db, { destination: keyOfNamed(one) });
  return `${[
    `${one.name}: ${one.kind}, leads to ${one.leadsTo}; ${standText(one)}`,
    `Set up on ${dateText(one.createdAt)}${one.createdBy === null ? "" : ` by ${one.createdBy}`}; ${one.guildId === null ? "the operators' alone" : `the managers of server ${one.guildId} may use it`}.`,
    ...settings,
    ...requests.map(
      ({ id, filter, manner, pausedAt }) =>
        `Request ${id}: ${filterWords(filter, pack)}: ${mannerParts(manner).join(", ")}${pausedAt === null ? "" : " (paused)"}`,
    ),
    ...(await lastly(one, requests, db)),
  ].join("\n")}\n`;
}

async function lastly(one: NamedDestination, requests: Awaited<ReturnType<typeof subscriptionsOf>>, db: Db) {
  const destinations = [keyOfNamed(one), ...requests.map(destinationOf)];
  const newest = async (state: Parameters<typeof deliveriesIn>[1]) =>
    (await deliveriesIn(db, state, { limit: 1, destinations }))[0];
  const posted = await newest("posted");
  const waiting = [await newest("due"), await newest("held"), await newest("dead")];
  const failed = waiting.find((delivery) => delivery?.reason != null);
  return [
    posted?.settledAt == null ? "Nothing was sent yet." : `Last sent on ${dateText(posted.settledAt)}.`,
    ...(failed === undefined ? [] : [`Last failure (${failed.state}): ${failed.reason}`]),
  ];
}
