import { once } from "node:events";
import type { Readable, Writable } from "node:stream";
import type { z } from "zod";

/** The streams of one command: standard input and output, or a test's own. */
export type Streams = { readonly input: Readable; readonly output: Writable };

/**
 * Answers JSON lines with JSON lines, in order. A line that cannot be read is answered by
 * `{line, error}` and the rest go on. An answer that is text, for a person, is written as it is. Resolves to the number of lines
 * that could not be read.
 */
export async function eachLine<T>(
  { input, output }: Streams,
  schema: z.ZodType<T>,
  answer: (value: T) => object | string | Promise<object | string>,
): Promise<number> {
  let number = 0;
  let unread = 0;
  for await (const line of linesOf(input)) {
    number += 1;
    if (line.trim() === "") continue;
    const read = readLine(line, schema);
    if (!read.ok) unread += 1;
    const reply = read.ok ? await answer(read.value) : { line: number, error: read.error };
    const text = typeof reply === "string" ? reply : JSON.stringify(reply);
    if (!output.write(`${text}\n`)) await once(output, "drain");
  }
  return unread;
}

type Line<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: string };

/** One line, parsed; or what is wrong with it. */
export function readLine<T>(line: string, schema: z.ZodType<T>): Line<T> {
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch (error) {
    return { ok: false, error: `not JSON: ${(error as SyntaxError).message}` };
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return { ok: true, value: parsed.data };
  const issues = parsed.error.issues.map((issue) => `${issue.path.join(".") || "line"}: ${issue.message}`);
  return { ok: false, error: issues.join("; ") };
}

/** Lines end in "\n" alone: node:readline would also break at U+2028, which JSON strings may hold. */
export async function* linesOf(input: Readable): AsyncGenerator<string> {
  let rest = "";
  for await (const part of input.setEncoding("utf8")) {
    const pieces = (rest + part).split("\n");
    rest = pieces.pop() ?? "";
    yield* pieces;
  }
  if (rest !== "") yield rest;
}
