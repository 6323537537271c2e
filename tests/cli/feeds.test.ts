import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { typedAddress } from "#cli/feeds/address.ts";
import { feedsCommand } from "#cli/feeds/feeds.ts";
import { createFetcher } from "#pipeline/fetch/fetch.ts";
import { ATOM, COUNT, RSS } from "#support/feed-fixtures.ts";
import { type FeedServer, startFeedServer } from "#support/feed-server.ts";
import { writePack } from "#support/packs.ts";
import { createSourceReader } from "#worker/read-once.ts";

let server: FeedServer;
let folder: string;
let pack: string;

beforeEach(async () => {
  server = await startFeedServer();
  folder = mkdtempSync(join(tmpdir(), "policywire-feeds-"));
  pack = writePack(join(folder, "pack"), [
    { id: "one", url: `${server.origin}/one` },
    { id: "two", url: `${server.origin}/two` },
  ]);
  server.answer("/one", { body: RSS });
  server.answer("/new", { body: ATOM });
});

afterEach(async () => {
  vi.restoreAllMocks();
  process.exitCode = 0;
  await server.close();
  rmSync(folder, { recursive: true });
});

const clock = () => new Date("2026-11-24T12:00:00Z");

const openReader = async () =>
  createSourceReader(
    createFetcher({
      userAgent: "t",
      allowNetworks: ["127.0.0.0/8"],
      clock,
      pace: { concurrency: 9, intervalMs: 0 },
    }),
    clock,
  );

/** What a command says, on either stream, and how it ends. */
async function feeds(...args: string[]): Promise<{ said: string; code: number }> {
  const said: string[] = [];
  for (const stream of [process.stdout, process.stderr]) {
    vi.spyOn(stream, "write").mockImplementation((text) => said.push(String(text)) > 0);
  }
  process.exitCode = 0;
  await feedsCommand(openReader).parseAsync([...args, "--pack", pack], { from: "user" });
  vi.restoreAllMocks();
  return { said: said.join(""), code: Number(process.exitCode) };
}

const catalogue = () => readFileSync(join(pack, "feeds.yaml"), "utf8");

test("a feed is added by its own address in one request, and its comments stay", async () => {
  writeFileSync(join(pack, "feeds.yaml"), `# Ours.\n${catalogue().trimEnd()} # the last\n`);
  const { said, code } = await feeds("add", `${server.origin}/new`);
  expect(said).toMatch(/^ {2}\d{4}-\d\d-\d\d {2}\S.* {2}https:/);
  expect(said.endsWith(`\nauthority is added: Authority, ${server.origin}/new (atom 1.0, ${COUNT} entries).\n`)).toBe(
    true,
  );
  expect(code).toBe(0);
  expect(server.asked).toHaveLength(1);
  expect(catalogue()).toMatch(/^# Ours\.\n/);
  expect(catalogue()).toContain("# the last");
  expect((await feeds("list")).said.split("\n").filter(Boolean)).toHaveLength(3);
});

test("a feed is found through the page that links to it, and through the common places", async () => {
  server.answer("/page", {
    body: `<html><head><link rel="alternate" type="application/rss+xml" href="/new"></head></html>`,
  });
  expect((await feeds("add", `${server.origin}/page`)).code).toBe(0);
  server.answer("/bare", { body: "<html><body>nothing</body></html>" });
  server.answer("/feed.xml", { body: RSS });
  expect((await feeds("add", `${server.origin}/bare`)).said).toContain(`${server.origin}/feed.xml`);
});

test("what is there already, is no feed, or would spoil the file is refused, and nothing is written", async () => {
  const before = catalogue();
  server.answer("/page", { body: "<html></html>" });
  expect((await feeds("add", `${server.origin}/one`)).said).toContain("in the catalogue already, as one");
  expect((await feeds("add", `${server.origin}/page`)).said).toContain("This is a web page, not a feed.");
  expect((await feeds("add", `${server.origin}/new`, "--id", "one")).said).toContain("There is a feed one already");
  expect((await feeds("add", `${server.origin}/new`, "--id", "Not An Id")).said).toContain("Nothing was written.");
  expect((await feeds("add", `${server.origin}/new`, "--place", "ATLANTIS")).said).toContain("no place ATLANTIS");
  const gone = await feeds("remove", "three");
  expect(gone).toMatchObject({ code: 1, said: expect.stringContaining("There is no feed three") });
  expect(catalogue()).toBe(before);
});

test("a feed is removed, and the comment above it stays", async () => {
  writeFileSync(join(pack, "feeds.yaml"), catalogue().replace(/( *)- id: one/, "$1# ---- Press\n$1- id: one"));
  expect((await feeds("remove", "one")).code).toBe(0);
  expect(catalogue()).not.toContain("id: one");
  expect(catalogue()).toContain("# ---- Press");
});

test("check reads every feed once and tells what came", async () => {
  const { said, code } = await feeds("check");
  expect(code).toBe(1);
  expect(said).toMatch(/ok {4}one +8 {2}2026-11-23 {2}rss 2\.0/);
  expect(said).toMatch(/FAIL {2}two .*The server answered 404 Not Found\./);
  expect(said).toContain("2 feeds, 1 failed");
});

test("what is exported as OPML can be imported elsewhere", async () => {
  const { said } = await feeds("export");
  expect(said).toContain('<opml version="2.0">');
  const file = join(folder, "feeds.opml");
  writeFileSync(file, said);
  expect((await feeds("import", file)).said).toBe("0 feeds are added, 2 were there already.\n");
  await feeds("remove", "two");
  expect((await feeds("import", file)).said).toBe("1 feeds are added, 1 were there already.\n");
  expect(catalogue()).toContain(`${server.origin}/two`);
});

test("one bad outline does not refuse an OPML file: it is named, and the others are added", async () => {
  const file = join(folder, "mixed.opml");
  const outlines = [
    '<outline text="Board" xmlUrl="https://board.example/feed" htmlUrl="javascript:alert(1)"/>',
    '<outline text="Odd" xmlUrl="ht!tp://odd feed"/>',
    '<outline text="Secret" xmlUrl="https://user:pass@x.example/feed"/>',
    '<outline text="" xmlUrl=""/>',
    '<outline text="Folder"><outline text="Inner" xmlUrl="https://inner.example/feed"/></outline>',
  ];
  writeFileSync(file, `<?xml version="1.0"?><opml version="2.0"><body>${outlines.join("")}</body></opml>`);
  const { said } = await feeds("import", file);
  expect(said).toContain("2 feeds are added");
  expect(catalogue()).toContain("https://inner.example/feed");
  expect(catalogue()).toContain("site: https://board.example/\n");
  expect(`${said}${catalogue()}`).not.toContain("pass@");
});

test("an OPML file that is not well formed costs the outlines alone that are not", async () => {
  const outline = (attributes: string) => `<outline ${attributes}/>`;
  const good = [
    outline('text="First" xmlUrl="https://first.example/feed"'),
    outline(`text="${"Long ".repeat(60)}" xmlUrl="https://long.example/feed" htmlUrl="javascript:alert(1)"`),
    outline('text="" xmlUrl="https://nameless.example/feed"'),
    outline('text="Last" xmlUrl="https://last.example/feed"'),
  ];
  const bad = [
    outline('text="Quoted xmlUrl="https://quoted.example/feed"'),
    outline('text="Local\u009b" xmlUrl="file:///etc/passwd"'),
    outline('text="Keyed" xmlUrl="https://key:word@keyed.example/feed"'),
    "<outline><![CDATA[</outline>",
  ];
  const file = join(folder, "feeds.opml");
  const [first, ...others] = good;
  writeFileSync(file, `<opml version="2.0"><body>${[first, ...bad, ...others].join("")}</body></opml>`);
  const { said, code } = await feeds("import", file);
  expect(code).toBe(0);
  expect(said).toContain("4 feeds are added, 0 were there already.");
  expect(said).toContain("Local has no web address that can be polled");
  expect(said).not.toContain("\u009b");
  for (const name of ["first", "long", "nameless", "last"])
    expect(catalogue()).toContain(`https://${name}.example/feed`);
  expect(catalogue()).not.toMatch(/keyed|quoted|passwd|javascript/);
  writeFileSync(file, "<html><body>no list</body></html>");
  expect((await feeds("import", file)).said).toContain("is not OPML");
});

test("OPML is read in the encoding that it declares or shows", async () => {
  const file = join(folder, "feeds.opml");
  const opml = (encoding: string, path: string) =>
    `<?xml version="1.0" encoding="${encoding}"?><opml version="1.0"><body><outline text="Ministère ${path}" xmlUrl="https://r.example/${path}"/></body></opml>`;
  const files: readonly [name: string, body: Buffer][] = [
    ["western", Buffer.from(opml("ISO-8859-1", "western"), "latin1")],
    ["undeclared", Buffer.from(opml("UTF-8", "undeclared"), "latin1")],
    ["little", Buffer.from(`\ufeff${opml("UTF-16", "little")}`, "utf16le")],
    ["big", Buffer.from(`\ufeff${opml("UTF-16", "big")}`, "utf16le").swap16()],
    ["unmarked", Buffer.from(opml("UTF-16", "unmarked"), "utf16le")],
  ];
  for (const [name, body] of files) {
    writeFileSync(file, body);
    expect((await feeds("import", file)).said).toContain("1 feeds are added");
    expect(catalogue()).toContain(`name: Ministère ${name}\n`);
  }
});

test("a page's own base is where its feeds stand", async () => {
  server.answer("/page", {
    body: `<html><head><link rel="alternate" type="application/rss+xml" href="new"><base href="/sub/"><base href="/no/"></head></html>`,
  });
  server.answer("/sub/new", { body: ATOM });
  expect((await feeds("add", `${server.origin}/page`)).said).toContain(`${server.origin}/sub/new`);
});

test("every feed that a page offers is asked, and each that is none is told with its reason", async () => {
  const links = ["a", "b", "c", "page", "d", "new"].map(
    (path) => `<link rel="alternate" type="application/rss+xml" href="/${path}">`,
  );
  server.answer("/page", { body: `<html><head>${links.join("")}</head></html>` });
  server.answer("/b", { body: "<html></html>" });
  server.answer("/new", { status: 404 }, { body: RSS });
  const { said, code } = await feeds("add", `${server.origin}/page`);
  expect(code).toBe(1);
  for (const [path, reason] of [
    ["a", "The server answered 404 Not Found."],
    ["b", "This is a web page, not a feed."],
    ["new", "The server answered 404 Not Found."],
  ])
    expect(said).toContain(`It links to ${server.origin}/${path}, which could not be read as a feed: ${reason}`);
  expect(server.asked.filter(({ path }) => path === "/page")).toHaveLength(1);
  expect((await feeds("add", `${server.origin}/page`)).said).toContain(`${server.origin}/new`);
});

test("an address may have a feed's scheme, none, or a place in the page, and is no other feed for it", async () => {
  const host = server.origin.slice("http://".length);
  for (const written of [
    `feed:${server.origin}/one`,
    `feed://${host}/one`,
    `FEED://${server.origin}/one#top`,
    ` ${server.origin}/one#top `,
  ])
    expect((await feeds("add", written)).said).toContain(`${server.origin}/one is in the catalogue already, as one.`);
  expect((await feeds("add", `feed://${host}/new#latest`)).said).toContain(`Authority, ${server.origin}/new (atom`);
  expect(["agency.example/feed", " agency.example:8080/feed", "https//agency.example/"].map(typedAddress)).toEqual([
    "https://agency.example/feed",
    "https://agency.example:8080/feed",
    "https://agency.example/",
  ]);
  const file = join(folder, "feeds.opml");
  const outline = (url: string) => `<outline text="x" xmlUrl="${url}"/>`;
  writeFileSync(
    file,
    `<opml><body>${[`feed://${host}/one`, `${server.origin}/new#x`, "feed:https://r.example/feed"].map(outline).join("")}</body></opml>`,
  );
  expect((await feeds("import", file)).said).toContain("1 feeds are added, 2 were there already.");
  expect(catalogue()).toContain("url: https://r.example/feed\n");
});

const html = (body: string) => ({ headers: { "content-type": "text/html" }, body: `<html lang="en">${body}</html>` });
const LIST = ["Audits begin in the spring", "Comments on a rule are open", "Orbis is fined for a late report"]
  .map((title, i) => `<li>${20 - i} November 2026 <a href="/n/${i}">${title}</a></li>`)
  .join("");
test("a page with a list of links is added as one, after what it reads is shown, and only when no feed is found", async () => {
  server.answer("/news", html(`<title>The Board</title><ul>${LIST}</ul>`));
  const dry = await feeds("add", `${server.origin}/news`, "--dry-run");
  expect(dry.said).toBe(
    `  2026-11-20  Audits begin in the spring  ${server.origin}/n/0
  2026-11-19  Comments on a rule are open  ${server.origin}/n/1
  2026-11-18  Orbis is fined for a late report  ${server.origin}/n/2
Nothing was written. the-board would be The Board, ${server.origin}/news (page, 3 entries).
`,
  );
  expect(catalogue()).not.toContain("the-board");
  expect((await feeds("add", `${server.origin}/news`, "--kind", "regulator", "--place", "US")).code).toBe(0);
  expect(catalogue()).toContain(
    `  - id: the-board
    name: The Board
    url: ${server.origin}/news
    site: ${server.origin}/news
    place: US
    kind: regulator
    language: en
    source: page
`,
  );
  server.answer("/feed", { body: ATOM });
  expect((await feeds("add", `${server.origin}/other`)).said).toContain("(atom 1.0");
});

test("a list without dates is added with a word of warning: it may be what leads around the site", async () => {
  server.answer("/news", html(`<ul>${LIST.replace(/\d\d November 2026/g, "")}</ul>`));
  const { said, code } = await feeds("add", `${server.origin}/news`);
  expect(code).toBe(0);
  expect(said).toContain("None of these has a date. If they are no news, say in feeds.yaml where the news stands");
});

test("a page that its robots.txt keeps us from is none to add", async () => {
  server.answer("/robots.txt", { body: "User-agent: *\nDisallow: /news" });
  server.answer("/news", html(`<ul>${LIST}</ul>`));
  expect((await feeds("add", `${server.origin}/news`)).said).toContain("robots.txt keeps us from reading it as a page");
});

test("a JSON interface is added with the mapping that was found in its answer", async () => {
  const items = [{ document_number: "7", title: "A rule on audits", html_url: "/d/7", publication_date: "2026-11-20" }];
  const answer = { count: 1, next_page_url: null, data: { "the results": items } };
  server.answer("/api", { headers: { "content-type": "application/json" }, body: JSON.stringify(answer) });
  const { said, code } = await feeds("add", `${server.origin}/api`);
  expect({ said, code }).toMatchObject({
    code: 0,
    said: expect.stringContaining(`A rule on audits  ${server.origin}/d/7`),
  });
  expect(catalogue()).toContain(`    site: ${server.origin}/
    place: US
    kind: press
    source: json
    json:
      list: $.data["the results"][*]
      title: $.title
      link: $.html_url
      date: $.publication_date
      id: $.document_number
      next: $.next_page_url
`);
  expect(server.asked).toHaveLength(1);
});

test("a sitemap is added as one, and what a page of scripts lists nowhere is looked for in its site's", async () => {
  const urls = ["/news/audits-begin-in-spring", "/about/us"].map(
    (path) => `<url><loc>${server.origin}${path}</loc></url>`,
  );
  server.answer("/news.xml", { body: `<urlset>${urls.join("")}</urlset>` });
  expect((await feeds("add", `${server.origin}/news.xml`)).said).toContain("/news.xml (sitemap, 2 entries)");
  server.answer("/sitemap.xml", { body: `<urlset>${urls.join("")}</urlset>` });
  server.answer("/news", html('<script src="/a.js"></script><div id="root"></div>'));
  expect((await feeds("add", `${server.origin}/news`)).said).toContain("/sitemap.xml (sitemap, 1 entries)");
  expect(catalogue()).toContain(`    source: sitemap\n    sitemap:\n      under: ${server.origin}/news\n`);
  server.answer("/app", html('<script src="/a.js"></script><div id="root"></div>'));
  expect((await feeds("add", `${server.origin}/app`)).said).toContain("put together by scripts in the browser");
});

test("only feeds are exported as OPML, for of a page no other reader makes one", async () => {
  writePack(pack, [
    { id: "one", url: `${server.origin}/one` },
    { id: "page", url: `${server.origin}/page`, source: "page" },
  ]);
  const { said } = await feeds("export");
  expect(said).toContain(`${server.origin}/one`);
  expect(said).not.toContain(`${server.origin}/page`);
});
