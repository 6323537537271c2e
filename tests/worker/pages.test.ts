import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, onTestFinished, test } from "vitest";
import { createFetcher, type Fetcher } from "#pipeline/fetch/fetch.ts";
import { type FeedServer, startFeedServer } from "#support/feed-server.ts";
import { article, NOW } from "#support/samples.ts";
import { createPageReader, oneByOne } from "#worker/pages.ts";

let server: FeedServer;
let fetcher: Fetcher;

beforeEach(async () => {
  server = await startFeedServer();
  const pace = { concurrency: 9, intervalMs: 0 };
  fetcher = createFetcher({ userAgent: "Policywire/test", allowNetworks: ["127.0.0.0/8"], clock: () => NOW, pace });
});

afterEach(async () => {
  await fetcher.close();
  await server.close();
});

const PARAGRAPHS = [
  "The department wants independent auditors inside the company four times a year, a demand that the company calls a blank cheque for looking at everything it does.",
  "Officials also want serious incidents reported within three days of their discovery, where the company has offered fifteen, and a resident monitor for two years.",
  "Neither side would say on Tuesday when the talks, which broke off at the weekend, are to be taken up again, or who is to lead them when they are.",
];

const page = (body: string) =>
  `<html><head><title>Talks stall</title></head><body><article>${body}</article></body></html>`;

const read = (path: string) => {
  const reader = createPageReader(
    fetcher,
    () => NOW,
    () => {},
  );
  return reader(article({ url: `${server.origin}${path}` }));
};

const long = {
  body: page(PARAGRAPHS.map((text) => `<p>${text}</p>`).join("")),
  headers: { "content-type": "text/html" },
};

test("an article gets the text of its page, and says so", async () => {
  server.answer("/talks", long);
  const full = await read("/talks");
  expect(full.textFrom).toBe("page");
  expect(full.text).toBe(PARAGRAPHS.join("\n\n"));
  expect(full.textHash).not.toBe(article().textHash);
});

test("robots.txt is read once for a site, and obeyed", async () => {
  server.answer("/robots.txt", { body: "User-agent: policywire\nDisallow: /private/\n" });
  server.answer("/private/talks", long);
  server.answer("/talks", long);
  const reader = createPageReader(
    fetcher,
    () => NOW,
    () => {},
  );
  const closed = article({ url: `${server.origin}/private/talks` });
  expect(await reader(closed)).toBe(closed);
  expect((await reader(article({ url: `${server.origin}/talks` }))).textFrom).toBe("page");
  expect(server.asked.map(({ path }) => path)).toEqual(["/robots.txt", "/talks"]);
});

test("a site whose robots.txt cannot be had for a fault of its own is left alone, and asked again before long", async () => {
  server.answer("/robots.txt", { status: 500 }, { body: "User-agent: *\nDisallow:\n" });
  server.answer("/talks", long);
  let now = NOW;
  const reader = createPageReader(
    fetcher,
    () => now,
    () => {},
  );
  const talks = article({ url: `${server.origin}/talks` });
  expect(await reader(talks)).toBe(talks);
  now = new Date(NOW.getTime() + 9 * 60_000);
  expect(await reader(talks)).toBe(talks);
  expect(server.asked.map(({ path }) => path)).toEqual(["/robots.txt"]);
  now = new Date(NOW.getTime() + 10 * 60_000);
  expect((await reader(talks)).textFrom).toBe("page");
  expect(server.asked.map(({ path }) => path)).toEqual(["/robots.txt", "/robots.txt", "/talks"]);
});

test("a robots.txt that could not be asked for, for a fault of our own, is asked for by the next one", async () => {
  server.answer("/talks", long);
  let faults = 1;
  const faulty: Fetcher = {
    ...fetcher,
    get: async (request) => {
      if (faults-- > 0) throw new Error("the store is away");
      return fetcher.get(request);
    },
  };
  const reader = createPageReader(
    faulty,
    () => NOW,
    () => {},
  );
  const talks = article({ url: `${server.origin}/talks` });
  await expect(reader(talks)).rejects.toThrow("the store is away");
  expect((await reader(talks)).textFrom).toBe("page");
});

test("a page that says no more than the summary, or cannot be read, leaves the article as it was", async () => {
  server.answer("/consent", { body: page("<p>We value your privacy.</p>") });
  server.answer("/broken", { status: 503 });
  for (const path of ["/consent", "/broken", "/missing"]) expect((await read(path)).textFrom).toBe("summary");
});

const FILES = {
  "a PDF": ["application/pdf", "%PDF-1.7\n1 0 obj << /Length 9 >> stream\n"],
  "a PDF that is called HTML": ["text/html", "%PDF-1.4\n<html><p>"],
  JSON: ["application/json", '{"html": "<html><body><p>'],
  "JSON that is called HTML": ["text/html", '[{"title":"Talks"},'],
  "a table": ["text/csv", "company,penalty\n"],
  "a feed": ["text/html", '<?xml version="1.0"?><rss version="2.0"><channel><item><description>'],
  "a drawing": ["image/svg+xml", "<svg><text>"],
  "a picture": ["image/png", "\u0089PNG\r\n\u001a\n"],
  "an archive": ["application/zip", "PK\u0003\u0004 docProps"],
  "a letter": ["text/rtf", "{\\rtf1\\ansi "],
  "a file of an office": [
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "PK\u0003\u0004word/document.xml",
  ],
  "an old one": ["application/msword", "\u00d0\u00cf\u0011\u00e0"],
  "a film": ["video/mp4", "\u0000\u0000\u0000\u0020ftypisom"],
  "a recording that is called HTML": ["text/html", "ID3\u0004"],
  "a script": ["text/javascript", "export const page = `"],
  "plain text": ["text/plain", "Talks stall\n\n"],
} as const;

test.each(Object.entries(FILES))("%s is no page, whatever prose it holds", async (_, [type, start]) => {
  const body = start + PARAGRAPHS.map((text) => `<p>${text}</p>`).join("\n");
  server.answer("/file", { body, headers: { "content-type": type } });
  expect((await read("/file")).textFrom).toBe("summary");
});

test("a page is HTML by how it begins: without a type, under another one, behind a licence", async () => {
  const starts = ["", "\n\uFEFF<!-- built by hand --><!DOCTYPE html>\n", '<?xml version="1.0"?>\n'];
  for (const start of starts) {
    server.answer("/talks", { body: start + long.body, headers: { "content-type": "application/octet-stream" } });
    expect((await read("/talks")).textFrom).toBe("page");
  }
});

const GATES = {
  "to sign in":
    "Please sign in with your account to go on reading. New here? Create an account in a minute, and read ten articles a month for nothing. Forgot your password? We send you a link by email, which is good for an hour and for one sign-in alone. By signing in you accept our terms of use and the privacy notice that goes with them.",
  "to consent":
    "We and our 842 partners store and read information on a device, such as cookies, and process personal data for personalised advertising, measurement of content, audience research and the development of services. With your consent we may use precise geolocation. You may change your mind at any time by the link at the foot of each page.",
  "for people":
    "Checking whether the connection is secure. This takes a few seconds, after which you are sent on by itself. Enable cookies and scripts if you see this notice for longer, and write to the owner of the site with the number below when it does not go away after you have tried again in another browser.",
};

test("a frame that waits for its script is not the article, whatever its script holds", async () => {
  const { title, text } = article();
  const state = JSON.stringify({ title, text, body: PARAGRAPHS });
  const body = `<!doctype html><html><head><title>${title}</title><meta name="description" content="${text}"></head><body><div id="root"></div><noscript>${PARAGRAPHS.join(" ")}</noscript><script type="application/json">${state}</script></body></html>`;
  server.answer("/talks", { body, headers: long.headers });
  expect((await read("/talks")).textFrom).toBe("summary");
});

test.each(Object.entries(GATES))("a page %s is not the article", async (_, text) => {
  server.answer("/talks", { body: page(`<p>${text}</p><p>${text.toUpperCase()}</p>`), headers: long.headers });
  expect((await read("/talks")).textFrom).toBe("summary");
});

test("nor is one that repeats title and summary, and goes on about something else", async () => {
  const { title, text } = article();
  const told = `<h1>${title}</h1><p>${text}</p>`;
  for (const gate of Object.values(GATES)) {
    server.answer("/talks", { body: page(`${told}<p>${gate}</p>`), headers: long.headers });
    expect((await read("/talks")).textFrom).toBe("summary");
  }
  const more = PARAGRAPHS.map((paragraph) => `<p>${paragraph}</p>`).join("");
  server.answer("/talks", { body: page(told + more), headers: long.headers });
  expect((await read("/talks")).textFrom).toBe("page");
});

test("a site that sends us to its front page, or to a gate, does not show the article, whatever it says there", async () => {
  for (const to of ["/", "/account/login?next=talks", "/consent"]) {
    server.answer("/talks", { status: 302, headers: { location: to } });
    server.answer(to, long);
    expect((await read("/talks")).textFrom).toBe("summary");
  }
  server.answer("/talks", { status: 302, headers: { location: "/2026/talks" } });
  server.answer("/2026/talks", long);
  expect((await read("/talks")).textFrom).toBe("page");
});

test("a page in a script without spaces is known by its characters", async () => {
  const sentence = "监管机构周一要求实验室在七十二小时内报告严重事故，并接受独立审计。";
  server.answer("/talks", { body: page(`<p>${sentence.repeat(6)}</p>`), headers: long.headers });
  const reader = createPageReader(
    fetcher,
    () => NOW,
    () => {},
  );
  const told = article({
    url: `${server.origin}/talks`,
    title: "实验室须报告严重事故",
    text: "监管机构要求独立审计。",
  });
  expect((await reader(told)).textFrom).toBe("page");
});

test("a page is decoded by the charset that its head names", async () => {
  const text = PARAGRAPHS.map((each) => `<p>Señor Núñez: ${each}</p>`).join("");
  const html = page(text).replace("<head>", '<head><meta charset="iso-8859-1">');
  server.answer("/talks", { body: Buffer.from(html, "latin1"), headers: { "content-type": "text/html" } });
  expect((await read("/talks")).text).toContain("Señor Núñez: The department");
});

test.each([
  ["3,000 links within each other", "<a href=/x>".repeat(3_000)],
  ["100,000 elements within each other", "<div>".repeat(100_000)],
  ["a table in a table, 400 times", "<table><tr><td>".repeat(400)],
  ["two megabytes of one attribute", `<p class="${"a ".repeat(1_000_000)}">`],
])("a page made of %s leaves the article with what its feed said", async (_, body) => {
  server.answer("/talks", { body: page(body), headers: { "content-type": "text/html" } });
  const talks = article({ url: `${server.origin}/talks` });
  expect(
    await createPageReader(
      fetcher,
      () => NOW,
      () => {},
    )(talks),
  ).toBe(talks);
});

test("a robots.txt of half a megabyte is read aside, and obeyed", async () => {
  const rules = Array.from({ length: 25_000 }, (_, at) => `Disallow: /*a${at}*`).join("\n");
  server.answer("/robots.txt", { body: `User-agent: *\nDisallow: /private\n${rules}` });
  server.answer("/talks", long);
  server.answer("/private", long);
  expect((await read("/talks")).textFrom).toBe("page");
  expect((await read("/private")).textFrom).toBe("summary");
});

test("of robots.txt 16 MiB are kept: beyond that each is asked for anew", async () => {
  const body = `User-agent: *\n${"#".repeat(500_000)}`;
  const asked: string[] = [];
  const many = createServer(({ url, headers }, response) => {
    if (url !== "/robots.txt") return void response.writeHead(404).end();
    asked.push(headers.host!.replace(/:.*/, ""));
    response.end(body);
  });
  await new Promise<void>((resolve) => many.listen(0, "0.0.0.0", resolve));
  onTestFinished(() => void many.close());
  const { port } = many.address() as AddressInfo;
  const reader = createPageReader(
    fetcher,
    () => NOW,
    () => {},
  );
  const visit = (site: number) =>
    reader(article({ feedId: `feed-${site}`, url: `http://127.0.1.${site}:${port}/talks` }));
  const timesAsked = (site: number) => asked.filter((host) => host === `127.0.1.${site}`).length;
  const fit = Math.floor((16 * 1024 * 1024) / body.length);
  for (let site = 1; site <= fit; site++) await visit(site);
  await visit(1);
  expect(timesAsked(1)).toBe(1);
  await visit(fit + 1);
  await visit(fit + 2);
  await visit(1);
  expect(timesAsked(1)).toBe(2);
});

test("a feed has a budget of pages, which comes back with time, and none pays for another", async () => {
  server.answer("/talks", long);
  let now = NOW;
  const reader = createPageReader(
    fetcher,
    () => now,
    () => {},
  );
  const talks = (feedId: string) => reader(article({ feedId, url: `${server.origin}/talks` }));
  const read = async (feedId: string) => (await talks(feedId)).textFrom === "page";
  for (let page = 0; page < 12; page += 1) expect(await read("gazette")).toBe(true);
  expect(await read("gazette")).toBe(false);
  expect(await read("courier")).toBe(true);
  now = new Date(NOW.getTime() + 5 * 60_000);
  expect([await read("gazette"), await read("gazette")]).toEqual([true, false]);
});

test("the pages of a poll are read one after another, and none is begun after a minute", async () => {
  let now = NOW;
  let open = 0;
  const reader = oneByOne(
    async (one) => {
      open += 1;
      expect(open).toBe(1);
      now = new Date(now.getTime() + 25_000);
      await new Promise(setImmediate);
      open -= 1;
      return { ...one, textFrom: "page" };
    },
    () => now,
  );
  const read = await Promise.all(Array.from({ length: 5 }, () => reader(article())));
  expect(read.map(({ textFrom }) => textFrom)).toEqual(["page", "page", "page", "summary", "summary"]);
});
