import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, onTestFinished, test } from "vitest";
import type { Source } from "#model/feed.ts";
import { AT_ONCE, EVERYTHING } from "#model/subscription.ts";
import { loadPack } from "#pack/pack.ts";
import { claimFeeds, feedStates, readdressFeeds, registerFeeds } from "#store/feeds.ts";
import { createSubscription } from "#store/subscriptions.ts";
import { sqliteDatabases } from "#support/databases.ts";
import { startFeedServer } from "#support/feed-server.ts";
import { aWorld } from "#support/filing.ts";
import { writePack } from "#support/packs.ts";
import { aPolledServer } from "#support/polled-server.ts";
import { hours, NOW } from "#support/samples.ts";
import { refresh } from "#worker/refresh.ts";
import { createRobots } from "#worker/robots.ts";
import { createMayAsk } from "#worker/source.ts";

const databases = sqliteDatabases();

const KEYS: Readonly<Record<string, string>> = { FEED_KEY_BOARD: "hush-7" };

/** A regulator's source at a real server, which a channel follows. */
async function aBoard(source: Source, path = "/list") {
  const { db } = await databases.open();
  let now = NOW;
  const { server, folder, fetcher } = await aPolledServer({ clock: () => now, keys: (name) => KEYS[name] });
  const packOf = (given: Source) => {
    const feed = { ...given, id: "board", url: `${server.origin}${path}`, kind: "regulator" };
    const loaded = loadPack(writePack(folder, [feed]));
    if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
    return loaded.pack;
  };
  let pack = packOf(source);
  await registerFeeds(db, ["board"], hours(-9));
  await createSubscription(
    db,
    { guildId: null, destination: "here", filter: EVERYTHING, manner: AT_ONCE, createdBy: null },
    hours(-999),
  );
  const mayAsk = createMayAsk(createRobots(fetcher, () => now));
  return {
    server,
    paths: () => server.asked.map((asked) => asked.path),
    async readAs(other: Source, at: Date) {
      pack = packOf(other);
      await readdressFeeds(db, pack.feeds, at);
    },
    /** A poll at that time: its outcome or why it failed, and how many posts are owed since the start. */
    async poll(at: Date) {
      now = at;
      const [state] = await claimFeeds(db, ["board"], at);
      const world = { ...aWorld(db, pack), fetcher, mayAsk, clock: () => now };
      const refreshed = await refresh(pack.feeds[0]!, state!, world);
      const owed = await db.selectFrom("deliveries").select("story_id").execute();
      const filed =
        refreshed.kind === "read"
          ? refreshed.filed.map(({ article }) => article)
          : refreshed.kind === "failed"
            ? refreshed.reason
            : refreshed.kind;
      return { filed, owed: owed.length };
    },
    articles: () => db.selectFrom("articles").select(["title", "url", "published_at"]).orderBy("id").execute(),
    state: async () => (await feedStates(db))[0]!,
  };
}

const PAGE: Source = { source: "page" };
const nameOf = (name: string) => name.replace(/^(?:en\/)?[a-z]/, (start) => start.slice(-1).toUpperCase());
const titleOf = (name: string) => `The department weighs a civil penalty for ${nameOf(name)}`;
const page = (names: readonly string[], dated = "") => ({
  headers: { "content-type": "text/html" },
  body: `<html lang="en"><body><nav><a href="/a">About us</a></nav><ul>${names
    .map(
      (name) =>
        `<li><a href="/${name}">${titleOf(name)}</a> ${dated}<p>It says that an AI model of ${nameOf(name)} failed.</p></li>`,
    )
    .join("")}</ul></body></html>`,
});
const FIRMS = ["alder", "birch", "cedar", "dogwood", "elm", "fir"];

describe("a page with a list of links", () => {
  test("posts nothing of its first reading, and each link that is added", async () => {
    const { server, poll, paths } = await aBoard(PAGE);
    server.answer("/list", page(FIRMS));
    expect(await poll(NOW)).toEqual({ filed: FIRMS.map(() => "new"), owed: 0 });
    server.answer("/list", page(["gorse", ...FIRMS]));
    expect(await poll(hours(1))).toEqual({ filed: ["new"], owed: 1 });
    expect(await poll(hours(2))).toEqual({ filed: "unchanged", owed: 1 });
    expect(paths()).toEqual(["/robots.txt", "/list", "/list", "/list"]);
  });

  test("that was made anew fails with a sentence, files nothing, and starts anew once the catalogue says how it is read", async () => {
    const { server, poll, readAs, articles, state } = await aBoard(PAGE);
    server.answer("/list", page(FIRMS));
    await poll(NOW);
    const moved = page(FIRMS.map((name) => `en/${name}`));
    server.answer("/list", moved);
    const { filed, owed } = await poll(hours(1));
    expect({ filed, owed }).toEqual({
      filed: expect.stringMatching(/^The list of this page is another: 6 of 6 links .*`page` with CSS/),
      owed: 0,
    });
    expect(await articles()).toHaveLength(6);
    await readAs({ ...PAGE, page: { item: "li" } }, hours(2));
    expect((await state()).lastSuccessAt).toBeNull();
    expect(await poll(hours(2))).toEqual({ filed: FIRMS.map(() => "new"), owed: 0 });
    server.answer("/list", page(["en/gorse", ...FIRMS.map((name) => `en/${name}`)]));
    expect(await poll(hours(3))).toEqual({ filed: ["new"], owed: 1 });
  });

  test("that shows more of the same list than it did fails too: what stands below is older", async () => {
    const { server, poll } = await aBoard(PAGE);
    const older = ["gorse", "hazel", "iris", "juniper", "kelp"];
    server.answer("/list", page(FIRMS));
    await poll(NOW);
    server.answer("/list", page([...FIRMS, ...older]));
    const { filed, owed } = await poll(hours(1));
    expect({ filed, owed }).toEqual({
      filed: expect.stringMatching(/^The list of this page is another: 5 of 11 /),
      owed: 0,
    });
    server.answer("/list", page([...older, ...FIRMS]));
    expect(await poll(hours(2))).toEqual({ filed: Array(5).fill("new"), owed: 5 });
  });

  test("that dates its links may show more of them", async () => {
    const { server, poll } = await aBoard(PAGE);
    server.answer("/list", page(FIRMS, "3 November 2026"));
    await poll(NOW);
    server.answer("/list", page([...FIRMS, "gorse", "hazel", "iris", "juniper", "kelp"], "3 November 2026"));
    expect(await poll(hours(1))).toEqual({ filed: Array(5).fill("new"), owed: 0 });
  });

  test("whose links are all of since it was last read is news, after an outage for one", async () => {
    const { server, poll } = await aBoard(PAGE);
    server.answer("/list", page(FIRMS, "23 November 2026"));
    await poll(NOW);
    server.answer("/list", page(["gorse", "hazel", "iris", "juniper", "kelp"], "28 November 2026"));
    expect(await poll(hours(100))).toEqual({ filed: Array(5).fill("new"), owed: 5 });
  });

  test("is asked for as its site's robots.txt allows", async () => {
    const { server, poll, paths } = await aBoard(PAGE);
    server.answer("/robots.txt", { body: "User-agent: *\nDisallow: /list" });
    server.answer("/list", page(FIRMS));
    expect((await poll(NOW)).filed).toBe("The site's robots.txt keeps us from this page, or cannot be had.");
    expect(paths()).toEqual(["/robots.txt"]);
  });
});

const mapping = { list: "$.results[*]", title: "$.title", link: "$.link", date: "$.date", next: "$.next" };
const results = (names: readonly string[], next?: string) => ({
  headers: { "content-type": "application/json" },
  body: JSON.stringify({ results: names.map((name) => ({ title: titleOf(name), link: `/${name}` })), next }),
});

describe("a JSON interface", () => {
  test("is read page by page, and as a whole or not at all", async () => {
    const { server, poll, articles } = await aBoard({ source: "json", json: mapping });
    server.answer("/list", results(["alder"], "/list?page=2"));
    server.answer("/list?page=2", { status: 500 }, results(["birch"], "/list?page=3"));
    server.answer("/list?page=3", results(["cedar"], "/list"));
    expect((await poll(NOW)).filed).toBe(
      `It goes on at ${server.origin}/list?page=2, which could not be read: The server answered 500 Internal Server Error.`,
    );
    expect((await poll(hours(1))).filed).toEqual(["new", "new", "new"]);
    expect((await articles()).map(({ url }) => new URL(url).pathname).sort()).toEqual(["/alder", "/birch", "/cedar"]);
  });

  test("gets its key in a header at its own origin, and nobody else does", async () => {
    const stranger = await startFeedServer();
    onTestFinished(() => stranger.close());
    const key = { env: "FEED_KEY_BOARD", header: "Authorization", prefix: "Token " };
    const { server, poll } = await aBoard({ source: "json", json: { ...mapping, key } });
    server.answer("/list", results(["alder"], `${stranger.origin}/next`));
    stranger.answer("/next", results(["birch"]));
    expect((await poll(NOW)).filed).toEqual(["new", "new"]);
    expect(server.asked[0]?.headers.authorization).toBe("Token hush-7");
    server.answer("/list", { status: 302, headers: { location: `${stranger.origin}/next` } });
    await poll(hours(1));
    expect(stranger.asked).toHaveLength(2);
    expect(stranger.asked.filter(({ headers }) => "authorization" in headers)).toEqual([]);
  });

  test("gets its key in its address, which is stored nowhere, even when the server sends us on with it", async () => {
    const key = { env: "FEED_KEY_BOARD", query: "api_key" };
    const { server, poll, state, paths } = await aBoard({ source: "json", json: { ...mapping, key } }, "/list?q=a+b");
    server.answer("/list?q=a+b&api_key=hush-7", { status: 301, headers: { location: "/moved?api_key=hush-7" } });
    server.answer("/moved?api_key=hush-7", results(["alder"]));
    for (const hour of [0, 1, 2, 3]) await poll(hours(hour));
    expect(await state()).toMatchObject({ failureCount: 0, movedTo: `${server.origin}/moved` });
    expect(JSON.stringify(await state())).not.toContain("hush");
    expect(paths().at(-1)).toBe("/moved?api_key=hush-7");
    server.answer("/moved?api_key=hush-7", results(["alder"], "/next?api_key=hush-7"));
    expect((await poll(hours(4))).filed).toBe(
      `It goes on at ${server.origin}/next, which could not be read: The server answered 404 Not Found.`,
    );
    expect(paths().at(-1)).toBe("/next?api_key=hush-7");
  });

  test("whose key is not set fails without being asked, and says which", async () => {
    const key = { env: "FEED_KEY_OTHER", query: "api_key" };
    const { poll, paths } = await aBoard({ source: "json", json: { ...mapping, key } });
    expect((await poll(NOW)).filed).toBe("The key of this source is not set: FEED_KEY_OTHER in the environment.");
    expect(paths()).toEqual([]);
  });
});

const OLD = "a-court-hears-a-suit-about-an-ai-training-set";
const sitemap = (names: readonly string[]) =>
  gzipSync(
    `<urlset>${names.map((name) => `<url><loc>https://board.example/news/${name}</loc></url>`).join("")}</urlset>`,
  );

describe("a sitemap", () => {
  test("is read through its index, again and again where that does not say what changed", async () => {
    const { server, poll, articles } = await aBoard({ source: "sitemap" });
    const index = `<sitemapindex><sitemap><loc>${"/news.xml.gz"}</loc></sitemap></sitemapindex>`;
    server.answer("/list", { body: index, conditional: true });
    server.answer("/news.xml.gz", { body: sitemap([OLD]) });
    expect(await poll(NOW)).toEqual({ filed: ["new"], owed: 0 });
    server.answer("/news.xml.gz", {
      body: sitemap([OLD, "the-department-weighs-a-civil-penalty-over-an-ai-model-of-birch"]),
    });
    expect(await poll(hours(1))).toEqual({ filed: ["new"], owed: 1 });
    expect((await articles()).at(-1)?.title).toBe("The department weighs a civil penalty over an ai model of birch");
  });

  test("of which a part holds no news is read, and one without any, or with too much, says what to mend", async () => {
    const news: Source = { source: "sitemap", sitemap: { under: "https://board.example/news/" } };
    const { server, poll, readAs, articles } = await aBoard(news);
    const parts = ["/about.xml", "/news.xml"].map((path) => `<sitemap><loc>${path}</loc></sitemap>`);
    server.answer("/list", { body: `<sitemapindex>${parts.join("")}</sitemapindex>` });
    server.answer("/about.xml", { body: "<urlset><url><loc>https://board.example/about</loc></url></urlset>" });
    server.answer("/news.xml", { body: sitemap([OLD]) });
    expect((await poll(NOW)).filed).toEqual(["new"]);
    expect(await articles()).toHaveLength(1);
    await readAs({ source: "sitemap", sitemap: { under: "https://board.example/press/" } }, hours(1));
    expect((await poll(hours(1))).filed).toMatch(/^The sitemap lists nothing below https:\/\/board\.example\/press\//);
    await readAs(news, hours(2));
    server.answer("/news.xml", { body: sitemap(Array.from({ length: 2_001 }, (_, at) => `notice-${at}`)) });
    expect((await poll(hours(2))).filed).toMatch(/^The sitemap lists more than 2,000 pages\. .* `sitemap: under`/);
  });

  test("of a site made anew fails, though all of its pages were changed today; what says when it was published is news", async () => {
    const { server, poll } = await aBoard({ source: "sitemap" });
    const listing = (folder: string, facts: string) =>
      `<urlset xmlns:n="news">${FIRMS.map(
        (name) =>
          `<url><loc>https://board.example/${folder}/the-department-weighs-a-penalty-over-an-ai-model-of-${name}</loc>${facts}</url>`,
      ).join("")}</urlset>`;
    server.answer("/list", { body: listing("news", "<lastmod>2026-11-01</lastmod>") });
    await poll(NOW);
    const today = hours(1).toISOString();
    server.answer("/list", { body: listing("en/news", `<lastmod>${today}</lastmod>`) });
    const { filed, owed } = await poll(hours(2));
    expect({ filed, owed }).toEqual({
      filed: expect.stringMatching(/^The list of this sitemap is another: 6 of 6 links .*`sitemap: under`/),
      owed: 0,
    });
    server.answer("/list", {
      body: listing("en/news", `<n:news><n:publication_date>${today}</n:publication_date></n:news>`),
    });
    expect((await poll(hours(3))).filed).toEqual(FIRMS.map(() => "new"));
  });

  test("whose index dates its parts is read again when that changes", async () => {
    const { server, poll, paths } = await aBoard({ source: "sitemap" });
    const index = (at: string) =>
      `<sitemapindex><sitemap><loc>/news.xml</loc><lastmod>${at}</lastmod></sitemap></sitemapindex>`;
    server.answer("/list", { body: index("2026-11-20"), conditional: true });
    server.answer("/news.xml", { body: sitemap([OLD]) });
    await poll(NOW);
    expect((await poll(hours(1))).filed).toBe("unchanged");
    server.answer("/list", { body: index("2026-11-24"), conditional: true });
    expect((await poll(hours(2))).filed).toEqual([]);
    expect(paths()).toEqual(["/list", "/news.xml", "/list", "/list", "/news.xml"]);
  });
});

test("no pack sends another variable of the environment than one that is meant for it", () => {
  const folder = mkdtempSync(join(tmpdir(), "policywire-keys-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const json = { ...mapping, key: { env: "DISCORD_TOKEN", query: "t" } };
  writePack(folder, [{ id: "board", url: "https://board.example/api", source: "json", json }]);
  expect(readFileSync(join(folder, "feeds.yaml"), "utf8")).toContain("DISCORD_TOKEN");
  expect(loadPack(folder)).toMatchObject({
    ok: false,
    problems: [{ path: "feeds[0].json.key.env", message: "not in the form asked for" }],
  });
});

/** Packages that were loaded once a module was, in a process of its own. */
function loadedWith(...modules: readonly string[]): readonly string[] {
  const script = `
    import { registerHooks } from "node:module";
    const loaded = new Set();
    registerHooks({ load: (url, context, next) => (loaded.add(/node_modules\\/((?:@[^/]+\\/)?[^/]+)/.exec(url)?.[1]), next(url, context)) });
    for (const module of ${JSON.stringify(modules)}) await import(module);
    console.log(JSON.stringify([...loaded]));`;
  const { stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", script], { encoding: "utf8" });
  if (stdout === "") throw new Error(stderr);
  return JSON.parse(stdout);
}

test("nothing that reads pages, interfaces or sitemaps is loaded by a process that polls, nor by a list of the catalogue", () => {
  const readers = ["css-select", "json-p3"];
  expect(readers.filter((name) => loadedWith("./src/pipeline/parse/sources/page.ts").includes(name))).toEqual([
    "css-select",
  ]);
  const loaded = loadedWith("./src/worker/polls.ts", "./src/cli/feeds/feeds.ts", "./src/cli/check.ts");
  expect(loaded).toContain("zod");
  expect([...readers, "htmlparser2", "linkedom"].filter((name) => loaded.includes(name))).toEqual([]);
});
