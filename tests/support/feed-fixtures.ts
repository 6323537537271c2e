/** Feeds of our own writing, in each dialect: eight entries with everything a reader wants of them. */

export const COUNT = 8;

const number = (i: number): string => `${i + 1}`.padStart(2, "0");
const title = (i: number): string => `Authority opens consultation ${number(i)}`;
const link = (i: number): string => `https://authority.example/consultations/${number(i)}`;
const text = (i: number): string =>
  `The authority asks for views on audit scope, part ${number(i)}, by the end of the month.`;

const all = (entry: (i: number) => string): string => Array.from({ length: COUNT }, (_, i) => entry(i)).join("\n");

export const RSS = `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>Authority</title><link>https://authority.example/</link><description>News of the authority</description>
${all(
  (i) => `<item><title>${title(i)}</title><link>${link(i)}</link><guid isPermaLink="false">c-${number(i)}</guid>
<pubDate>Mon, 23 Nov 2026 10:${number(i)}:00 GMT</pubDate><dc:creator>Press office</dc:creator>
<description>${text(i)}</description><content:encoded><![CDATA[<p>${text(i)}</p>]]></content:encoded></item>`,
)}
</channel></rss>`;

export const ATOM = `<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>Authority</title><link href="https://authority.example/"/><id>urn:a</id>
${all(
  (i) => `<entry><id>urn:a:${number(i)}</id><title>${title(i)}</title><link rel="alternate" href="${link(i)}"/>
<updated>2026-11-23T10:${number(i)}:00Z</updated><author><name>Press office</name></author>
<summary type="html">${text(i)}</summary></entry>`,
)}
</feed>`;

export const RDF = `<?xml version="1.0" encoding="UTF-8"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://authority.example/"><title>Authority</title><link>https://authority.example/</link></channel>
${all(
  (i) => `<item rdf:about="${link(i)}"><title>${title(i)}</title><link>${link(i)}</link>
<dc:date>2026-11-23T10:${number(i)}:00Z</dc:date><description>${text(i)}</description></item>`,
)}
</rdf:RDF>`;

export const JSON_FEED = JSON.stringify(
  {
    version: "https://jsonfeed.org/version/1.1",
    title: "Authority",
    home_page_url: "https://authority.example/",
    items: Array.from({ length: COUNT }, (_, i) => ({
      id: `c-${number(i)}`,
      url: link(i),
      title: title(i),
      content_text: text(i),
      date_published: `2026-11-23T10:${number(i)}:00Z`,
    })),
  },
  null,
  1,
);

export const FIXTURES: Readonly<Record<string, string>> = { RSS, ATOM, RDF, JSON_FEED };

export const titles = (): string[] => Array.from({ length: COUNT }, (_, i) => title(i));
