import { createHash } from "node:crypto";

/** What is answered to a GET. */
export type Reply<Body = string> = {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Body;
};

/** Tells whether `content` is what was answered before. Weak, as it is the same however it is compressed, and however fresh it says it is. */
export const tagOf = (content: string | Buffer): string =>
  `W/"${createHash("sha256").update(content).digest("base64url").slice(0, 22)}"`;

/** A document that is asked for again and again, and is as it was while `content` is. */
export const reply = (type: string, body: string, content: string, changed: Date | null = null): Reply => ({
  status: 200,
  headers: {
    "content-type": type,
    "cache-control": "private, no-cache",
    etag: tagOf(content),
    ...(changed !== null && { "last-modified": changed.toUTCString() }),
  },
  body,
});

/** Parameters as a query has them: one that is repeated is a list. */
export const givenIn = ({ searchParams }: URL): Readonly<Record<string, string | readonly string[]>> =>
  Object.fromEntries(
    [...new Set(searchParams.keys())].map((name) => {
      const [first = "", ...others] = searchParams.getAll(name);
      return [name, others.length === 0 ? first : [first, ...others]];
    }),
  );
