import { expect, test } from "vitest";
import { parse } from "#pipeline/parse/parse.ts";

const feed = (declared: string | null, title: string) =>
  `${declared === null ? "" : `<?xml version="1.0" encoding="${declared}"?>`}<rss><channel><item><title>${title}</title></item></channel></rss>`;

async function titleOf(body: Uint8Array, contentType: string | null = null): Promise<string | undefined> {
  const outcome = await parse(body, { contentType, url: null });
  return outcome.kind === "document" ? outcome.document.entries[0]?.title : outcome.reason;
}

const utf16 = (text: string, littleEndian: boolean) => {
  const bytes = Buffer.from(text, "utf16le");
  return littleEndian ? bytes : bytes.swap16();
};

test("UTF-16 is recognised with its mark and without", async () => {
  for (const little of [true, false]) {
    expect(await titleOf(utf16(`\uFEFF${feed("utf-16", "Übung")}`, little))).toBe("Übung");
    expect(await titleOf(utf16(feed(null, "Übung"), little))).toBe("Übung");
  }
});

test("UTF-32 is read, though nothing else reads it any more", async () => {
  const text = feed(null, "Übung");
  const bytes = Buffer.alloc(text.length * 4);
  [...text].forEach((character, i) => void bytes.writeUInt32BE(character.codePointAt(0) ?? 0, i * 4));
  expect(await titleOf(bytes)).toBe("Übung");
});

test("the HTTP charset comes before the declaration, and either before guessing", async () => {
  const cyrillic = Buffer.from([...feed("koi8-r", "@")].map((character) => character.charCodeAt(0)));
  const at = cyrillic.indexOf(0x40);
  cyrillic[at] = 0xd0;
  expect(await titleOf(cyrillic)).toBe("п");
  expect(await titleOf(cyrillic, "text/xml; charset=windows-1251")).toBe("Р");
});

test("sound UTF-8 beats a western label, and UTF-16 on bytes of eight bits is a lie", async () => {
  expect(await titleOf(Buffer.from(feed("iso-8859-1", "Übung")))).toBe("Übung");
  expect(await titleOf(Buffer.from(feed("utf-16", "Übung")))).toBe("Übung");
  expect(await titleOf(Buffer.from(feed(null, "Übung")), "text/xml; charset=iso-8859-1")).toBe("Übung");
});

test("text without a label that is not UTF-8 is windows-1252, and a stray byte in UTF-8 too", async () => {
  expect(await titleOf(Buffer.from(feed(null, "caf\u00e9 \u0093x\u0094"), "latin1"))).toBe("café “x”");
  const stray = Buffer.from(feed(null, "für Übung @"));
  stray[stray.indexOf(0x40)] = 0xe9;
  expect(await titleOf(stray)).toBe("für Übung é");
});

test("a label that no decoder knows is passed over", async () => {
  expect(await titleOf(Buffer.from(feed("x-unheard-of", "Übung")))).toBe("Übung");
  expect(await titleOf(Buffer.from(feed("cp932", "x")))).toBe("x");
});
