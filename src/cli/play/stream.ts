import { createReadStream } from "node:fs";
import { pipeline, type Readable, Transform, type TransformCallback } from "node:stream";
import { createGunzip, type Gunzip } from "node:zlib";
import { z } from "zod";
import { linesOf, readLine } from "#cli/json-lines.ts";
import { hasTags, htmlOf } from "./html.ts";
import type { Item } from "./player.ts";

/** What a stream came to: what can be played, in order of time, and what a person should know of the rest. */
export type Stream = {
  readonly items: readonly Item[];
  /** Sentences about lines that are left out, each with its number. */
  readonly faults: readonly string[];
  /** Lines that came after a later one. */
  readonly outOfOrder: number;
};

const line = z.object({
  id: z.union([z.string().min(1), z.number()]).transform(String),
  title: z.string(),
  text: z
    .string()
    .nullish()
    .transform((text) => text ?? ""),
  url: z.string(),
  at: z.string().transform((text, context) => {
    const time = Date.parse(text);
    if (!Number.isNaN(time)) return new Date(time);
    context.addIssue({ code: "custom", message: `"${text}" is no date; write it as 2026-01-31T08:00:00Z` });
    return z.NEVER;
  }),
  source: z.string().min(1),
});

/**
 * Reads a stream of news, packed by gzip or not: JSON lines {id, title, text, url, at, source}. Rejects where it cannot be read
 * to its end.
 */
export async function readStream(input: Readable): Promise<Stream> {
  const items: Item[] = [];
  const faults: string[] = [];
  const lineOf = new Map<string, number>();
  let number = 0;
  for await (const text of linesOf(unpacked(input))) {
    number += 1;
    if (text.trim() === "") continue;
    const read = readLine(text, line);
    const earlier = read.ok ? lineOf.get(read.value.id) : undefined;
    if (!read.ok) faults.push(`line ${number}: ${read.error}. It is left out.`);
    else if (earlier !== undefined)
      faults.push(`line ${number}: id: "${read.value.id}" stands in line ${earlier} already. It is left out.`);
    else {
      const { id, title, text, url, at, source } = read.value;
      lineOf.set(id, number);
      const html = hasTags(text) ? text : htmlOf(text);
      items.push({ id, key: String(number), source, title, text, html, url, at, dated: at });
    }
  }
  const outOfOrder = items.filter(({ at }, i) => i > 0 && at < (items[i - 1] as Item).at).length;
  return { items: items.toSorted((a, b) => a.at.getTime() - b.at.getTime()), faults, outOfOrder };
}

/** A file by its name, or standard input for `-`. */
export const openStream = (file: string): Readable => (file === "-" ? process.stdin : createReadStream(file));

const GZIP = Buffer.from([0x1f, 0x8b]);

/** What a stream packs, or itself: told by its first bytes, for standard input has no name. */
function unpacked(input: Readable): Readable {
  return pipeline(input, new Unpack(), () => {});
}

/** Passes bytes on, through gunzip where they begin as gzip does. */
class Unpack extends Transform {
  #gunzip: Gunzip | null = null;
  #isFirst = true;

  override _transform(part: Buffer, _: BufferEncoding, done: TransformCallback): void {
    if (this.#isFirst && part.subarray(0, GZIP.length).equals(GZIP)) {
      this.#gunzip = createGunzip();
      this.#gunzip.on("data", (bytes: Buffer) => this.push(bytes)).on("error", (error) => this.destroy(error));
    }
    this.#isFirst = false;
    if (this.#gunzip === null) done(null, part);
    else this.#gunzip.write(part, () => done());
  }

  override _flush(done: TransformCallback): void {
    if (this.#gunzip === null) done();
    else this.#gunzip.once("end", () => done()).end();
  }
}
