import { isIP } from "node:net";
import { z } from "zod";
import type { Asked } from "../kind.ts";
import type { Letterhead } from "./message.ts";

const asked = (asks: string, secret = false): Asked => (secret ? { asks, secret } : { asks });

/** Where mail is handed in, and how. */
export type Server = {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte; else it is asked for before anything is said. */
  readonly isTls: boolean;
  /** The one server that may be spoken to in the clear: this machine. */
  readonly isLoopback: boolean;
  readonly auth: { readonly user: string; readonly pass: string } | null;
};

/** People who read one destination; of more a list of the mail server's own is kept up better. */
const MOST_RECIPIENTS = 50;

const LOOPBACK = /^(?:localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|::1)$/;

/** The port of submission, in the clear until STARTTLS and from the first byte (RFC 8314). */
const PORTS = { "smtp:": 587, "smtps:": 465 } as const;

const server = z
  .string()
  .transform((text, context): Omit<Server, "auth"> => {
    const url = URL.parse(text);
    const host = url?.hostname.replace(/^\[|\]$/g, "") ?? "";
    const isLoopback = LOOPBACK.test(host);
    const isBare = url !== null && url.username === "" && /^\/?$/.test(url.pathname) && url.search === "";
    // A certificate proves a name, and an address alone proves nothing.
    if (
      isBare &&
      host !== "" &&
      (isLoopback || isIP(host) === 0) &&
      (url.protocol === "smtp:" || url.protocol === "smtps:")
    ) {
      const port = url.port === "" ? PORTS[url.protocol] : Number(url.port);
      return { host, port, isTls: url.protocol === "smtps:", isLoopback };
    }
    context.addIssue({ code: "custom", message: "It is not smtps://NAME or smtp://NAME:PORT." });
    return z.NEVER;
  })
  .meta(asked("Mail server: smtps://mail.example.org, or smtp://mail.example.org:587 for STARTTLS"));

/** One address and nothing else: neither a line break nor a second one may slip into a header. */
const address = z.email({ error: "It is not a mail address." }).max(254);

const recipients = z
  .string()
  .transform((text) => [...new Set(text.split(/[\s,;]+/).filter((one) => one !== ""))])
  .pipe(z.array(address).min(1, { error: "Nobody is named." }).max(MOST_RECIPIENTS))
  .meta(asked("Mail addresses that it goes to, parted by spaces"));

/** `leave@example.org https://example.org/leave`: either or both. */
const leaving = z
  .string()
  .transform((text, context): { mail: string | null; url: string | null } => {
    const parts = text.split(/\s+/).filter((one) => one !== "");
    const url = parts.find((one) => one.startsWith("https://")) ?? null;
    const mail = parts.find((one) => one !== url) ?? null;
    const isRead = (url === null || URL.canParse(url)) && (mail === null || address.safeParse(mail).success);
    if (isRead && parts.length <= 2) return { mail, url: url === null ? null : new URL(url).href };
    context.addIssue({ code: "custom", message: "It is not a mail address, an https address, or both." });
    return z.NEVER;
  })
  .optional()
  .meta(
    asked("Where who wants no more of it writes or presses, a mail address, an https address or both; else the sender"),
  );

const credential = (asks: string, secret = false) => z.string().min(1).optional().meta(asked(asks, secret));

export const settings = z.object({
  server,
  user: credential("User name at the mail server; none where it asks for none"),
  password: credential("Password at the mail server", true),
  from: address.meta(asked("Mail address that it comes from")),
  to: recipients,
  unsubscribe: leaving,
});

export type MailSettings = z.infer<typeof settings>;

export const serverOf = ({ server: at, user, password }: MailSettings): Server => ({
  ...at,
  auth: user === undefined ? null : { user, pass: password ?? "" },
});

export const letterheadOf = ({ from, to, unsubscribe }: MailSettings, name: string): Letterhead => ({
  name,
  from,
  to,
  unsubscribe: { mail: unsubscribe?.mail ?? from, url: unsubscribe?.url ?? null },
});
