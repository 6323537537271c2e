import { loadPack } from "#app/pack.ts";
import { hasTags, htmlOf } from "#cli/play/html.ts";
import { placesIn } from "#cli/play/spans.ts";
import { readArticle } from "#pipeline/cluster/reading.ts";
import { dayIn } from "#pipeline/extract/day.ts";
import { readRobots } from "#pipeline/fetch/robots.ts";
import { canonicalUrl } from "#pipeline/normalize/canonical-url.ts";
import { readDate } from "#pipeline/parse/dates.ts";
import { readDocument } from "#pipeline/parse/read.ts";
import { isBoilerplate } from "#pipeline/summarize/boilerplate.ts";
import { faultIn } from "#pipeline/summarize/gate.ts";
import { quality } from "#pipeline/summarize/quality.ts";
import { shorten } from "#pipeline/summarize/shorten.ts";
import { quotationIn, speakerIn } from "#pipeline/summarize/speech.ts";
import { summarize } from "#pipeline/summarize/summarize.ts";
import { compileRules, tag } from "#pipeline/tag/tag.ts";
import { datesIn } from "#pipeline/tell/dates.ts";
import { figuresIn } from "#pipeline/tell/figures.ts";
import { article } from "#support/samples.ts";
import { languageOf } from "#text/language.ts";
import { mendBytes, mendText } from "#text/mojibake.ts";
import { plainLine, plainText } from "#text/plain-text.ts";
import { sentences } from "#text/sentences.ts";
import { sketchOf } from "#text/shingles.ts";
import { tokenize } from "#text/tokens.ts";

const loaded = loadPack("feeds/ai-policy");
if (!loaded.ok) throw new Error("the shipped pack is wrong");
const rules = compileRules(loaded.pack);

const origin = { contentType: null, url: "https://board.example/feed" };
const asItem = (element: string) => (text: string) =>
  readDocument(
    Buffer.from(
      `<rss><channel><title>T</title><item><title>x</title><${element}>${text}</${element}></item></channel></rss>`,
    ),
    origin,
  );
const member = (text: string) => ({
  article: article({ text }),
  tagging: { relevant: true, hold: null, tags: [] },
  primary: true,
});
const source = (id: number, text: string) => ({ id, title: "T", text, primary: false });

/** What is done with text from outside, stage by stage. */
export const STAGES: Readonly<Record<string, (text: string) => unknown>> = {
  "a title": asItem("title"),
  "a link": asItem("link"),
  "an author": asItem("author"),
  "a guid": asItem("guid"),
  "a date": asItem("pubDate"),
  "a description": asItem("description"),
  "JSON Feed": (text) =>
    readDocument(
      Buffer.from(
        JSON.stringify({
          version: "https://jsonfeed.org/version/1.1",
          title: "T",
          items: [{ id: "1", content_html: text }],
        }),
      ),
      origin,
    ),
  "no feed": (text) => readDocument(Buffer.from(`<html>${text}`), origin),
  "plain text": plainText,
  "a plain line": plainLine,
  language: languageOf,
  "mended text": mendText,
  "mended bytes": mendBytes,
  tokens: tokenize,
  sentences,
  sketch: (text) => sketchOf(tokenize(text)),
  "a feed's date": readDate,
  "a page's day": (text) => dayIn(text, { compact: true }),
  "an address": (text) => canonicalUrl(`https://board.example/${text}`),
  "an address's parameters": (text) => canonicalUrl(`https://board.example/?${text}`),
  tags: (text) => tag({ title: text.slice(0, 200), text: `The AI model. ${text}` }, rules),
  "the index's reading": (text) => readArticle({ ...article({ text, title: text }), feedId: "f" }),
  "dates to come": (text) => datesIn(member(text)),
  figures: (text) => figuresIn(member(text)),
  summary: (text) => summarize([source(1, text), source(2, `${text}x`)], { maxSentences: 3 }),
  boilerplate: isBoilerplate,
  cuts: (text) => shorten(text, { start: 0, end: text.length }),
  speaker: speakerIn,
  quotation: quotationIn,
  quality: (text) => quality(text, 20),
  gate: (text) => faultIn("The board fined the lab.", [text]),
  "robots.txt": (text) => readRobots(`User-agent: *\nDisallow: /${text}`, "Policywire")("https://board.example/a"),
  "a played text": (text) => (hasTags(text) ? text : placesIn(htmlOf(text), plainText(htmlOf(text)))([[0, 9]])),
};

/** What a text is made of that is meant to cost much: repeated as often as there is room. */
export const UNITS: readonly string[] = [
  " ",
  "\n ",
  ".",
  "u.",
  "a. ",
  ",",
  "“a” said ",
  '"',
  "(",
  "((— ",
  "1",
  "1,000 ",
  "$1 million ",
  "A",
  "A B, ",
  "The A of ",
  "a@b ",
  "<",
  "<a ",
  "<!--",
  "&",
  "&amp;",
  "a-b/",
  "e\u0301",
  "â€™",
  "on 1 March by ",
  "2026-01-",
  "x=1&",
  "www.",
  "</div> ",
  ", ",
  "’",
  "(a) ",
  "[",
  "audit of the AI ",
];
