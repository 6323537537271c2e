/** Something the user has to mend: where it is, what is wrong, what to do. */
export type Problem = {
  /** A file's path, or `environment`. */
  readonly file: string;
  /** Counted from 1; null where no line is to blame. */
  readonly line: number | null;
  /** The field or setting: `feeds[3].url`, `LOG_LEVEL`. */
  readonly path: string | null;
  readonly message: string;
  readonly remedy: string;
};

/** `feeds/x/feeds.yaml:12: feeds[3].url: not a web address. Write it with https://.` */
export function problemLine({ file, line, path, message, remedy }: Problem): string {
  const place = [line === null ? file : `${file}:${line}`, path].filter(Boolean).join(": ");
  return `${place}: ${message}. ${remedy}`;
}

/** Says on standard error why something is not done. Returns the exit code for it. */
export function complain(lines: readonly string[]): number {
  for (const line of lines) process.stderr.write(`${line}\n`);
  return 1;
}
