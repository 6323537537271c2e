/** What a hostile site serves: a feed, and where the case is about them its robots.txt and an article's page. */
export type Case = {
  readonly name: string;
  readonly feed: Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
  readonly robots?: string;
  readonly page?: string;
  /** Whether the feed that comes next is a large one, and comes while the page is read. */
  readonly beside?: boolean;
};

const KB = 1_024;
const MB = 1_024 * KB;

export const filled = (unit: string, bytes: number): string =>
  unit.repeat(Math.ceil(bytes / unit.length)).slice(0, bytes);

/** Stands for the time when a feed is served: pages are read of nothing older than the feed's place in the catalogue. */
export const PUBLISHED = "Thu, 01 Jan 1970 00:00:00 GMT";

const inRss = (items: string, channel = ""): string =>
  `<?xml version="1.0"?><rss version="2.0"><channel><title>T</title><link>https://board.example/</link>${channel}${items}</channel></rss>`;

type Fields = Partial<Record<"title" | "link" | "guid" | "author" | "pubDate" | "description", string>>;

/** An item of AI policy that the shipped pack finds relevant; `fields` replace its own. */
function item(number: number, fields: Fields = {}): string {
  const whole: Fields = {
    title: `Board ${number} weighs fine over audits of AI models`,
    link: `https://board.example/${number}`,
    guid: `g${number}`,
    pubDate: PUBLISHED,
    description: `The board weighs a civil penalty of ${number} for an AI developer that missed its audit.`,
    ...fields,
  };
  return `<item>${Object.entries(whole)
    .map(([name, text]) => `<${name}>${text}</${name}>`)
    .join("")}</item>`;
}

const items = (count: number, fields: (number: number) => Fields): string =>
  Array.from({ length: count }, (_, at) => item(at, fields(at))).join("");

const feed = (name: string, document: string, more: Partial<Case> = {}): Case => ({
  name,
  feed: Buffer.from(document),
  ...more,
});

/** Copies of one story, or differing reports of it, with a figure in every sentence. */
const figures = (count: number, differing: boolean): string =>
  items(count, (at) => ({
    title: `Ministry fines Lanternworks 38 million over AI audits${differing ? `, says outlet ${at}` : ""}`,
    description: Array.from(
      { length: 40 },
      (_, line) =>
        `The ministry fined the AI developer Lanternworks $${30 + ((line * 7 + (differing ? at : 0)) % 50)} million over ${line} missed audits of its model.`,
    ).join(" "),
  }));

const page = (body: string): Partial<Case> => ({
  page: `<html><head><title>T</title></head><body>${body}</body></html>`,
});

const one = (fields: Fields): string => inRss(item(1, fields));

/** Each of these has once held a program of this kind up, or could. */
export const CASES: readonly Case[] = [
  feed("a usual feed, to compare with", inRss(items(25, () => ({})))),
  feed("robots.txt of 500 KiB", one({}), { robots: `User-agent: *\n${filled("Disallow: /*a*b*c$\n", 500 * KB)}` }),
  feed("robots.txt of one line", one({}), { robots: `User-agent: *\nDisallow: /${filled("*a", 500 * KB)}` }),
  feed("robots.txt of 18,000 agents", one({}), {
    robots: `${filled("User-agent: *\n", 250 * KB)}\n${filled("Disallow: /a\n", 250 * KB)}`,
  }),
  feed("robots.txt of long parts, for a long address", one({ link: `https://board.example/${filled("a", 2_000)}` }), {
    robots: `User-agent: *\n${filled(`Disallow: /*${filled("a", 900)}b${filled("a", 900)}\n`, 500 * KB)}`,
  }),
  feed("120 KB of blanks in a link", one({ link: filled(" ", 120 * KB) })),
  feed(
    "blanks before every close",
    inRss(items(200, () => ({ link: `${filled("\n ", 2 * KB)}x`, title: filled(" ", 2 * KB) }))),
  ),
  feed("200 KB of initials", one({ description: filled("u.", 200 * KB) })),
  feed(
    "a link of 20,000 parameters",
    one({ link: `https://board.example/?${filled("a=1&amp;utm_b=2&amp;", 200 * KB)}` }),
  ),
  feed("48 copies with figures", inRss(figures(48, false))),
  feed("100 reports with figures", inRss(figures(100, true))),
  feed("2,000 copies with figures", inRss(figures(2_000, false))),
  feed("3,000 links within each other on a page", one({}), page("<a href=/x>".repeat(3_000))),
  feed("100,000 elements within each other on a page", one({}), page("<div>".repeat(100_000))),
  feed("40,000 elements beside each other on a page", one({}), page("<p>a <b>b</b></p>".repeat(20_000))),
  feed("9,000 paragraphs under 200 elements on a page", one({}), {
    ...page(`${"<div>".repeat(200)}${`<p>${filled("The audit of AI models, ", 280)}</p>`.repeat(9_000)}`),
    beside: true,
  }),
  feed("4 MB of one attribute on a page", one({}), page(`<p class="${filled("a ", 4 * MB)}">x</p>`)),
  feed("a sentence of 400 KB", one({ description: filled("the audit of the AI model ", 400 * KB) })),
  feed("50,000 sentences", one({ description: filled("AI audits. ", 500 * KB) })),
  feed("quotation marks", one({ description: filled("“audit” said ", 400 * KB) })),
  feed("figures without end", one({ description: filled("$1,000,000.00 million ", 400 * KB) })),
  feed("dates without end", one({ description: filled("on 1 March 2027 by ", 400 * KB) })),
  feed("capitals and commas", one({ description: filled("The A B, C D, ", 400 * KB) })),
  feed("brackets and dashes", one({ description: filled("((— ", 400 * KB) })),
  feed("stacked marks and turned text", one({ title: `a${filled("\u0301\u202e", 200 * KB)}` })),
  feed("a title of 2 MB", one({ title: filled("audits of AI ", 2 * MB) })),
  feed("a guid of 1 MB", one({ guid: filled("g", MB) })),
  feed("an author of 500 KB", one({ author: filled("a@b.c (x) < ", 500 * KB).replaceAll("<", "&lt;") })),
  feed("a date of 500 KB", one({ pubDate: filled("1 ", 500 * KB) })),
  feed("2,000 entries", inRss(items(2_000, () => ({})))),
  feed("a million items", inRss(filled("<item>", 8 * MB))),
  feed("titles that never close", inRss(filled("<item><title>", 6 * MB))),
  feed("100,000 elements within each other", inRss(filled("<a>", 300 * KB))),
  feed(
    "entities that grow",
    `<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "${"&a;".repeat(1_000)}"><!ENTITY c "${"&b;".repeat(1_000)}">]>${one({ title: "&c;" })}`,
  ),
  feed("500 KB of ampersands", one({ description: filled("&amp;amp;", 500 * KB) })),
  feed("JSON within JSON", `{"version":"https://jsonfeed.org/version/1","title":"T","items":${filled("[", 6 * MB)}`, {
    headers: { "content-type": "application/feed+json" },
  }),
  { name: "10 MB of NULs", feed: Buffer.alloc(10 * MB) },
  { name: "bytes of no encoding", feed: Buffer.alloc(9 * MB, 0xff) },
];
