/** What every page shows beside its own. */
export type Shell = { /** Whether readers sign in here, and so out. */ readonly signsOut: boolean };

/** What is answered to a request. */
export type Reply = {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer | ((shell: Shell) => string);
};

/** The same with its body written, before it is compressed. */
export type Written = Omit<Reply, "body"> & { readonly body: string | Buffer };

export const written = ({ body, ...reply }: Reply, shell: Shell): Written => ({
  ...reply,
  body: typeof body === "function" ? body(shell) : body,
});

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
