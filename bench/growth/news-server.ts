import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { DAY_MS, MINUTE_MS } from "#model/time.ts";
import { randomFrom } from "#support/random.ts";
import { policyNews } from "../scale/matters.ts";
import { everydayWord } from "../words.ts";

/**
 * Feeds of news, any path one of its own, in a process of its own so that they cost the bench no CPU. Told by message which
 * edition they list, each with `NEW` entries more; answers with the edition.
 */
const [LISTED, NEW, STARTED] = process.argv.slice(2).map(Number) as [number, number, number];

/** Of so many entries one is about AI policy: what feeds of such a catalogue bring is mostly about something else. */
const ONE_IN_POLICY = 5;

let edition = 0;

const server = createServer((request, response) => {
  const feed = Number(request.url?.slice(1));
  const newest = LISTED + edition * NEW - 1;
  const items = Array.from({ length: LISTED }, (_, at) => itemOf(feed, newest - at));
  response.writeHead(200, { "content-type": "application/rss+xml" });
  response.end(
    `<?xml version="1.0"?><rss version="2.0"><channel><title>News ${feed}</title><link>https://news-${feed}.example/</link><description>All of it</description>${items.join("")}</channel></rss>`,
  );
});

/** The same whenever it is asked for. */
function itemOf(feed: number, entry: number): string {
  const number = feed * 10_007 + entry;
  const random = randomFrom(number);
  const between = (least: number, most: number) => least + Math.floor(random() * (most - least + 1));
  const word = () => everydayWord(random);
  const phrase = (length: number) => {
    const said = Array.from({ length }, word).join(" ");
    return said.charAt(0).toUpperCase() + said.slice(1);
  };
  const [title, lead] = entry % ONE_IN_POLICY === 0 ? policyNews(number) : [phrase(between(6, 12)), ""];
  const sentences = [lead];
  for (let left = between(60, 150); left > 0; ) {
    const length = between(8, 22);
    sentences.push(`${phrase(length)}.`);
    left -= length;
  }
  const link = `https://news-${feed}.example/${entry}`;
  const at = new Date(STARTED - DAY_MS + entry * MINUTE_MS).toUTCString();
  return `<item><title>${title}</title><link>${link}</link><guid isPermaLink="true">${link}</guid><pubDate>${at}</pubDate><dc:creator xmlns:dc="http://purl.org/dc/elements/1.1/">${phrase(2)}</dc:creator><description><![CDATA[<p>${sentences.join(" ")}</p>]]></description></item>`;
}

process.on("message", (told: number) => {
  edition = told;
  process.send?.(edition);
});
server.listen(0, "127.0.0.1", () => process.send?.((server.address() as AddressInfo).port));
