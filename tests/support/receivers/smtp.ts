import type { AddressInfo, Socket } from "node:net";
import PostalMime, { type Email } from "postal-mime";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";

/** A mail as it arrived, and as a reader of mail shows it. */
export type ArrivedMail = { readonly to: readonly string[]; readonly raw: string; readonly read: Email };

/** How the server behaves to one connection: what it replies, and what becomes of a mail that it has read to its end. */
export type SmtpFaults = {
  readonly greeting?: number;
  readonly sender?: number;
  /** By the address; undefined takes it. */
  readonly recipient?: (address: string) => number | undefined;
  readonly content?: number;
  /** `hang-up`: closes without a word. `hang`: says nothing for ever. */
  readonly manner?: "hang-up" | "hang";
  /** Whether the mail is kept in spite of that, and after how many milliseconds. */
  readonly keptAfterMs?: number;
};

export type SmtpOptions = {
  /** Who may hand in; nobody is asked where it is left out. */
  readonly user?: { readonly name: string; readonly password: string };
  readonly tls?: { readonly key: string; readonly cert: string; readonly isImplicit: boolean };
};

const refusal = (reply: number) => Object.assign(new Error("No"), { responseCode: reply });

/** Lines longer than this, and bytes beyond ASCII, are what servers refuse or spoil (RFC 5321, RFC 5322). */
const MAX_LINE = 998;

/** What a strict server would refuse in a mail. */
export function mailProblems(raw: string): readonly string[] {
  const lines = raw.split("\r\n");
  const [head = ""] = raw.split("\r\n\r\n", 1);
  const names = head
    .replace(/\r\n[ \t]+/g, " ")
    .split("\r\n")
    .map((line) => line.slice(0, line.indexOf(":")).toLowerCase());
  const once = [
    "from",
    "to",
    "date",
    "message-id",
    "subject",
    "mime-version",
    "list-id",
    "list-unsubscribe",
    "auto-submitted",
  ];
  return [
    ...(lines.some((line) => line.length > MAX_LINE) ? ["a line is too long"] : []),
    ...(lines.some((line) => /[\r\n]/.test(line)) ? ["a line break is no CRLF"] : []),
    ...(/[^\p{ASCII}]|\p{Cc}/u.test(raw.replace(/[\r\n\t]/g, "")) ? ["a byte is no ASCII"] : []),
    ...once.filter((name) => names.filter((one) => one === name).length !== 1).map((name) => `${name} stands not once`),
    ...names.filter((name) => !/^[\x21-\x39\x3b-\x7e]+$/.test(name)).map((name) => `${name} is no header`),
  ];
}

/** A mail server on loopback. A mailbox keeps one mail of a Message-ID, as readers of mail show it. */
export async function startSmtp(options: SmtpOptions = {}, faultsAt: () => SmtpFaults = () => ({})) {
  let behaviour = faultsAt;
  const chosen = new Map<string, SmtpFaults>();
  const faultsOf = ({ id }: { readonly id: string }) => chosen.get(id) ?? {};
  const arrived: ArrivedMail[] = [];
  const sockets = new Map<number | undefined, Socket>();
  const settings: SMTPServerOptions = {
    disabledCommands: [
      ...(options.user === undefined ? ["AUTH" as const] : []),
      ...(options.tls === undefined ? ["STARTTLS" as const] : []),
    ],
    ...(options.tls === undefined
      ? { allowInsecureAuth: true }
      : { key: options.tls.key, cert: options.tls.cert, secure: options.tls.isImplicit }),
    authOptional: options.user === undefined,
    closeTimeout: 1,
    onConnect: (session, done) => {
      const faults = behaviour();
      chosen.set(session.id, faults);
      done(faults.greeting === undefined ? null : refusal(faults.greeting));
    },
    onClose: ({ id }) => chosen.delete(id),
    onAuth: ({ username, password }, _, done) => {
      const isRight = username === options.user?.name && password === options.user?.password;
      if (isRight) done(null, { user: username });
      else done(refusal(535));
    },
    onMailFrom: (_, session, done) => {
      const { sender } = faultsOf(session);
      done(sender === undefined ? null : refusal(sender));
    },
    onRcptTo: ({ address }, session, done) => {
      const reply = faultsOf(session).recipient?.(address);
      done(reply === undefined ? null : refusal(reply));
    },
    onData: (stream, session, done) => {
      const parts: Buffer[] = [];
      stream.on("data", (part: Buffer) => parts.push(part));
      stream.on("end", () => {
        const { manner, content, keptAfterMs } = faultsOf(session);
        const raw = Buffer.concat(parts).toString("latin1");
        const to = session.envelope.rcptTo.map(({ address }) => address);
        const keep = async () => {
          arrived.push({ to, raw, read: await PostalMime.parse(Buffer.from(raw, "latin1")) });
        };
        const answer = () => {
          if (content !== undefined) return done(refusal(content));
          if (manner === undefined) return done();
          if (manner === "hang-up") sockets.get(session.remotePort)?.destroy();
        };
        const isKept =
          keptAfterMs === 0 || (keptAfterMs === undefined && content === undefined && manner === undefined);
        if (keptAfterMs !== undefined && keptAfterMs > 0) setTimeout(keep, keptAfterMs);
        void (isKept ? keep() : Promise.resolve()).then(answer);
      });
    },
  };
  const server = new SMTPServer(settings);
  server.on("error", () => {});
  server.server.on("connection", (socket: Socket) => {
    const { remotePort } = socket;
    sockets.set(remotePort, socket);
    socket.on("close", () => sockets.delete(remotePort));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
  const { port } = server.server.address() as AddressInfo;
  return {
    port,
    arrived,
    /** What a mailbox shows: of several mails with one Message-ID the first. */
    mailbox(address: string): readonly Email[] {
      const own = arrived.filter(({ to }) => to.includes(address));
      return [...new Map(own.toReversed().map(({ read }) => [read.messageId, read])).values()].toReversed();
    },
    /** How it behaves from now on. */
    behave(how: SmtpFaults) {
      behaviour = () => how;
    },
    /** Connections that stand open. */
    open: () => sockets.size,
    async [Symbol.asyncDispose]() {
      // Torn down beneath TLS, a connection in its handshake takes Node with it.
      if (options.tls === undefined) for (const socket of sockets.values()) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
