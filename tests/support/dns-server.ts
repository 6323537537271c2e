import { createSocket } from "node:dgram";

/** What a name resolves to; `silence`: the question is never answered. A name not given does not exist. */
export type Zone = Readonly<Record<string, readonly string[] | "silence" | "refused">>;

export type DnsServer = {
  /** `127.0.0.1:PORT`. */
  readonly address: string;
  /** Names that were asked for, in order. */
  readonly asked: readonly string[];
  [Symbol.asyncDispose](): Promise<void>;
};

const [TYPE_A, CLASS_IN] = [1, 1];
const [NO_ERROR, NO_SUCH_NAME, REFUSED] = [0, 3, 5];

/** A name server on loopback that answers for IPv4 addresses by a zone. */
export async function startDnsServer(zone: Zone): Promise<DnsServer> {
  const asked: string[] = [];
  const socket = createSocket("udp4");
  socket.on("message", (question, { port }) => {
    const { name, type, end } = questionIn(question);
    asked.push(name);
    const known = zone[name];
    if (known === "silence") return;
    const addresses = Array.isArray(known) && type === TYPE_A ? (known as readonly string[]) : [];
    const code = known === undefined ? NO_SUCH_NAME : known === "refused" ? REFUSED : NO_ERROR;
    socket.send(answerTo(question.subarray(0, end), code, addresses), port, "127.0.0.1");
  });
  await new Promise<void>((resolve) => socket.bind(0, "127.0.0.1", resolve));
  return {
    address: `127.0.0.1:${socket.address().port}`,
    asked,
    [Symbol.asyncDispose]: () => new Promise((resolve) => socket.close(resolve)),
  };
}

/** RFC 1035, 4.1: a header of twelve bytes, then labels with their lengths before them. */
function questionIn(message: Buffer): { readonly name: string; readonly type: number; readonly end: number } {
  const labels: string[] = [];
  let at = 12;
  for (let length = message[at] ?? 0; length > 0; length = message[at] ?? 0) {
    labels.push(message.toString("latin1", at + 1, at + 1 + length));
    at += length + 1;
  }
  return { name: labels.join(".").toLowerCase(), type: message.readUInt16BE(at + 1), end: at + 5 };
}

function answerTo(question: Buffer, code: number, addresses: readonly string[]): Buffer {
  const head = Buffer.from(question.subarray(0, 12));
  head.writeUInt16BE(0x8180 | code, 2);
  for (const [at, count] of [1, addresses.length, 0, 0].entries()) head.writeUInt16BE(count, 4 + 2 * at);
  const records = addresses.map((address) => {
    const record = Buffer.alloc(12);
    // The name of the question, by its place.
    record.writeUInt16BE(0xc00c, 0);
    record.writeUInt16BE(TYPE_A, 2);
    record.writeUInt16BE(CLASS_IN, 4);
    record.writeUInt16BE(4, 10);
    return Buffer.concat([record, Buffer.from(address.split(".").map(Number))]);
  });
  return Buffer.concat([head, question.subarray(12), ...records]);
}
