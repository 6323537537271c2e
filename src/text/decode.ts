import { Buffer } from "node:buffer";

/** How far into a document its declaration is looked for: junk before it is common, pages of it are not. */
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
const western = new TextDecoder("windows-1252");

/** Encodings under whose labels documents are often UTF-8: servers send these by default. */
const DOUBTFUL = ["utf-8", "windows-1252", "iso-8859-15"];

/** How many bytes a UTF-8 character has by its first byte; 0 when none begins so. */
const lengthAt = (byte: number): number => (byte < 0xc2 ? 0 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : byte < 0xf5 ? 4 : 0);

/** More foreign bytes than this, and more than sound characters, decide at once. */
const MANY_FOREIGN = 10_000;

/** Where a byte that does not belong in UTF-8 stands, and how many sound characters beyond ASCII there are. */
function survey(bytes: Uint8Array): { readonly foreign: readonly number[]; readonly sound: number } {
  const foreign: number[] = [];
  let sound = 0;
  for (let at = 0; at < bytes.length; ) {
    const byte = bytes[at] as number;
    if (byte < 0x80) {
      at++;
      continue;
    }
    const length = lengthAt(byte);
    let whole = length > 0;
    for (let i = 1; i < length; i++) whole &&= ((bytes[at + i] ?? 0) & 0xc0) === 0x80;
    if (whole) sound++;
    else foreign.push(at);
    if (foreign.length > MANY_FOREIGN && foreign.length > sound) break;
    at += whole ? length : 1;
  }
  return { foreign, sound };
}

const soft = new TextDecoder("utf-8");

/** UTF-8 with foreign bytes in it, which are read as windows-1252; null when they are too many for it to be UTF-8. */
function nearlyUtf8(bytes: Uint8Array): string | null {
  const { foreign, sound } = survey(bytes);
  if (foreign.length > sound) return null;
  const parts: string[] = [];
  let from = 0;
  for (const at of foreign) {
    parts.push(soft.decode(bytes.subarray(from, at)), western.decode(bytes.subarray(at, at + 1)));
    from = at + 1;
  }
  return parts.join("") + soft.decode(bytes.subarray(from));
}

/** Sound UTF-8 does not come about by chance in prose, so it beats any label of DOUBTFUL. */
function asUtf8(bytes: Uint8Array): string | null {
  try {
    return strict.decode(bytes);
  } catch {
    return nearlyUtf8(bytes);
  }
}

/** How a document names its encoding: in its XML declaration, or in a page's head. */
const DECLARATIONS = [
  /<\?xml[^>]{0,200}?encoding\s*=\s*["']?([\w.:-]+)/i,
  /<meta\b[^>]{0,200}?charset\s*=\s*["']?([\w.:-]+)/i,
];

/**
 * A document's text: by byte-order mark, HTTP charset and its own declaration, each believed as far as the bytes bear it out.
 * Never throws.
 */
export function decode(bytes: Uint8Array, contentType: string | null): string {
  const mark = marked(bytes);
  const rest = mark === null ? bytes : bytes.subarray(mark.skip);
  if (mark?.encoding.startsWith("utf-32")) return utf32(rest, mark.encoding === "utf-32le");
  if (mark !== null && mark.encoding !== "utf-8") return new TextDecoder(mark.encoding).decode(rest);
  const prolog = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, PROLOG_BYTES)).toString("latin1");
  const declared =
    DECLARATIONS.map((pattern) => encodingOf(pattern.exec(prolog)?.[1])).find((label) => label !== null) ?? null;
  const sent = encodingOf(/charset\s*=\s*["']?([\w.:-]+)/i.exec(contentType ?? "")?.[1]);
  // UTF-16 without its mark or its zeros is a lie: the label itself could be read byte by byte.
  const labels = [sent, declared].filter((label) => label !== null).filter((label) => !label.startsWith("utf-16"));
  const utf8 = mark !== null || labels.length === 0 || labels.some((label) => DOUBTFUL.includes(label));
  const text = utf8 ? asUtf8(rest) : null;
  if (text !== null) return text;
  return new TextDecoder(labels.find((label) => label !== "utf-8") ?? "windows-1252").decode(rest);
}
