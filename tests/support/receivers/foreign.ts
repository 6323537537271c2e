import fc from "fast-check";
import type { Card } from "#model/delivery.ts";
import { card, NOW } from "#support/samples.ts";

/** Words by which one service or another would ping, link, format, load or run something. */
const ACTIVE = [
  "<!channel>",
  "<!here|here>",
  "<@U024BE7LH>",
  "<https://evil.example|bank>",
  "&lt;!channel&gt;",
  "*bold* _x_ ~y~ `z`",
  ":rotating_light:",
  "[bank](https://evil.example)",
  "![p](https://evil.example/p.png)",
  "# head\n- item",
  "{{DATE(2026-11-24T08:00:00Z,SHORT)}}",
  "{{{TIME(2026-11-24T08:00:00Z)}}",
  "<at>everyone</at>",
  "<script>alert(1)</script>",
  '"><img src=x onerror=alert(1)>',
  "</style></p></div>",
  "\r\nBcc: all@evil.example\r\n\r\n",
  "=?utf-8?q?x?=\n",
  "\u202egnp.exe\u200b\u2066",
  "\0\u0007\ud800",
  "👍🏽🇫🇷 e\u0301\u0301\u0301\u0301\u0301\u0301",
  "مراجعة الحسابات",
  "监管审计",
] as const;

/** Text that somebody else wrote, up to some thousand characters. */
export const foreignText = fc.oneof(
  fc
    .array(fc.oneof(fc.constantFrom(...ACTIVE), fc.string({ unit: "binary", maxLength: 60 })), { maxLength: 8 })
    .map((parts) => parts.join(" ")),
  fc.string({ unit: "grapheme", maxLength: 100 }),
  fc
    .constantFrom(...ACTIVE)
    .chain((text) => fc.integer({ min: 1, max: 300 }).map((times) => text.repeat(times).slice(0, 5_000))),
);

const foreignAddress = fc.oneof(
  fc.webUrl(),
  fc.constantFrom(
    "javascript:alert(1)",
    "data:text/html,<script>",
    'https://a.example/"onmouseover="x',
    "https://a.example/<x>|y)",
    `https://a.example/${"x".repeat(1_900)}`,
    `https://a.example/${"é".repeat(3_000)}`,
    "no address",
  ),
);

const sentence = fc.record({ text: foreignText, source: fc.integer({ min: 0, max: 13 }) });
const dated = fc.record({ text: foreignText, source: fc.integer({ min: 0, max: 13 }), at: fc.constant(NOW) });

/** Any card at all, as long and as hostile as sources can make one. */
export const anyCard: fc.Arbitrary<Card> = fc
  .record({
    title: foreignText,
    url: foreignAddress,
    saga: fc.option(foreignText),
    headline: foreignText,
    stage: fc.option(foreignText),
    certainty: fc.option(foreignText),
    places: fc.array(foreignText, { maxLength: 4 }),
    points: fc.array(foreignText, { maxLength: 4 }),
    change: fc.option(foreignText),
    sentences: fc.array(sentence, { maxLength: 4 }),
    conflicts: fc.array(
      fc.tuple(dated, dated).map((figures) => ({ figures })),
      { maxLength: 4 },
    ),
    sources: fc.array(fc.record({ name: foreignText, url: foreignAddress, primary: fc.boolean() }), { maxLength: 12 }),
    moreSources: fc.integer({ min: 0, max: 40 }),
  })
  .map(card);

/** Fields that hold what somebody else wrote, in whatever is told. */
const FOREIGN = new Set(
  [
    "name",
    "title",
    "line",
    "sentence",
    "words",
    "speaker",
    "office",
    "side",
    "quote",
    "what",
    "occasion",
    "outlet",
    "text",
  ].concat(["source", "stage", "certainty", "moved", "saga", "change", "headline"]),
);

/** The same content, in which every word that somebody else wrote is `text`. */
export function tainted<T>(content: T, text: string): T {
  if (Array.isArray(content)) return content.map((one) => tainted(one, text)) as T;
  if (typeof content !== "object" || content === null || content instanceof Date) return content;
  const fields = Object.entries(content).map(([key, value]) => [
    key,
    FOREIGN.has(key) && typeof value === "string" ? text : tainted(value, text),
  ]);
  return Object.fromEntries(fields) as T;
}
