import { Buffer } from "node:buffer";

/** How far into a document an XML declaration is looked for: junk before it is common, pages of it are not. */
const PROLOG_BYTES = 2_048;

/** Labels in use that the Encoding Standard does not list. */
const ALIASES: Readonly<Record<string, string>> = {
  cp932: "shift_jis",
  cp936: "gbk",
  cp949: "euc-kr",
  cp950: "big5",
  "latin-1": "windows-1252",
  utf: "utf-8",
  utf_8: "utf-8",
};

/** A label's decoder, or null when no decoder knows it. */
function encodingOf(label: string | null | undefined): string | null {
  const name = label?.trim().toLowerCase();
  if (name === undefined || name === "") return null;
  try {
    return new TextDecoder(ALIASES[name] ?? name).encoding;
  } catch {
    return null;
  }
}

function utf32(bytes: Uint8Array, littleEndian: boolean): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts: string[] = [];
  for (let at = 0; at + 4 <= bytes.length; at += 4) {
    const point = view.getUint32(at, littleEndian);
    parts.push(point > 0x10ffff || (point >= 0xd800 && point < 0xe000) ? "\uFFFD" : String.fromCodePoint(point));
  }
  return parts.join("");
}

const starts = (bytes: Uint8Array, ...prefix: readonly number[]): boolean =>
  prefix.every((byte, i) => bytes[i] === byte);

/** An encoding that the first bytes give away, with the length of its mark; null when they do not. */
function marked(bytes: Uint8Array): { readonly encoding: string; readonly skip: number } | null {
  if (starts(bytes, 0xef, 0xbb, 0xbf)) return { encoding: "utf-8", skip: 3 };
  if (starts(bytes, 0xff, 0xfe, 0, 0)) return { encoding: "utf-32le", skip: 4 };
  if (starts(bytes, 0, 0, 0xfe, 0xff)) return { encoding: "utf-32be", skip: 4 };
  if (starts(bytes, 0xff, 0xfe)) return { encoding: "utf-16le", skip: 2 };
  if (starts(bytes, 0xfe, 0xff)) return { encoding: "utf-16be", skip: 2 };
  // The first character of a feed is `<` or `{`, whatever the width of a character.
  if (starts(bytes, 0, 0, 0, 0x3c)) return { encoding: "utf-32be", skip: 0 };
  if (starts(bytes, 0x3c, 0, 0, 0)) return { encoding: "utf-32le", skip: 0 };
  if (starts(bytes, 0, 0x3c, 0) || starts(bytes, 0, 0x7b, 0)) return { encoding: "utf-16be", skip: 0 };
  if (starts(bytes, 0x3c, 0) || starts(bytes, 0x7b, 0)) return { encoding: "utf-16le", skip: 0 };
  return null;
}

const strict = new TextDecoder("utf-8", { fatal: true });
const lenient = new TextDecoder("utf-8");
const western = new TextDecoder("windows-1252");

/** Encodings whose documents are often UTF-8 under a wrong label: servers send these by default. */
const DOUBTFUL = ["windows-1252", "iso-8859-15"];

/** UTF-8 with damage: foreign bytes become U+FFFD; where they outnumber the sound characters it is windows-1252. */
function nearlyUtf8(bytes: Uint8Array): string {
  const text = lenient.decode(bytes);
  let bad = 0;
  let good = 0;
  for (const [character] of text.matchAll(/[\u0080-\uFFFF]/g)) character === "\uFFFD" ? bad++ : good++;
  return bad > good ? western.decode(bytes) : text;
}

/** A document's text: by byte-order mark, the HTTP charset, the XML declaration, then by what its bytes allow. Never throws. */
export function decode(bytes: Uint8Array, contentType: string | null): string {
  const mark = marked(bytes);
  if (mark?.encoding.startsWith("utf-32")) return utf32(bytes.subarray(mark.skip), mark.encoding === "utf-32le");
  if (mark !== null && mark.encoding !== "utf-8")
    return new TextDecoder(mark.encoding).decode(bytes.subarray(mark.skip));
  const prolog = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, PROLOG_BYTES)).toString("latin1");
  const declared = encodingOf(/<\?xml[^>]{0,200}?encoding\s*=\s*["']?([\w.:-]+)/i.exec(prolog)?.[1]);
  const sent = encodingOf(/charset\s*=\s*["']?([\w.:-]+)/i.exec(contentType ?? "")?.[1]);
  // UTF-16 without its mark or its zeros is a lie: the label itself could be read byte by byte.
  const labels = [sent, declared].filter((label) => label !== null && !label.startsWith("utf-16"));
  const label = mark === null ? (labels[0] ?? "utf-8") : "utf-8";
  if (label === "utf-8" || DOUBTFUL.includes(label)) {
    try {
      // Bytes that make sound UTF-8 by chance do not occur in prose, so this beats a label that says otherwise.
      return strict.decode(bytes);
    } catch {
      // Not UTF-8: read on.
    }
  }
  if (label !== "utf-8") return new TextDecoder(label).decode(bytes);
  const other = labels.find((each) => each !== "utf-8");
  return other ? new TextDecoder(other).decode(bytes) : nearlyUtf8(bytes);
}
