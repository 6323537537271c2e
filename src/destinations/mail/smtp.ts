import { once } from "node:events";
import { connect, type LookupFunction, type Socket } from "node:net";
import { Readable } from "node:stream";
import { createTransport, type NodemailerError } from "nodemailer";
import type { Means } from "../kind.ts";
import { type Deadlines, PATIENT } from "../send.ts";
import type { Mail } from "./message.ts";
import type { Server } from "./settings.ts";

/** What became of handing a mail in. */
export type HandedIn =
  /** To those that are `accepted` it is on its way. */
  | { readonly kind: "taken"; readonly accepted: readonly string[]; readonly rejected: readonly Rejected[] }
  /**
   * It was not taken: `reply` is the server's number, null where the way to it failed; `at` is what was asked when it did. `begun` where
   * the mail itself had left.
   */
  | {
      readonly kind: "failed";
      readonly at: "connect" | "auth" | "sender" | "recipients" | "content";
      readonly reply: number | null;
      readonly rejected: readonly Rejected[];
      readonly begun: boolean;
      readonly reason: string;
    };

/** An address that the server did not take, and its number for that. */
export type Rejected = { readonly address: string; readonly reply: number };

/** Hands one mail in, over a connection of its own. Where TLS is not to be had, nothing is said. */
export async function handIn(
  mail: Mail,
  server: Server,
  { lookup, deadlines = PATIENT }: Pick<Means, "lookup" | "deadlines">,
): Promise<HandedIn> {
  const bytes = await bytesOf(mail);
  let begun = false;
  // Asked for when the server waits for it, and not before.
  async function* leaving() {
    begun = true;
    yield bytes;
  }
  try {
    const signal = AbortSignal.timeout(deadlines.totalMs);
    const connection = await dial(server, lookup, deadlines);
    const { accepted, rejectedErrors = [] } = await createTransport({
      ...optionsOf(server, deadlines),
      ...over(connection),
    }).sendMail({
      envelope: mail.envelope,
      raw: Readable.from(leaving()),
      signal,
    });
    return { kind: "taken", accepted: accepted.map(String), rejected: rejectedErrors.flatMap(rejectionOf) };
  } catch (error) {
    return failureOf(error, begun);
  }
}

/** The whole of a mail, as it goes over the wire. */
export async function bytesOf(mail: Mail): Promise<Buffer> {
  const composer = createTransport({ streamTransport: true, buffer: true, newline: "windows" });
  const { message } = await composer.sendMail(mail);
  return message as Buffer;
}

const optionsOf = ({ host, port, isTls, isLoopback, auth }: Server, { connectMs, totalMs }: Deadlines) => ({
  host,
  port,
  secure: isTls,
  // A mail server on this machine has a certificate that proves nothing, if any.
  ...(isLoopback ? { ignoreTLS: true } : { requireTLS: true }),
  ...(auth === null ? {} : { auth }),
  tls: { minVersion: "TLSv1.2" as const, rejectUnauthorized: true },
  connectionTimeout: connectMs,
  greetingTimeout: connectMs,
  socketTimeout: totalMs,
  disableFileAccess: true,
  disableUrlAccess: true,
});

/** A connection to an address of the server that may be dialled; this machine is dialled as it stands. */
async function dial(
  { host, port, isLoopback }: Server,
  lookup: LookupFunction,
  { connectMs }: Deadlines,
): Promise<Socket> {
  const socket = connect({ host, port, autoSelectFamily: true, ...(isLoopback ? {} : { lookup }) });
  const late = setTimeout(() => socket.destroy(new Error("no connection in time")), connectMs);
  try {
    await once(socket, "connect");
    return socket;
  } finally {
    clearTimeout(late);
  }
}

/** nodemailer speaks over this connection, opens none of its own, and closes it. */
const over = (connection: Socket) => ({
  getSocket: (_: unknown, done: (error: null, options: { connection: Socket }) => void) => done(null, { connection }),
});

const rejectionOf = ({ recipient, responseCode }: NodemailerError): readonly Rejected[] =>
  recipient === undefined || responseCode === undefined ? [] : [{ address: recipient, reply: responseCode }];

/** What nodemailer had asked for when it failed; the rest is connecting, greeting and TLS. */
const STEPS: Readonly<Record<string, Extract<HandedIn, { kind: "failed" }>["at"]>> = {
  "MAIL FROM": "sender",
  "RCPT TO": "recipients",
  DATA: "content",
};

function failureOf(thrown: unknown, begun: boolean): HandedIn {
  if (!(thrown instanceof Error)) throw thrown;
  const { code, command = "", responseCode, rejectedErrors = [], message } = thrown as NodemailerError;
  return {
    kind: "failed",
    at: code === "EAUTH" ? "auth" : (STEPS[command] ?? "connect"),
    reply: responseCode ?? null,
    rejected: rejectedErrors.flatMap(rejectionOf),
    // Who refuses has not taken it; who falls silent may have.
    begun: begun && responseCode === undefined,
    reason: message,
  };
}
