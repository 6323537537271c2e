import { Buffer } from "node:buffer";
import type { IncomingMessage } from "node:http";
import { type Attempts, createAttempts } from "./attempts.ts";
import { plain, type Reply, seeOther } from "./reply.ts";
import { createSessions } from "./session.ts";
import { signInPage } from "./sign-in.ts";

/** A form with a token in it: what is longer is no sign-in. */
const LONGEST_FORM = 4_096;

/** What lets in, or tells how to be. */
export type Gate = {
  /** Null where the request may read. */
  stop(request: IncomingMessage, url: URL, now: Date): Reply | null;
  /** What comes of a form that was sent to `/sign-in` or `/sign-out`. */
  post(request: IncomingMessage, url: URL, now: Date): Promise<Reply>;
};

/** Everybody may read. */
const OPEN: Gate = { stop: () => null, post: async () => seeOther("/") };

/**
 * Asks for the token: programs send it as `Authorization: Bearer …`, feed readers and calendars as the password of any user, and
 * a browser once in a form, for a cookie. Without a token all may read.
 */
export function createGate(token: string | null, { secure }: { readonly secure: boolean }): Gate {
  if (token === null) return OPEN;
  const sessions = createSessions(token, secure);
  const attempts = createAttempts();
  return {
    stop(request, url, now) {
      const { authorization, cookie } = request.headers;
      const given = tokenIn(authorization);
      if (given === null) return sessions.holds(cookie, now) ? null : unknown(request, url);
      const from = addressOf(request);
      if (attempts.isBarred(from, now)) return TOO_MANY;
      if (sessions.isToken(given)) return null;
      attempts.note(from, now);
      return plain(401, "This token is not known here.", { "www-authenticate": ASKS });
    },
    async post(request, url, now) {
      if (isForeign(request)) return plain(403, "This form was sent from another site.");
      if (url.pathname === "/sign-out") return seeOther("/", { "set-cookie": sessions.end });
      const form = await formOf(request);
      if (form === null) return plain(413, "This is longer than any token.");
      return signIn(form, { sessions, attempts, from: addressOf(request), now });
    },
  };
}

type Signing = {
  readonly sessions: ReturnType<typeof createSessions>;
  readonly attempts: Attempts;
  readonly from: string;
  readonly now: Date;
};

function signIn(form: URLSearchParams, { sessions, attempts, from, now }: Signing): Reply {
  if (attempts.isBarred(from, now)) return TOO_MANY;
  const next = withinSite(form.get("next") ?? "/");
  if (sessions.isToken((form.get("token") ?? "").trim())) return seeOther(next, { "set-cookie": sessions.begin(now) });
  attempts.note(from, now);
  return signInPage({ next, fault: "This token is not known here." });
}

const TOO_MANY = plain(429, "Too many wrong tokens; try again in ten minutes.", { "retry-after": "600" });

/** Basic before Bearer, as most readers know the first alone. Never said to a browser that asks for a page: it would ask on its own. */
const ASKS = 'Basic realm="Policywire", charset="UTF-8", Bearer realm="Policywire"';

/** Whoever asks for a page as a person does gets the form, others one line. */
function unknown(request: IncomingMessage, url: URL): Reply {
  const { accept = "", "sec-fetch-site": site, "sec-fetch-mode": mode } = request.headers;
  if (!accept.includes("text/html")) return plain(401, "A token is needed.", { "www-authenticate": ASKS });
  // A strict cookie is not sent by a link of another site: asked for once more from here, it is.
  const again = site === "cross-site" && mode === "navigate";
  return signInPage({ next: `${url.pathname}${url.search}`, again });
}

/** The token in `Bearer TOKEN`, or in the password of `Basic`. */
function tokenIn(authorization = ""): string | null {
  const [scheme = "", value = ""] = authorization.split(" ");
  if (/^bearer$/i.test(scheme)) return value;
  if (!/^basic$/i.test(scheme)) return null;
  const pair = Buffer.from(value, "base64").toString("utf8");
  return pair.slice(pair.indexOf(":") + 1);
}

/** Browsers say where a form was sent from; what says nothing is no browser. `null` is what a form of ours says, which gives no referrer. */
function isForeign({ headers }: IncomingMessage): boolean {
  const { origin, host, "sec-fetch-site": site } = headers;
  if (site !== undefined) return site !== "same-origin" && site !== "none";
  return origin !== undefined && origin !== "null" && URL.parse(origin)?.host !== host;
}

/** A path of this site, whatever the form says. */
function withinSite(next: string): string {
  const here = "http://here";
  const url = URL.parse(next, here);
  // Two slashes at the front would lead to another host.
  return url === null || url.origin !== here || url.pathname.startsWith("//") ? "/" : `${url.pathname}${url.search}`;
}

const addressOf = (request: IncomingMessage): string => request.socket.remoteAddress ?? "";

async function formOf(request: IncomingMessage): Promise<URLSearchParams | null> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > LONGEST_FORM) return null;
    parts.push(part);
  }
  return new URLSearchParams(Buffer.concat(parts).toString("utf8"));
}
