import { createHash } from "node:crypto";

/** What is answered to a GET. */
export type Reply = {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

/**
 * A document that is asked for again and again: the tag tells whether `content` is what was answered before. Weak, as two
 * documents of one content may differ in how fresh they say they are.
 */
export const reply = (type: string, body: string, content: string, changed: Date | null = null): Reply => ({
  status: 200,
  headers: {
    "content-type": type,
    "cache-control": "private, no-cache",
    etag: `W/"${createHash("sha256").update(content).digest("base64url").slice(0, 22)}"`,
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
