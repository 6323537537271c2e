import type { Db } from "#store/engine/database.ts";
import { noteTry, TRY_MS, type Try, takeOver } from "#store/outbox/tries.ts";
import type { Message, Sent } from "./message.ts";

type Noting = { readonly db: Db; readonly clock: () => Date };

/**
 * Sends to what knows no message again. A lost answer leaves open whether it arrived; nothing can be asked, and to leave it at that could
 * lose news. So it is sent again and says that it may be a repetition; but each try is noted before, and none begins before an earlier one
 * is sure to be over.
 */
export async function sendUnknowing(
  message: Message,
  attempt: number,
  send: (message: Message) => Promise<Sent>,
  { db, clock }: Noting,
): Promise<Sent> {
  const now = clock();
  const taken = attempt > 1 ? await takeOver(db, message.key, attempt, now) : { last: null };
  if (taken === null) return later(0, "A later try is under way.");
  const { last } = taken;
  if (last !== null && last.until > now)
    return later(last.until.getTime() - now.getTime(), "An earlier try, whose answer was lost, may be under way yet.");
  const begun: Try = { place: message.destination, until: new Date(now.getTime() + TRY_MS) };
  if (!(await noteTry(db, message.key, attempt, begun))) return later(0, "A later try is under way.");
  const sent = await send({ ...message, mayRepeat: last !== null });
  const isSure = sent.kind !== "sent" && !(sent.kind === "later" && sent.unsure);
  if (isSure) await noteTry(db, message.key, attempt, last);
  return sent;
}

const later = (afterMs: number, reason: string): Sent => ({ kind: "later", afterMs, unsure: false, reason });
