import { deflateSync } from "node:zlib";
import { assembled, lines, type Placed, pdf, SIZE, shown, stream } from "./writer.ts";

/** What the Office of Model Safety decided, in paragraphs, a list of them a page. All of it is made up. */
export const DECISION: readonly (readonly string[])[] = [
  [
    "The Office of Model Safety has today decided on the conduct of Pellworm Systems, a developer of frontier AI models.",
    "The Office asked Pellworm Systems on 3 March 2026 for access to the environment in which its models are trained, so that an independent auditor could examine them. The company let the term pass.",
  ],
  [
    "A second request of 9 April 2026 named the logs that the auditor wished to see. Pellworm Systems answered that they were trade secrets.",
    "The Office heard the company on 4 May 2026, and found that the secrets of a trade are kept by the auditor's oath.",
  ],
  [
    "The Office therefore imposes on Pellworm Systems a fine of 3 million crowns for refusing an independent audit of its frontier AI model.",
    "Pellworm Systems must admit the auditor within 30 days of this decision. It may appeal to the administrative court within a month.",
  ],
];

/** A head and a foot on each page, as the Office prints them. */
const framed = (pages: readonly (readonly Placed[])[]): Placed[][] =>
  pages.map((placed, at) => [
    { x: 72, y: 760, text: "Office of Model Safety - Decision 14/2026" },
    ...placed,
    { x: 280, y: 40, text: `Page ${at + 1} of ${pages.length}`, size: 8 },
  ]);

/** The decision on three pages with running heads and feet. */
export const decision = (): Buffer => pdf(framed(DECISION.map((paragraphs) => lines(paragraphs))));

/** So many pages, each with sentences of its own. */
export const long = (pages: number): Buffer =>
  pdf(
    framed(
      Array.from({ length: pages }, (_, at) =>
        lines([`Finding ${at + 1} is that the auditor was not admitted on day ${at + 1} of the term.`]),
      ),
    ),
  );

/** An act of two columns: each is read down before the next. */
export const twoColumns = (left: readonly string[], right: readonly string[]): Buffer =>
  pdf([[...lines(left, { width: 210 }), ...lines(right, { x: 320, width: 210 })]]);

/** The same, drawn line by line across both. */
export const acrossColumns = (left: readonly string[], right: readonly string[]): Buffer =>
  pdf([[...lines(left, { width: 210 }), ...lines(right, { x: 320, width: 210 })].toSorted((a, b) => b.y - a.y)]);

/** A form to be filled in. */
export const form = (): Buffer => {
  const fields = ["Name of undertaking", "Model concerned", "Date of incident", "Signature"];
  return pdf([
    [
      { x: 72, y: 740, text: "Notification of an incident", size: 14 },
      ...fields.map((text, at) => ({ x: 72, y: 700 - 30 * at, text: `${text}: ${"_".repeat(30)}` })),
    ],
  ]);
};

const SHADE = deflateSync(Buffer.alloc(100 * 100, 200));

/** A picture of a page, and no text. */
export const scanned = (): Buffer =>
  pdf(["q 612 0 0 792 0 0 cm /Im1 Do Q", "q 612 0 0 792 0 0 cm /Im1 Do Q"], {
    resources: "/XObject<</Im1 1000 0 R>>",
    objects: [
      stream(
        SHADE,
        "/Type/XObject/Subtype/Image/Width 100/Height 100/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/FlateDecode",
      ),
    ],
  });

/** Locked with a password that nobody here knows. */
export const encrypted = (): Buffer => {
  const key = "5a".repeat(32);
  return pdf(
    DECISION.map((paragraphs) => lines(paragraphs)),
    {
      objects: [`<</Filter/Standard/V 2/R 3/Length 128/P -44/O<${key}>/U<${key}>>>`],
      trailer: `/Encrypt 1000 0 R/ID[<${key}><${key}>]`,
    },
  );
};

/** A font whose codes are mapped to nothing that means a letter. */
export const unmapped = (): Buffer => {
  const codes = Array.from({ length: 96 }, (_, at) => `<${(at + 32).toString(16)}><${(0xe000 + at).toString(16)}>`);
  const map = `/CIDInit/ProcSet findresource begin 12 dict begin begincmap 1 begincodespacerange<00><ff>endcodespacerange ${codes.length} beginbfchar ${codes.join(" ")} endbfchar endcmap end end`;
  return pdf(
    DECISION.map((paragraphs) => lines(paragraphs)),
    { font: "<</Type/Font/Subtype/Type1/BaseFont/Courier/ToUnicode 1000 0 R>>", objects: [stream(map)] },
  );
};

/** Runs a script when it is opened and fetches from outside, if it were let. */
export const scripted = (address: string): Buffer =>
  pdf(
    DECISION.map((paragraphs) => lines(paragraphs)),
    {
      catalogue: "/OpenAction 1000 0 R/AcroForm<</XFA 1001 0 R>>",
      objects: [
        `<</S/JavaScript/JS(globalThis.ranInPdf = true; app.launchURL\\("${address}"\\);)>>`,
        stream(`<xdp><script>fetch("${address}")</script></xdp>`),
        `<</S/URI/URI(${address})>>`,
      ],
      resources: `/XObject<</Im1 <</Type/XObject/Subtype/Image/F<</FS/URL/F(${address})>>>>>>`,
    },
  );

/** A stream of 1.4 MB that unfolds to 320. */
export const bomb = (): Buffer => {
  const once = deflateSync(Buffer.alloc(320 * 1024 * 1024, " "), { level: 1 });
  return pdf([stream(once, "/Filter/FlateDecode")]);
};

/** A tree of pages that comes back to its root, and one that is deep. */
export const circular = (): Buffer =>
  assembled(
    new Map([
      [1, "<</Type/Catalog/Pages 2 0 R>>"],
      [2, "<</Type/Pages/Count 3/Kids[3 0 R 2 0 R]>>"],
      [3, "<</Type/Pages/Parent 2 0 R/Count 2/Kids[2 0 R 2 0 R]>>"],
    ]),
  );

export const deep = (levels: number): Buffer => {
  const objects = new Map<number, string | Buffer>([[1, "<</Type/Catalog/Pages 2 0 R>>"]]);
  for (let at = 0; at < levels; at += 1) objects.set(2 + at, `<</Type/Pages/Count 1/Kids[${3 + at} 0 R]>>`);
  objects.set(2 + levels, `<</Type/Page/MediaBox[0 0 612 792]/Contents ${3 + levels} 0 R>>`);
  objects.set(3 + levels, stream(shown([{ x: 72, y: 72, text: "Deep.", size: SIZE }])));
  return assembled(objects);
};

/** Objects that nothing needs, and a page of 600,000 operators. */
export const crowded = (objects: number): Buffer => {
  const all = new Map<number, string | Buffer>([
    [1, "<</Type/Catalog/Pages 2 0 R>>"],
    [2, "<</Type/Pages/Count 1/Kids[3 0 R]>>"],
    [3, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R>>"],
    [4, stream(deflateSync("q Q ".repeat(300_000)), "/Filter/FlateDecode")],
  ]);
  for (let at = 0; at < objects; at += 1) all.set(5 + at, "<<>>");
  return assembled(all);
};
