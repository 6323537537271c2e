import type { AddressInfo, Socket } from "node:net";
import PostalMime, { type Email } from "postal-mime";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";

/** A mail as it arrived, and as a reader of mail shows it. */
export type ArrivedMail = { readonly to: readonly string[]; readonly raw: string; readonly read: Email };

/** How the server behaves: replies by what is asked, and what it does to a mail that it has read to its end. */
export type SmtpFaults = {
  readonly greeting?: number;
  readonly sender?: number;
  /** By the address; undefined takes it. */
  readonly recipient?: (address: string) => number | undefined;
  readonly content?: number;
  /** `lose-answer`: keeps the mail and closes without a word. `hang-up`: closes without keeping it. `hang`: says nothing for ever. */
  readonly manner?: "lose-answer" | "hang-up" | "hang";
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
  let faults = faultsAt;
  const arrived: ArrivedMail[] = [];
  const sockets = new Set<Socket>();
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
    onConnect: (_, done) => done(faults().greeting === undefined ? null : refusal(faults().greeting ?? 0)),
    onAuth: ({ username, password }, _, done) => {
      const isRight = username === options.user?.name && password === options.user?.password;
      if (isRight) done(null, { user: username });
      else done(refusal(535));
    },
    onMailFrom: (_, __, done) => done(faults().sender === undefined ? null : refusal(faults().sender ?? 0)),
    onRcptTo: ({ address }, _, done) => {
      const reply = faults().recipient?.(address);
      done(reply === undefined ? null : refusal(reply));
    },
    onData: (stream, session, done) => {
      const parts: Buffer[] = [];
      stream.on("data", (part: Buffer) => parts.push(part));
      stream.on("end", () => {
        const { manner, content } = faults();
        const raw = Buffer.concat(parts).toString("latin1");
        const to = session.envelope.rcptTo.map(({ address }) => address);
        void (async () => {
          if (content !== undefined) return done(refusal(content));
          if (manner === "hang") return;
          if (manner !== "hang-up") arrived.push({ to, raw, read: await PostalMime.parse(Buffer.from(raw, "latin1")) });
          if (manner === undefined) done();
          else for (const socket of sockets) socket.destroy();
        })();
      });
    },
  };
  const server = new SMTPServer(settings);
  server.on("error", () => {});
  server.server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
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
      faults = () => how;
    },
    /** Connections that stand open. */
    open: () => sockets.size,
    async [Symbol.asyncDispose]() {
      // Torn down beneath TLS, a connection in its handshake takes Node with it.
      if (options.tls === undefined) for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
