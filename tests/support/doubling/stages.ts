import { Buffer } from "node:buffer";
import { idsBeside } from "#cli/feeds/catalogue.ts";
import { readOpml } from "#cli/feeds/opml.ts";
import { hasTags, htmlOf } from "#cli/play/html.ts";
import { placesIn } from "#cli/play/spans.ts";
import { plain } from "#cli/terminal.ts";
import { escapeText, escapeWithin, labelWithin } from "#discord/escape.ts";
import type { Entry } from "#model/article.ts";
import { loadPack } from "#pack/pack.ts";
import { profileOf } from "#pipeline/cluster/profile.ts";
import { deadlinesIn } from "#pipeline/deadlines/deadlines.ts";
import { extract } from "#pipeline/extract/extract.ts";
import { isOfSameMatter } from "#pipeline/extract/same-matter.ts";
import { freshForMs, retryAfterMs } from "#pipeline/fetch/retry-after.ts";
import { readRobots } from "#pipeline/fetch/robots.ts";
import { canonicalUrl } from "#pipeline/normalize/canonical-url.ts";
import { normalize } from "#pipeline/normalize/normalize.ts";
import { readDate } from "#pipeline/parse/dates.ts";
import { readDocument } from "#pipeline/parse/read.ts";
import { readSource } from "#pipeline/parse/sources/read-source.ts";
import { quotesIn } from "#pipeline/quotes/quotes.ts";
import { isBoilerplate } from "#pipeline/summarize/boilerplate.ts";
import { candidatesOf } from "#pipeline/summarize/candidates.ts";
import { cardOf } from "#pipeline/summarize/card.ts";
import { conflictsIn } from "#pipeline/summarize/conflicts.ts";
import { keptRanges } from "#pipeline/summarize/hosted/gate.ts";
import { quality } from "#pipeline/summarize/quality.ts";
import { shorten } from "#pipeline/summarize/shorten.ts";
import { quotationIn, speakerIn } from "#pipeline/summarize/speech.ts";
import { summarize } from "#pipeline/summarize/summarize.ts";
import { compileRules, judge } from "#pipeline/tag/tag.ts";
import { latestAct } from "#pipeline/tell/acts-added.ts";
import { datesIn } from "#pipeline/tell/date-claims.ts";
import { figuresIn } from "#pipeline/tell/figure-claims.ts";
import { movementsBetween } from "#pipeline/tell/movements.ts";
import { supersededIn } from "#pipeline/tell/superseded.ts";
import { readQuery } from "#store/search.ts";
import { amountsIn } from "#text/amounts.ts";
import { dayIn, daysIn } from "#text/calendar.ts";
import { cutText } from "#text/cut.ts";
import { decode } from "#text/decode.ts";
import { glossaryOf, glossOf } from "#text/gloss.ts";
import { identifiersOf } from "#text/identifiers.ts";
import { languageOf } from "#text/language.ts";
import { mendBytes, mendText } from "#text/mojibake.ts";
import { plainLine, plainText } from "#text/plain-text.ts";
import { textSketch } from "#text/reading.ts";
import { sentences } from "#text/sentences.ts";
import { tokenize } from "#text/tokens.ts";
import { LANGUAGES } from "../languages.ts";
import { article, NOW, story } from "../samples.ts";

const loaded = loadPack("feeds/ai-policy");
if (!loaded.ok) throw new Error("the pack does not load");
const PACK = loaded.pack;
const RULES = compileRules(PACK);

const GLOSSARIES = LANGUAGES.map((language) => glossaryOf(language, PACK.glossaries)!);

const FEED = PACK.feeds[0]!;
const ORIGIN = { contentType: null, url: "https://authority.example/feed" };

const parsed = (document: string) => readDocument(Buffer.from(document), ORIGIN);
const whole = (text: string) => ({ start: 0, end: text.length });
const NOT_TAGGED = { relevant: true, support: 1, hold: null, tags: [] };
const memberOf = (text: string, id = 1) => ({
  article: article({ id, text, textHash: text }),
  tagging: NOT_TAGGED,
  primary: false,
});
const entryOf = (text: string): Entry => ({
  id: text,
  title: text,
  link: `https://a.example/${text}`,
  published: null,
  updated: null,
  author: text,
  summary: text,
  content: null,
  enclosures: [],
});

const normalized = (entries: readonly Entry[]) =>
  normalize({ format: "rss 2.0", feed: { title: null, link: null }, entries, minIntervalMs: null }, FEED, {
    identity: null,
    firstSeenAt: NOW,
  });
const STORY = story({ leadArticleId: 0 });

/** Every stage that reads text from outside, from the text alone. */
export const STAGES = {
  decode: (text) => decode(Buffer.from(text, "latin1"), null),
  "an element of a feed": (text) =>
    parsed(
      `<rss><channel><title>T</title><item><title>${text}</title><link>${text}</link><author>${text}</author><guid>${text}</guid>` +
        `<pubDate>${text}</pubDate><description>${text}</description></item></channel></rss>`,
    ),
  "an attribute of a feed": (text) =>
    parsed(`<feed><entry xml:base="${text}"><link href="${text}"/><id>${text}</id></entry>`),
  "markup of a feed": (text) => parsed(`<rss><channel><title>T</title><item>${text}`),
  "xhtml of a feed": (text) =>
    parsed(
      `<feed xmlns="http://www.w3.org/2005/Atom"><entry><content type="xhtml"><div>${text}</div></content></entry></feed>`,
    ),
  "a JSON Feed": (text) =>
    parsed(
      JSON.stringify({
        version: "https://jsonfeed.org/version/1.1",
        items: [{ id: text, url: text, title: text, content_html: text }],
      }),
    ),
  "markup of JSON": (text) => parsed(`{"version":"https://jsonfeed.org/version/1.1","items":[${text}`),
  "what is no feed": (text) => parsed(`<html>${text}`),
  "plain text": (text) => [plainText(text), plainLine(text)],
  "a text that is played": (text) => (hasTags(text) ? text : placesIn(htmlOf(text), plainText(htmlOf(text)))([[0, 9]])),
  language: (text) => languageOf(text),
  mojibake: (text) => [mendText(text), mendBytes(text)],
  tokens: (text) => tokenize(text),
  sentences: (text) => sentences(text),
  gloss: (text) => GLOSSARIES.map((glossary) => glossOf(text, glossary).back(whole(text))),
  amounts: (text) => [amountsIn(text), amountsIn(text, "fr")],
  identifiers: (text) => identifiersOf(text),
  shingles: (text) => textSketch({ text }),
  "a date": (text) => [readDate(text), dayIn(text, { compact: true })],
  days: (text) => daysIn(text, { written: 20_000 }),
  "an address": (text) => [canonicalUrl(`https://a.example/${text}`), canonicalUrl(`https://a.example/?${text}`)],
  normalize: (text) => normalized([entryOf(text)]),
  tags: (text) => judge({ title: text, text }, RULES),
  "cluster profile": (text) => profileOf(article({ title: text, text })),
  deadlines: (text) => deadlinesIn({ text, publishedAt: null, firstSeenAt: NOW }),
  "dates that are told": (text) => datesIn(memberOf(text)),
  "figures that are told": (text) => figuresIn(memberOf(text)),
  "a sentence that is shortened": (text) => shorten(text, whole(text)),
  quotes: (text) => quotesIn({ text, textHash: text, language: "en" }),
  speech: (text) => [speakerIn(text), quotationIn(text)],
  "boilerplate and quality": (text) => [isBoilerplate(text), quality(text, 20)],
  summary: (text) =>
    summarize([{ id: 1, title: "Department weighs penalty", text, primary: false }], {
      maxSentences: 3,
      points: PACK.points,
    }),
  "figures that are compared": (text) => {
    const sources = [1, 2].map((id) => ({ id, title: "T", text, primary: false }));
    return conflictsIn(candidatesOf(sources), sources);
  },
  gate: (text) => keptRanges("The agency may fine the company on Monday.", text),
  page: (text) =>
    extract(`<html><body><article><h1>A title</h1>${text}</article></body></html>`, "https://a.example/page"),
  "a page with a list": (text) => readSource(Buffer.from(`<html><main><ul>${text}`), ORIGIN, { source: "page" }),
  "an item of a page": (text) =>
    readSource(Buffer.from(`<ul>${`<li><a href=/x>A title of words</a> ${text}</li>`.repeat(3)}`), ORIGIN, {
      source: "page",
    }),
  "a JSON interface": (text) =>
    readSource(Buffer.from(`{"a":[${text}`), ORIGIN, {
      source: "json",
      json: { list: "$..a[*]", title: "{$.a}: {$.b}", link: "/{$.a}" },
    }),
  "a sitemap": (text) => readSource(Buffer.from(`<urlset>${text}`), ORIGIN, { source: "sitemap" }),
  "a name in a page": (text) =>
    extract(`<html><body><div class="${text}"><p>Prose.</p></div></body></html>`, "https://a.example/page"),
  "the matter of a page": (text) => isOfSameMatter({ title: "Department weighs penalty", text }, `${text} penalty.`),
  robots: (text) => {
    const allows = readRobots(`user-agent: *\n${text}`, "policywire");
    return [allows("https://a.example/a"), allows(`https://a.example/${"a".repeat(2_000)}`)];
  },
  "agents of a robots.txt": (text) => readRobots(text + "allow: /a\n".repeat(text.length / 10), "policywire"),
  "a header": (text) => [retryAfterMs(text, NOW), freshForMs(text, text)],
  query: (text) => readQuery(text),
  "a line on Discord": (text) => [escapeText(text), escapeWithin(text, 256), labelWithin(text, 100)],
  "a line in the terminal": (text) => plain(text),
  "a cut": (text) => [cutText(text, text.length - 1), cutText(text, text.length >> 1)],
  OPML: (text) => readOpml(Buffer.from(`<opml version="2.0"><body>${text}</body></opml>`)),
} as const satisfies Readonly<Record<string, (text: string) => unknown>>;

export type StageName = keyof typeof STAGES;

/** What reads many things at once, of which each says what it is given. */
export const GATHERINGS = {
  "entries of a feed": (texts) =>
    parsed(
      `<rss><channel><title>T</title>${texts.map((text) => `<item><title>${text}</title><guid>${text}</guid></item>`).join("")}`,
    ),
  "entries that are normalised": (texts) => normalized(texts.map(entryOf)),
  "parameters of an address": (texts) =>
    canonicalUrl(`https://a.example/?${texts.map((text) => `${text}=1`).join("&")}`),
  "figures of articles": (texts) => {
    const sources = texts.map((text, id) => ({ id, title: "T", text, primary: false }));
    return conflictsIn(candidatesOf(sources), sources);
  },
  "movements of a story": (texts) => {
    const [first, ...rest] = texts.map(memberOf);
    return movementsBetween([first!], [first!, ...rest], PACK.facets);
  },
  "acts of a story": (texts) => {
    const voices = texts.map((title, id) => ({
      ...memberOf("", id),
      article: article({ id, title, textHash: title }),
    }));
    return [movementsBetween(voices.slice(0, 1), voices, PACK.facets), latestAct(voices)];
  },
  "what is superseded": (texts) => supersededIn(texts.map(memberOf)),
  "a card": (texts) => {
    const articles = texts.map((text, id) => article({ id, text }));
    return cardOf({ story: STORY, revision: 2, movements: [], articles, reprints: new Set() }, PACK);
  },
  "feeds of an OPML": (texts) =>
    readOpml(
      Buffer.from(
        `<opml version="2.0"><body>${texts.map((text) => `<outline text="${text}" xmlUrl="https://a.example/${text}"/>`).join("")}</body></opml>`,
      ),
    ),
  "ids of feeds": (texts) => {
    const taken = new Set<string>();
    const idFor = idsBeside(taken);
    for (const text of texts) taken.add(idFor(text));
  },
} as const satisfies Readonly<Record<string, (texts: readonly string[]) => unknown>>;

export type GatheringName = keyof typeof GATHERINGS;
