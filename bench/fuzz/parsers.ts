import { pipeline, Readable } from "node:stream";
import { feedAddress } from "#cli/feeds/address.ts";
import { readOpml } from "#cli/feeds/opml.ts";
import { readFilter } from "#cli/play/follow.ts";
import { readStream } from "#cli/play/stream.ts";
import type { FeedDocument } from "#model/article.ts";
import { LONGEST_LINK, LONGEST_TEXT, LONGEST_TITLE, MOST_TAGS } from "#model/limits.ts";
import { loadPack } from "#pack/pack.ts";
import { extractFrom } from "#pipeline/extract/extract.ts";
import { mended } from "#pipeline/fetch/lenient.ts";
import { freshForMs, retryAfterMs } from "#pipeline/fetch/retry-after.ts";
import { readRobots } from "#pipeline/fetch/robots.ts";
import { canonicalUrl } from "#pipeline/normalize/canonical-url.ts";
import { normalize } from "#pipeline/normalize/normalize.ts";
import { writeOpml } from "#pipeline/opml.ts";
import { readDate } from "#pipeline/parse/dates.ts";
import { absoluteLinks } from "#pipeline/parse/links.ts";
import { readDocument } from "#pipeline/parse/read.ts";
import { readSource } from "#pipeline/parse/sources/read-source.ts";
import { NAMING } from "#pipeline/tag/facets.ts";
import { compileRules, tag } from "#pipeline/tag/tag.ts";
import { readQuery } from "#store/search.ts";
import { FIXTURES } from "#support/feed-fixtures.ts";
import { NOW } from "#support/samples.ts";
import { cutText } from "#text/cut.ts";
import { decode } from "#text/decode.ts";
import { plainLine, plainText } from "#text/plain-text.ts";

const loaded = loadPack("feeds/ai-policy");
if (!loaded.ok) throw new Error("the pack does not load");
const { pack } = loaded;
const rules = compileRules(pack);
const [feed] = pack.feeds;
const URL_OF_FEED = "https://authority.example/feed";

/**
 * What reads bytes from outside, with what is mutated for it. Throws, or tells what is wrong with what it read; null when nothing
 * is.
 */
type Parser = { readonly sources: readonly string[]; readonly read: (body: Uint8Array) => unknown };

const text = (body: Uint8Array): string => Buffer.from(body).toString("utf8");

/** What was read as a feed goes on to be an article with tags, and is bounded there. */
async function followed(document: FeedDocument): Promise<string | null> {
  const { articles } = await normalize(document, feed!, { identity: null, firstSeenAt: NOW });
  for (const article of articles) {
    if (article.title.length > LONGEST_TITLE || article.text.length > LONGEST_TEXT) return "an article without bounds";
    if (article.url.length > LONGEST_LINK) return "an address without bounds";
    const { tags } = tag(article, rules, feed);
    if (tags.filter(({ axis }) => NAMING.has(axis)).length > MOST_TAGS) return "tags without bounds";
    for (const { evidence } of tags)
      for (const { field, start, end, phrase } of evidence)
        if (article[field].slice(start, end) !== phrase) return "a proof that does not stand where it says";
  }
  return null;
}

async function document(body: Uint8Array): Promise<string | null> {
  const outcome = await readDocument(body, { contentType: null, url: URL_OF_FEED });
  return outcome.kind === "document" ? followed(outcome.document) : null;
}

const SITEMAP = `<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<url><loc>https://authority.example/a</loc><lastmod>2026-11-23</lastmod></url><url><loc>https://authority.example/b</loc></url></urlset>`;

const PAGE = `<!doctype html><html><head><title>A title</title><meta property="article:published_time" content="2026-11-23T10:00:00Z">
<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2026-11-23"}</script>
<link rel="alternate" type="application/rss+xml" href="/feed"></head><body><nav><ul><li><a href="/">Home</a></li></ul></nav><article><h1>A title</h1>
<div class="date">23 November 2026</div><p>The authority asks for views on the scope of audits, by the end of the month.</p>
<p>It said on Monday that “the audits are late”, and fined the lab $12 million (the first such fine).</p></article></body></html>`;

const PROSE = "The authority asks for views on the scope of audits, by the end of the month. ".repeat(6);

const FILES = [
  `%PDF-1.7\n1 0 obj << /Length 44 >> stream\n${PROSE}endstream\n<html><p>${PROSE}</p>`,
  JSON.stringify({ html: `<html><body><p>${PROSE}</p></body></html>` }),
  `company,penalty\n"A","<p>${PROSE}</p>"\n`,
  `{\\rtf1\\ansi <p>${PROSE}</p>}`,
  `PK\u0003\u0004word/document.xml<p>${PROSE}</p>`,
  `${PROSE}\n\n<p>${PROSE}</p>`,
];

const HTML =
  '<p>The cap of <EUR 5m is <del>5</del> <ins>2</ins> million, <span style="text-decoration:line-through">or <span>more</span></span>' +
  "; &shy;Haf&#173;tung, &#55357;&#56832;, می\u200Cخواهم 👩\u200D⚖️ \u202Ex\u202C<br>and<o:p>so</o:p></p><!-- on --><ul><li>it</li></ul>";

/** An answer in its parts: what comes out ends, or fails with a code. */
async function answered(body: Buffer): Promise<string | null> {
  const parts = Array.from({ length: Math.ceil(body.length / 7) }, (_, at) => body.subarray(at * 7, at * 7 + 7));
  const answer = mended();
  pipeline(Readable.from(parts), answer, () => {});
  try {
    for await (const part of answer) if (!(part instanceof Uint8Array)) return "an answer that is no bytes";
    return null;
  } catch (error) {
    return "code" in (error as Error) ? null : "a fault without a code";
  }
}

/** Reads it twice: what was canonical stays so, and what was mended. */
function address(written: string): string | null {
  const once = canonicalUrl(written);
  const feed = feedAddress(written);
  if (feedAddress(feed) !== feed) return "a feed's address that is mended and is not";
  return once !== null && canonicalUrl(once) !== once ? "an address that is canonical and is not" : null;
}

function date(written: string): string | null {
  const read = readDate(written, NOW);
  return read !== null && Number.isNaN(new Date(read).getTime()) ? "a date that is none" : null;
}

/** Prose that stands in something else than a page is no article, whatever is broken in it. */
function file(body: Uint8Array): string | null {
  const { text: found } = extractFrom(body, null, URL_OF_FEED);
  return found !== "" &&
    !decode(body, null)
      .replace(/^[\s\uFEFF\u200B]+/, "")
      .startsWith("<")
    ? "an article in what is no page"
    : null;
}

const MAPPING = { list: "$.results[*]", title: "$.title", link: "$.link", date: "$.date", next: "$.next" };

/** The same as a page, an interface and a sitemap. */
async function source(body: Uint8Array): Promise<string | null> {
  for (const one of [{ source: "page" }, { source: "json", json: MAPPING }, { source: "sitemap" }] as const) {
    const outcome = await readSource(body, { contentType: null, url: URL_OF_FEED }, one);
    const wrong = outcome.kind === "document" ? await followed(outcome.document) : null;
    if (wrong !== null) return wrong;
  }
  return null;
}

/** What no line of text has: half characters, controls, soft hyphens, space at its ends, more than one blank line. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const UNSETTLED = /\p{Surrogate}|[\0-\x08\x0B\x0C\x0E-\x1F\u00AD\uFEFF]|^\s|\s$|\n{3}|[^\S\n]\n|\n[^\S\n]|[^\S\n]{2}/u;

function plain(html: string): string | null {
  const [paragraphs, line] = [plainText(html), plainLine(html)];
  if (UNSETTLED.test(paragraphs) || UNSETTLED.test(line) || line.includes("\n")) return "text that is not settled";
  const later = plainText(`${html.replaceAll(/<!--|[<&]/g, "")}<del>struck out</del>`);
  return later.includes("struck out") ? "struck text" : null;
}

function cut(body: Uint8Array): string | null {
  const whole = text(body);
  const limit = whole.length >> 1;
  const short = cutText(whole, limit);
  return short.length > limit || !short.isWellFormed() ? "a cut that is too long or unsound" : null;
}

export const PARSERS: Readonly<Record<string, Parser>> = {
  documents: { sources: [...Object.values(FIXTURES), SITEMAP, PAGE], read: document },
  pages: { sources: [PAGE], read: (body) => void extractFrom(body, null, URL_OF_FEED) },
  "sources without a feed": {
    sources: [
      PAGE,
      SITEMAP,
      JSON.stringify({ results: [{ title: "A rule", link: "/a", date: "2026-11-23" }], next: "/b" }),
    ],
    read: source,
  },
  files: { sources: FILES, read: file },
  "HTML to text": { sources: [PAGE, HTML], read: (body) => plain(text(body)) },
  OPML: {
    sources: [writeOpml("A catalogue", pack.feeds.slice(0, 20))],
    read: (body) => (readOpml(body)?.every(({ url }) => typeof url === "string") === false ? "no feed" : null),
  },
  "robots.txt": {
    sources: [
      "User-agent: *\nDisallow: /private/*.pdf$\nAllow: /\n\nUser-agent: Policywire\nDisallow: /a*b*c\n# over\n",
    ],
    read: (body) => void readRobots(text(body), "Policywire")("https://authority.example/a/b/c?d=e"),
  },
  dates: {
    sources: [
      "Mon, 23 Nov 2026 10:01:00 GMT",
      "2026-11-23T10:01:00+01:00",
      "23. November 2026, 10 Uhr",
      "2026년 11월 23일 오후 01:31:15",
      "2026-11-23T10:05:00+01:00[Europe/Paris]",
      "Mon Nov 23 05:05:00 EST 2026 (Eastern Standard Time)",
      "10:05 26-11-19",
    ],
    read: (body) => date(text(body)),
  },
  addresses: {
    sources: [
      "https://www.authority.example:443/a//b/?utm_source=x&b=2&a=1#part",
      "http://user:pass@[::1]:8080/%7Ea/..;/?q=é",
      "feed:https://authority.example/a;jsessionid=0f3a9c41d2e84b77?PHPSESSID=1#top",
    ],
    read: (body) => address(text(body)),
  },
  "links of texts": {
    sources: ['<base href="/x/"><div xml:base="a/"><p xml:base="https://b.example/"><a href=c?d&amp;e>f</a></p></div>'],
    read: (body) => void absoluteLinks(text(body), URL_OF_FEED),
  },
  "answers by the letter of nobody": {
    sources: [
      "HTTP/1.1 200 OK\nX Bad: 1\r\n folded\nTransfer-Encoding: chunked\n\n5\nhello\n0\n\n",
      "ICY 200 OK\r\nContent-Length: 5, 5\r\nX: \x01\r\n\r\nhello and more",
    ],
    read: (body) => answered(Buffer.from(body)),
  },
  headers: {
    sources: ["Mon, 23 Nov 2026 10:01:00 GMT", "max-age=600, s-maxage=7, private", "120"],
    read: (body) => void [retryAfterMs(text(body), NOW), freshForMs(text(body), text(body))],
  },
  filters: {
    sources: ['place:US,"European Union" stage:enacted -word "two words"'],
    read: (body) => void readFilter(text(body), pack),
  },
  streams: {
    sources: [
      '{"id":1,"title":"T","text":"The board <b>fined</b> the lab.","url":"https://a.example/","at":"2026-11-23","source":"a"}\n'.repeat(
        3,
      ),
    ],
    read: async (body) => void (await readStream(Readable.from([Buffer.from(body)]))),
  },
  queries: { sources: ['fine "audit of labs" -draft “quoted words”'], read: (body) => void readQuery(text(body)) },
  cuts: { sources: ["a \u202ehidden\u202c 👩‍👩‍👧 🇫🇷🇩🇪 e\u0301\u0302 \u2066\u202a\u2069 क्षि".repeat(4)], read: cut },
};
