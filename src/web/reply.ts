/** What is answered to a request, before it is compressed. */
export type Reply = {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
};

/** One line as plain text, for who asks in a way that no browser does. */
export const plain = (status: number, line: string, headers: Reply["headers"] = {}): Reply => ({
  status,
  headers: { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store", ...headers },
  body: `${line}\n`,
});

/** Another address, asked for with GET. */
export const seeOther = (location: string, headers: Reply["headers"] = {}): Reply => ({
  status: 303,
  headers: { location, "cache-control": "no-store", ...headers },
  body: "",
});
