import type { Reply as Answer } from "#api/reply.ts";

/** What every page shows beside its own. */
export type Shell = { /** Whether readers sign in here, and so out. */ readonly signsOut: boolean };

/** What is answered to a request. */
export type Reply = Answer<string | Buffer | ((shell: Shell) => string)> & {
  /** Why it is no answer, in a sentence, for programs: where they ask it is sent in the place of a page. */
  readonly says?: string;
};

/** The same with its body written, before it is compressed. */
export type Written = Answer<string | Buffer>;

export const written = ({ status, headers, body }: Reply, shell: Shell): Written => ({
  status,
  headers,
  body: typeof body === "function" ? body(shell) : body,
});

/** One line as plain text, for who asks in a way that no browser does. */
export const plain = (status: number, line: string, headers: Reply["headers"] = {}): Reply => ({
  status,
  headers: { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store", ...headers },
  body: `${line}\n`,
  says: line,
});

/** Another address, asked for with GET. */
export const seeOther = (location: string, headers: Reply["headers"] = {}): Reply => ({
  status: 303,
  headers: { location, "cache-control": "no-store", ...headers },
  body: "",
});
