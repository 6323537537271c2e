import fc from "fast-check";
import { expect, test } from "vitest";
import { canonicalUrl } from "#pipeline/normalize/canonical-url.ts";
import { readDate } from "#pipeline/parse/dates.ts";
import { parse } from "#pipeline/parse/parse.ts";
import { plainText } from "#text/plain-text.ts";

const MB = 1024 * 1024;

const filled = (unit: string, bytes: number) => unit.repeat(Math.ceil(bytes / unit.length)).slice(0, bytes);

const inItem = (body: string) => `<rss version="2.0"><channel><title>T</title><item><title>${body}`;

const growing = Array.from({ length: 12 }, (_, i) => `<!ENTITY a${i + 1} "${`&a${i};`.repeat(10)}">`).join("");

/** Documents made to cost as much as they can. */
const ATTACKS: Readonly<Record<string, string | Buffer>> = {
  "entities that grow without end": `<!DOCTYPE rss [<!ENTITY a0 "ha">${growing}]><rss><channel><title>&a12;</title></channel></rss>`,
  "an external entity": `<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><title>&x;</title></channel></rss>`,
  "100,000 elements within each other": `<rss><channel>${"<a>".repeat(100_000)}`,
  "900,000 channels within each other": filled("<channel>", 8 * MB),
  "a million items": `<rss><channel>${filled("<item>", 8 * MB)}`,
  "titles that never close": inItem(filled("<title>", 6 * MB)),
  "comments that never close": inItem(filled("<!--", 6 * MB)),
  "declarations that never close": inItem(filled("<!x[", 6 * MB)),
  "CDATA that never closes": inItem(filled("<![CDATA[", 6 * MB)),
  "quotes that never close": inItem(filled(`<a b="`, 6 * MB)),
  "tags cut short": inItem(filled("x<p", 4 * MB)),
  "less-than signs": inItem(filled("<", 6 * MB)),
  ampersands: inItem(filled("&", 6 * MB)),
  "200,000 attributes": `<rss ${Array.from({ length: 200_000 }, (_, i) => `a${i}="b"`).join(" ")}><channel><title>T</title></channel></rss>`,
  "100,000 namespaces": `<rss><channel>${Array.from({ length: 100_000 }, (_, i) => `<item xmlns:p${i}="u${i}">`).join("")}`,
  "brackets of JSON": `{"version":"https://jsonfeed.org/version/1","items":${filled("[", 6 * MB)}`,
  "a million items of JSON": `{"version":"https://jsonfeed.org/version/1","items":[${'{"a":1},'.repeat(800_000)}{}]}`,
  NULs: Buffer.alloc(9 * MB),
  "bytes that are no UTF-8": Buffer.alloc(9 * MB, 0xff),
  "a document of 50 MB": `<rss><channel><title>T</title>${filled("<item><title>One</title><link>https://a.example/</link></item>", 50 * MB)}`,
};

/** Of the whole program, above its idle state. */
const MOST_MEMORY = 150 * MB;
const DEADLINE_MS = 12_000;

test("no document, however made, takes long, takes the memory, or goes unnamed", async () => {
  await parse(Buffer.alloc(MB), { contentType: null, url: null });
  for (const [attack, source] of Object.entries(ATTACKS)) {
    const body = Buffer.from(source as string);
    const started = performance.now();
    const outcome = await parse(body, { contentType: null, url: null });
    expect([attack, performance.now() - started < DEADLINE_MS]).toEqual([attack, true]);
    expect([attack, ["document", "not-a-feed"].includes(outcome.kind)]).toEqual([attack, true]);
    if (outcome.kind === "document") expect(JSON.stringify(outcome.document.feed)).not.toMatch(/haha|root:/);
  }
}, 120_000);

test("a long document leaves the event loop its turns", async () => {
  const body = Buffer.from(
    `<rss><channel>${filled("<item><title>One</title><link>https://a.example/</link></item>", 9 * MB)}`,
  );
  await parse(Buffer.alloc(MB), { contentType: null, url: null });
  let last = performance.now();
  let longest = 0;
  const ticking = setInterval(() => {
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
  }, 2);
  const before = process.memoryUsage().rss;
  await parse(body, { contentType: null, url: null });
  clearInterval(ticking);
  expect(process.memoryUsage().rss - before).toBeLessThan(MOST_MEMORY);
  expect(longest).toBeLessThan(250);
});

test("any bytes are a document or named as what they are", async () => {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 400 }),
    fc.string({ unit: "binary" }).map((text) => Buffer.from(text)),
  );
  await fc.assert(
    fc.asyncProperty(bytes, fc.constantFrom("", "<rss><channel><item>", "<feed><entry>", "{"), async (body, start) => {
      const outcome = await parse(Buffer.concat([Buffer.from(start), body]), { contentType: null, url: null });
      expect(["document", "not-a-feed"]).toContain(outcome.kind);
    }),
    { numRuns: 300 },
  );
});

test("any date is one in UTC or none, and any text is plain", () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string(), fc.date({ noInvalidDate: true }).map(String), fc.stringMatching(/^[0-9A-Z:+/ .,-]{0,30}$/)),
      (text) => {
        const date = readDate(text);
        expect(date === null || new Date(date).toISOString() === date).toBe(true);
      },
    ),
  );
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(plainText(text)).not.toMatch(/\n{3,}|^\s|\s$/);
    }),
  );
  expect(canonicalUrl("\0")).toBeNull();
});

test("plain text takes time linear in its length, whatever it is made of", () => {
  for (const unit of ["x<p", "<!--", "<", "&", "<script>", '<a b="', "<!x", "</"]) {
    const started = performance.now();
    plainText(unit.repeat(100_000));
    expect([unit, performance.now() - started < 2_000]).toEqual([unit, true]);
  }
});
