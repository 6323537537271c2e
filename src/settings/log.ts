import type { Writable } from "node:stream";

export const LOG_LEVELS = ["error", "warn", "info", "debug"] as const;

export type LogLevel = (typeof LOG_LEVELS)[number];

/** What a log line carries beside its message; an Error is written as its message and the messages of its causes. */
export type LogFields = Readonly<Record<string, unknown>>;

export type Log = Readonly<Record<LogLevel, (message: string, fields?: LogFields) => void>>;

type LogOptions = {
  readonly level: LogLevel;
  readonly out: Writable;
  readonly clock: () => Date;
  /** Values that must never be written, whatever field or message they turn up in. */
  readonly secrets: readonly string[];
};

const REDACTED = "[redacted]";

/** A log of JSON lines: `{time, level, message, …fields}`. */
export function createLog({ level, out, clock, secrets }: LogOptions): Log {
  const shown = LOG_LEVELS.indexOf(level);
  // JSON.stringify escapes quotes and backslashes, so a secret is looked for as it would be written.
  const written = secrets.filter((secret) => secret !== "").map((secret) => JSON.stringify(secret).slice(1, -1));
  const writer =
    (name: LogLevel) =>
    (message: string, fields: LogFields = {}) => {
      if (LOG_LEVELS.indexOf(name) > shown) return;
      const line = JSON.stringify({ time: clock().toISOString(), level: name, message, ...fields }, readable);
      out.write(`${written.reduce((text, secret) => text.replaceAll(secret, REDACTED), line)}\n`);
    };
  return { error: writer("error"), warn: writer("warn"), info: writer("info"), debug: writer("debug") };
}

function readable(_key: string, value: unknown): unknown {
  if (value instanceof Error) return messageChain(value);
  return typeof value === "bigint" ? value.toString() : value;
}

/** The messages of an error and of its causes, outermost first. */
export function messageChain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined ? error.message : `${error.message}: ${messageChain(error.cause)}`;
}
