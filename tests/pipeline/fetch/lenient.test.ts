import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { createFetcher } from "#pipeline/fetch/fetch.ts";
import { RSS } from "#support/feed-fixtures.ts";
import { startRawServer } from "#support/raw-server.ts";

const LENGTH = Buffer.byteLength(RSS);
const answer = (head: string, end = "\r\n", body = RSS) =>
  `HTTP/1.1 200 OK${end}Content-Type: application/xml${end}${head}${end}${end}${body}`;
const size = LENGTH.toString(16);
const chunked = (end: string, last = `0${end}${end}`) => `${size}${end}${RSS}${end}${last}`;

/** What browsers and curl read whole. */
const READ: Readonly<Record<string, string>> = {
  "a blank in a name": answer(`X Bad Name: 1\r\nContent-Length: ${LENGTH}`),
  "a blank before the colon": answer(`X-Bad : 1\r\nContent-Length : ${LENGTH}`),
  "a line that is no field": answer(`Strict transport\r\nContent-Length: ${LENGTH}`),
  "a field without a name": answer(`: 1\r\nContent-Length: ${LENGTH}`),
  "a folded field": answer(`X-Policy: one\r\n two\r\nContent-Length: ${LENGTH}`),
  "a control character": answer(`X-Bad: a\x01b\x7f\r\nContent-Length: ${LENGTH}`),
  "a NUL": answer(`X-Bad: a\0b\r\nContent-Length: ${LENGTH}`),
  "bare line feeds": answer(`Content-Length: ${LENGTH}`, "\n"),
  "both kinds of line": answer(`X-A: 1\nContent-Length: ${LENGTH}`),
  "an early head": `HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n${answer(`X Bad: 1\r\nContent-Length: ${LENGTH}`)}`,
  "another protocol's name": answer(`Content-Length: ${LENGTH}`).replace("HTTP/1.1", "ICY"),
  "a version without a point": answer(`Content-Length: ${LENGTH}`).replace("HTTP/1.1", "HTTP/2"),
  "too great a length": answer(`Content-Length: ${LENGTH + 50}`),
  "a length that is none": answer("Content-Length: unknown"),
  "an empty length": answer("Content-Length: "),
  "the length twice": answer(`Content-Length: ${LENGTH}\r\nContent-Length: ${LENGTH}`),
  "two lengths": answer(`Content-Length: ${LENGTH}\r\nContent-Length: ${LENGTH + 9}`),
  "a length beside chunks": answer("Content-Length: 7\r\nTransfer-Encoding: chunked", "\r\n", chunked("\r\n")),
  "chunks with bare line feeds": answer("Transfer-Encoding: chunked", "\n", chunked("\n")),
  "a blank behind a chunk's size": answer("Transfer-Encoding: chunked", "\r\n", chunked("\r\n").replace("\r", "  \r")),
  "chunks without a last one": answer("Transfer-Encoding: chunked", "\r\n", chunked("\r\n", "")),
  "an unknown transfer": answer(`Transfer-Encoding: utf-8\r\nContent-Length: ${LENGTH}`),
  "a known transfer that is none": answer(`Transfer-Encoding: identity\r\nContent-Length: ${LENGTH}`),
};

const gzip = gzipSync(RSS);
const compressed = (body: Uint8Array, coding = "gzip", length = body.length) =>
  Buffer.concat([Buffer.from(answer(`Content-Encoding: ${coding}\r\nContent-Length: ${length}`, "\r\n", "")), body]);
/** Compressed in ways that browsers forgive. */
const UNPACKED: Readonly<Record<string, Buffer>> = {
  "text behind gzip": compressed(Buffer.concat([gzip, Buffer.from("\r\n<!-- cached -->")])),
  "zeros behind gzip": compressed(Buffer.concat([gzip, Buffer.alloc(40)])),
  "half a head behind gzip": compressed(Buffer.concat([gzip, gzip.subarray(0, 9)])),
  "gzip with a wrong sum": compressed(Buffer.concat([gzip.subarray(0, -8), Buffer.alloc(8, 7)])),
  "gzip without its sum": compressed(gzip.subarray(0, -8)),
  "gzip called deflate": compressed(gzip, "deflate"),
  "text behind deflate": compressed(Buffer.concat([deflateSync(RSS), Buffer.from("\r\n")]), "deflate"),
  "gzip with the length of the text": compressed(gzip, "gzip", LENGTH + 100),
  "two members": compressed(Buffer.concat([gzipSync(RSS.slice(0, 90)), gzipSync(RSS.slice(90))])),
  brotli: compressed(brotliCompressSync(RSS), "br"),
  "text called brotli": compressed(Buffer.from(RSS), "br"),
  "text called deflate": compressed(Buffer.from(RSS), "deflate"),
  "text called zstd": compressed(Buffer.from(RSS), "zstd"),
  "a charset for a coding": compressed(Buffer.from(RSS), "windows-1252"),
};

const fetcherHere = () =>
  createFetcher({
    userAgent: "t",
    allowNetworks: ["127.0.0.0/8"],
    clock: () => new Date(),
    pace: { concurrency: 9, intervalMs: 0 },
  });

async function bodiesOf(answers: Readonly<Record<string, string | Uint8Array>>): Promise<[string, string][]> {
  const names = Object.keys(answers);
  await using server = await startRawServer(Object.fromEntries(names.map((name, at) => [`${at}`, answers[name]!])));
  const fetcher = fetcherHere();
  const found: [string, string][] = [];
  for (const [at, name] of names.entries()) {
    const outcome = await fetcher.get({ url: `${server.origin}/${at}` });
    const said = "reason" in outcome ? outcome.reason : outcome.kind;
    found.push([name, outcome.kind === "fetched" ? Buffer.from(outcome.body).toString() : said]);
  }
  await fetcher.close();
  return found;
}

test("HTTP that breaks its rules is read as browsers and curl read it", async () => {
  const wrong = (await bodiesOf(READ)).filter(([, body]) => body !== RSS);
  expect(wrong).toEqual([]);
});

test("what follows a compressed document, and a wrong sum or length of it, cost nothing", async () => {
  const wrong = (await bodiesOf(UNPACKED)).filter(([, body]) => body !== RSS);
  expect(wrong).toEqual([]);
});

test("what a cache writes behind a document is no part of it, and its length may be wrong", async () => {
  const signed = `${RSS}\n<!-- Cached page generated in 0.2 s -->\n<!-- Served by board.example -->`;
  expect(await bodiesOf({ signed: answer(`Content-Length: ${signed.length + 50}`, "\r\n", signed) })).toEqual([
    ["signed", signed],
  ]);
});

test("what cannot be read ends in a sentence with the cause", async () => {
  const half = RSS.slice(0, LENGTH >> 1);
  const said = await bodiesOf({
    "no HTTP": "<html><body>hello</body></html>",
    "nothing HTTP has": "SSH-2.0-server\r\n\r\n",
    "a head without end": `HTTP/1.1 200 OK\r\nX Bad: ${"x".repeat(20_000)}`,
    "half a body": answer(`Content-Length: ${LENGTH}`, "\r\n", half),
    "half a body, badly said": answer(`X Bad: 1\r\nContent-Length: ${LENGTH}`, "\r\n", half),
    "a damaged body": compressed(Buffer.concat([gzip.subarray(0, 60), Buffer.alloc(200, 0xff), gzip.subarray(60)])),
  });
  expect(Object.fromEntries(said)).toEqual({
    "no HTTP": "127.0.0.1 does not speak proper HTTP: The head of the answer has no end.",
    "nothing HTTP has": "127.0.0.1 does not speak proper HTTP: The answer does not begin as HTTP does.",
    "a head without end": "127.0.0.1 does not speak proper HTTP: The head of the answer has no end.",
    "half a body": "127.0.0.1 broke off the connection.",
    "half a body, badly said": "127.0.0.1 broke off the connection.",
    "a damaged body": "The answer is compressed and damaged.",
  });
});

test("a sound server is asked once, one that breaks rules twice", async () => {
  await using server = await startRawServer({ sound: answer(`Content-Length: ${LENGTH}`), odd: READ["a NUL"]! });
  const fetcher = fetcherHere();
  for (const path of ["sound", "odd"]) await fetcher.get({ url: `${server.origin}/${path}` });
  await fetcher.close();
  expect(server.asked).toEqual(["/sound", "/odd", "/odd"]);
});

test("a redirect is followed to the octets that it was sent in", async () => {
  const to = (location: Buffer | string) =>
    Buffer.concat([
      Buffer.from("HTTP/1.1 302 Found\r\nLocation: "),
      Buffer.from(location),
      Buffer.from("\r\nContent-Length: 0\r\n\r\n"),
    ]);
  await using server = await startRawServer({
    utf8: to("/новости?день=1"),
    western: to(Buffer.from("/caf\xe9", "latin1")),
    written: to("/%D0%BD?a=%C3%A9"),
    blanks: to("/a b/é.xml"),
    twice: to("/first\r\nLocation: /second"),
    odd: Buffer.concat([Buffer.from("HTTP/1.1 302 Found\r\nX Bad: 1\r\nLocation: /ж\r\n\r\n")]),
  });
  const fetcher = fetcherHere();
  const landed: string[] = [];
  for (const path of ["utf8", "western", "written", "blanks", "twice", "odd"]) {
    await fetcher.get({ url: `${server.origin}/${path}` });
    landed.push(server.asked.at(-1) ?? "");
  }
  await fetcher.close();
  expect(landed).toEqual([
    "/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D0%B8?%D0%B4%D0%B5%D0%BD%D1%8C=1",
    "/caf%E9",
    "/%D0%BD?a=%C3%A9",
    "/a%20b/%C3%A9.xml",
    "/first",
    "/%D0%B6",
  ]);
});
