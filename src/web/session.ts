import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { DAY_MS } from "#model/time.ts";

/** How long a browser stays signed in: two working weeks, so that most people type the token twice a month. */
const SESSION_MS = 14 * DAY_MS;

/** Proves that a browser was signed in: nothing is kept, and another token ends them all. */
export type Sessions = {
  /** Whether these are the token's own characters; takes as long whatever they are. */
  isToken(given: string): boolean;
  /** Whether the request's cookies hold a session that this token began and that is not over. */
  holds(cookies: string | undefined, now: Date): boolean;
  /** The `set-cookie` that begins a session. */
  begin(now: Date): string;
  /** The `set-cookie` that ends it. */
  readonly end: string;
};

/** `secure` where browsers ask by https: then the cookie is for this very host and never sent in the clear. */
export function createSessions(token: string, secure: boolean): Sessions {
  const name = secure ? "__Host-policywire" : "policywire";
  const cookie = (value: string, seconds: number) =>
    `${name}=${value}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${seconds}${secure ? "; Secure" : ""}`;
  const sign = (until: string) => createHmac("sha256", token).update(`session until ${until}`).digest("base64url");
  return {
    isToken: (given) => areSame(given, token),
    holds(cookies, now) {
      const value = cookieNamed(name, cookies);
      const [until = "", signature = ""] = value.split(".");
      return areSame(signature, sign(until)) && Number(until) > now.getTime();
    },
    begin(now) {
      const until = String(now.getTime() + SESSION_MS);
      return cookie(`${until}.${sign(until)}`, SESSION_MS / 1_000);
    },
    end: cookie("", 0),
  };
}

const areSame = (given: string, known: string): boolean => timingSafeEqual(digest(given), digest(known));

/** Of one length for whatever is compared. */
const digest = (text: string): Buffer => createHash("sha256").update(text).digest();

const cookieNamed = (name: string, cookies = ""): string =>
  cookies
    .split(";")
    .map((each) => each.trim())
    .find((each) => each.startsWith(`${name}=`))
    ?.slice(name.length + 1) ?? "";
