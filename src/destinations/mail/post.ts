import type { Means } from "../kind.ts";
import type { Sent } from "../message.ts";
import type { Mail } from "./message.ts";
import type { Server } from "./settings.ts";
import { type HandedIn, handIn, type Rejected } from "./smtp.ts";

/** The size of a mail is more than the server takes (RFC 1870): of no other mail is that said. */
const TOO_BIG = 552;

/** A mailbox is full, which is also said for good (RFC 5321, 4.2.3), and passes. */
const isPassing = (reply: number): boolean => reply < 500 || reply === TOO_BIG;

/** Mails of which some have had a copy, and others are to get one: whoever sends more at a time forgets the oldest. */
const MOST_PARTED = 1_000;

/**
 * Hands mails in at one server. Of several addresses those that are refused for now are tried again, and those that have it are not
 * sent it twice while this process lives; later they would know it again by its Message-ID.
 */
export function createPost(server: Server, means: Pick<Means, "lookup" | "deadlines" | "log">) {
  const reached = new Map<string, ReadonlySet<string>>();
  return async (key: string, mail: Mail): Promise<Sent> => {
    const have = reached.get(key) ?? new Set<string>();
    const to = mail.envelope.to.filter((address) => !have.has(address));
    const handed = await handIn({ ...mail, envelope: { ...mail.envelope, to } }, server, means);
    const later = handed.rejected.filter(({ reply }) => isPassing(reply));
    const never = handed.rejected.filter(({ reply }) => !isPassing(reply));
    // Where others have it, that the last are refused for good ends it.
    const isEnd = have.size > 0 && never.length === to.length;
    if (handed.kind === "failed" && !isEnd) return sentOf(handed);
    const accepted = handed.kind === "taken" ? handed.accepted : [];
    if (never.length > 0) means.log.warn("a mail server does not take some addresses", { refused: never.map(textOf) });
    reached.delete(key);
    if (later.length === 0) return { kind: "sent", messageId: mail.messageId };
    reached.set(key, new Set([...have, ...accepted, ...never.map(({ address }) => address)]));
    for (const oldest of [...reached.keys()].slice(0, -MOST_PARTED)) reached.delete(oldest);
    return {
      kind: "later",
      afterMs: null,
      unsure: false,
      reason: `Not taken for now: ${later.map(textOf).join(", ")}`,
    };
  };
}

const textOf = ({ address, reply }: Rejected): string => `${address} (${reply})`;

/** What a failure means: a server that answers 4 comes round, one that answers 5 to who sends or to all addresses waits for people. */
function sentOf({ at, reply, rejected, begun, reason }: Extract<HandedIn, { kind: "failed" }>): Sent {
  const later: Sent = { kind: "later", afterMs: null, unsure: begun, reason };
  if (reply === null) return at === "auth" ? { kind: "closed", reason } : later;
  if (reply < 500) return later;
  switch (at) {
    case "content":
      return { kind: "refused", reason };
    case "sender":
      return reply === TOO_BIG ? { kind: "refused", reason } : { kind: "closed", reason };
    case "recipients":
      return rejected.some((one) => isPassing(one.reply)) ? later : { kind: "closed", reason };
    case "auth":
      return { kind: "closed", reason };
    case "connect":
      return later;
  }
}
