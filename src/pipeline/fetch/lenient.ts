import type { Socket } from "node:net";
import { Duplex, pipeline, Transform } from "node:stream";
import { type Body, bodyOf, type Framing } from "./framing.ts";

/** A head that is longer is no answer. */
const LONGEST_HEAD = 64 * 1024;

/** What a server would have to send to be read, as undici's parser names such faults. */
const malformed = (said: string) => Object.assign(new Error(said), { code: "HPE_MALFORMED" });

const STATUS = /^(?:HTTP\/\d(?:\.\d)?|ICY) +(\d{3})(?!\d)/i;
/** Of the octets that a text has one by one. */
const CONTROLS = /[^\t\x20-\x7e\x80-\xff]/g;
const NAME = /^[\w!#$%&'*+.^`|~-]+$/;
/** Said anew, or void once the answer ends with its connection. */
const FRAMING = new Set(["content-length", "transfer-encoding", "connection", "keep-alive", "upgrade", "trailer"]);

type Head = { readonly status: number; readonly fields: readonly (readonly [name: string, value: string])[] };

/** Reads a head as browsers do: lines end as they like, and one that is no field costs itself alone. */
function readHead(text: string): Head {
  const [first = "", ...lines] = text.replace(/\r?\n[ \t]+/g, " ").split(/\r?\n/);
  const status = STATUS.exec(first)?.[1];
  if (status === undefined) throw malformed("The answer does not begin as HTTP does.");
  const fields = lines.flatMap((line): [string, string][] => {
    const colon = line.indexOf(":");
    const name = line.slice(0, Math.max(0, colon)).trim().toLowerCase();
    return NAME.test(name)
      ? [
          [
            name,
            line
              .slice(colon + 1)
              .replace(CONTROLS, "")
              .trim(),
          ],
        ]
      : [];
  });
  return { status: Number(status), fields };
}

/** How long the body is. Lengths that are none, or contradict each other, are not believed. */
function framingOf({ fields }: Head): Framing {
  const valuesOf = (wanted: string) => fields.flatMap(([name, value]) => (name === wanted ? value.split(",") : []));
  if (valuesOf("transfer-encoding").some((coding) => coding.trim().toLowerCase() === "chunked")) return "chunked";
  const lengths = new Set(valuesOf("content-length").map((value) => value.trim()));
  const [length = ""] = lengths;
  return lengths.size === 1 && /^\d{1,15}$/.test(length) ? Number(length) : "until-close";
}

/** The same head in the form that a strict parser takes; the answer ends with its connection. */
function written({ status, fields }: Head): Buffer {
  const lines = fields.flatMap(([name, value]) => (FRAMING.has(name) ? [] : [`${name}: ${value}\r\n`]));
  return Buffer.from(`HTTP/1.1 ${status}\r\n${lines.join("")}connection: close\r\n\r\n`, "latin1");
}

/** Where a head ends, and how long its end is. */
function endOf(bytes: Buffer): { readonly at: number; readonly length: number } | null {
  const ends = ["\n\r\n", "\n\n"].map((mark) => ({ at: bytes.indexOf(mark), length: mark.length }));
  const [first] = ends.filter(({ at }) => at !== -1).sort((a, b) => a.at - b.at);
  return first ?? null;
}

/**
 * The one answer that a connection brings, in the form that a strict parser takes. Throws into the stream what cannot be made
 * one, with a code.
 */
export function mended(): Transform {
  let waiting: Buffer = Buffer.alloc(0);
  let body: Body | null = null;
  const read = (to: Transform, bytes: Buffer): void => {
    waiting = Buffer.concat([waiting, bytes]);
    for (let end = endOf(waiting); body === null && end !== null; end = endOf(waiting)) {
      const head = readHead(waiting.toString("latin1", 0, end.at).trimStart());
      waiting = waiting.subarray(end.at + end.length);
      // Heads that only announce the answer.
      if (head.status < 200) continue;
      to.push(written(head));
      body = bodyOf(framingOf(head), to);
    }
    if (body === null && waiting.length > LONGEST_HEAD) throw malformed("The head of the answer has no end.");
    body?.take(waiting);
    if (body !== null) waiting = Buffer.alloc(0);
  };
  return new Transform({
    transform(bytes: Buffer, _, done) {
      try {
        read(this, bytes);
        done();
      } catch (error) {
        done(error as Error);
      }
    },
    flush(done) {
      if (body === null) done(waiting.length > 0 ? malformed("The head of the answer has no end.") : null);
      // After ECONNRESET undici would take what came for all.
      else done(body.isWhole() ? null : Object.assign(new Error("cut short"), { code: "EPIPE" }));
    },
  });
}

/** A connection for one request, whose answer may break the rules that browsers do not hold servers to. */
export function leniently(socket: Socket): Duplex {
  const answer = mended();
  pipeline(socket, answer, () => {});
  return Duplex.from({ readable: answer, writable: socket });
}
