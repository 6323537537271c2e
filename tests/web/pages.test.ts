import { parseHTML } from "linkedom";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Library } from "#answers/question.ts";
import { saveArticle } from "#store/articles.ts";
import { assignArticle } from "#store/stories.ts";
import { sqliteDatabases } from "#support/databases.ts";
import { newsLibrary } from "#support/library.ts";
import { anArticle, days, storedStory } from "#support/stored.ts";
import { serveSite } from "#support/web/site.ts";
import type { WebServer } from "#web/serve.ts";

const databases = sqliteDatabases();
let library: Library;
let site: WebServer;

beforeEach(async () => {
  library = await newsLibrary((await databases.open()).db);
  site = await serveSite(library);
});
afterEach(() => site.close());

const get = (path: string) => fetch(`${site.url}${path}`, { redirect: "manual" });

/** A page as a browser reads it. */
async function page(path: string, status = 200) {
  const response = await get(path);
  const text = await response.text();
  expect([path, response.status]).toEqual([path, status]);
  return parseHTML(text).document;
}

const texts = (within: { querySelectorAll(selector: string): Iterable<{ textContent: string }> }, selector: string) =>
  [...within.querySelectorAll(selector)].map(({ textContent }) => textContent.replace(/\s+/g, " ").trim());

test("the newest stories stand below their days, each with its stage, a cited sentence and what it is about", async () => {
  const document = await page("/");
  expect(texts(document, "h2")).toEqual(["2 Mar 2026", "1 Mar 2026"]);
  const [first] = document.querySelectorAll(".list > li");
  expect(texts(first!, "p, h3")).toEqual([
    "Threatened · US",
    "Harbour council weighs a fine over missed audits",
    "The council met on Monday. Harbour Gazette",
    "Audit scope and frequency · 1 source",
  ]);
  expect(first!.querySelector(".cite")?.getAttribute("href")).toBe("https://gazette.example/a");
  expect(texts(document, ".intro")[0]).toContain("1 of 2 feeds cannot be read just now.");
});

test("a list is narrowed by a form, whose address keeps nothing that was left open", async () => {
  const sent = await get("/?point=&place=EU&stage=&since=");
  expect([sent.status, sent.headers.get("location")]).toEqual([303, "/?place=EU"]);
  const document = await page("/?place=EU");
  expect(texts(document, "h1")).toEqual(["European Union"]);
  expect(texts(document, "h3")).toEqual(["Order on audits of models", "Ferries <b>fined</b> & towed"]);
  expect(texts(document, "option[selected]")).toEqual(["European Union"]);
  expect(texts(await page("/?place=EU&point=liability&utm_source=mail"), "h3")).toEqual([
    "Ferries <b>fined</b> & towed",
  ]);
  expect(texts(await page("/?place=US-NY"), "main")[0]).toContain("Nothing moved here.");
});

test("what a search was narrowed to is left again, and what it looks for stays", async () => {
  const document = await page("/search?query=council&order=ranked&place=US&since=30d");
  expect(texts(document, "summary")).toContain("Filter (2)");
  expect(document.querySelector(".filters .plain")?.getAttribute("href")).toBe("/search?query=council&order=ranked");
});

test("one point alone says what is fought over", async () => {
  expect(texts(await page("/?point=audit-scope"), ".intro a")).toContain("What the sides argue");
});

test("pages are turned by links, back to the first one too", async () => {
  const first = await page("/?limit=2");
  const next = first.querySelector('a[rel="next"]')?.getAttribute("href") ?? "";
  expect(next).toMatch(/^\/\?limit=2&cursor=/);
  const second = await page(next);
  expect(texts(second, "h3")).toEqual(["Ferries <b>fined</b> & towed"]);
  expect(second.querySelector('a[rel="next"]')).toBeNull();
  expect(second.querySelector('a[rel="first"]')?.getAttribute("href")).toBe("/?limit=2");
});

test("what cannot be asked so is a page that says what can", async () => {
  for (const [path, sentence] of [
    ["/?point=nonsense", 'The pack has no friction point "nonsense".'],
    ["/?since=yesterday", "Write a number and h, d or w"],
    ["/?cursor=zzz", "Give the `cursor` of an answer"],
    ["/search?query=-only", "That query has no word to look for."],
    ["/trends?point=nonsense", "The pack has no friction point"],
  ] as const)
    expect(texts(await page(path, 400), "main")[0], path).toContain(sentence);
  for (const path of [
    "/stories/99",
    "/stories/99/why",
    "/matter?matter=HB+99",
    "/stories/x",
    "/stories/1/",
    "/stories/1/why/x",
  ])
    expect(texts(await page(path, 404), "h1"), path).toEqual(["Nothing here"]);
});

test("a story tells how it stands, how it came there, what is due, what runs beside it, who spoke and who tells it", async () => {
  const document = await page("/stories/1");
  expect(texts(document, "h1")).toEqual(["Harbour council weighs a fine over missed audits"]);
  expect(texts(document, ".summary")).toEqual(["The council met on Monday. [1]"]);
  expect(texts(document, ".part > h2")).toEqual(["Timeline", "Parallel tracks", "Who said what", "Sources (1)"]);
  expect(texts(document, ".line > li")[0]).toBe(
    "2 Mar 2026, 12:00 UTC · revision 2Date: 9 Mar 2026 → 23 Mar 2026The hearing was moved from March 9 to March 23.Harbour Gazette, 2 Mar 2026",
  );
  expect(texts(document, ".facts")[0]).toMatch(
    /Next dates.*23 Mar 2026 · Hearing · moved from 9 Mar 2026.*Honest Robots/,
  );
  expect(document.querySelector('a[href="/stories/2"]')?.textContent).toBe("Order on audits of models");
  expect(texts(document, "blockquote")).toContain("“Audits keep ports honest”");
  expect(texts(await page("/stories/2"), ".tag")).toContain("primary");
});

test("why: the phrase is marked in its sentence, with the rule that it met", async () => {
  const document = await page("/stories/1/why");
  expect(texts(document, ".rows .said")).toEqual(["Harbour council weighs a fine over missed audits"]);
  expect(texts(document, "mark")).toEqual(["audits"]);
  expect(texts(document, "code")).toEqual(["audits"]);
});

test("the other look-ups are pages too", async () => {
  expect(texts(await page("/deadlines"), "h2")).toEqual(["23 Mar 2026 · Hearing · moved from 9 Mar 2026"]);
  expect(texts(await page("/quotes?who=holt"), "main li")).toHaveLength(1);
  expect(texts(await page("/search?query=ferries"), "h2")).toEqual(["Ferries <b>fined</b> & towed"]);
  expect(texts(await page("/points"), "#audit-scope .meta")).toEqual([
    "2 stories in the last 30 days, the newest of 2 Mar 2026",
  ]);
  expect(texts(await page("/places"), "main li")[0]).toContain("2 stories");
  expect(texts(await page("/matters"), "main li a")).toEqual(["SB77 (US-ID): Honest Robots Reporting Act"]);
  const matter = await page("/matter?matter=SB+77");
  expect(texts(matter, "h2")).toEqual(["How it stands", "How it came there", "Stories"]);
  const feeds = await page("/feeds");
  expect(texts(feeds, "h1")).toEqual(["2 feeds, 1 failing"]);
  expect(texts(feeds, "main section li")[0]).toContain(
    "Failing since 1 Mar 2026, 12:00 UTC (3 times): It answered 403.",
  );
  expect(texts(await page("/about"), "h2")).toContain("Where a matter stands");
});

test("a trend is a picture with its numbers in words, and a table", async () => {
  const document = await page("/trends?point=audit-scope&since=4w");
  expect(document.querySelector("svg")?.getAttribute("aria-label")).toMatch(
    /^Developments a week, from the week of .*: .*2/,
  );
  expect(document.querySelectorAll("svg rect.bar").length).toBe(1);
  expect(texts(document, "tbody tr")[0]).toMatch(/^2 Mar 2026 part\s?2/);
  expect(texts(await page("/trends"), "main li a")).toContain("Audit scope and frequency");
});

test("words in another language say which, and whatever a source writes stays text", async () => {
  const title = `"><script>alert('1')</script> \u202egnp.exe`;
  const hostile = await storedStory(
    library.db,
    {
      keys: ["hostile"],
      title,
      text: "Der Rat verhängt eine Geldbuße. <img src=x onerror=alert(1)>",
      language: "de",
      url: "javascript:alert(document.domain)",
      canonicalUrl: "https://gazette.example/h",
    },
    { title, lastArticleAt: days(1) },
  );
  for (const path of ["/", `/stories/${hostile.id}`, `/stories/${hostile.id}/why`, `/search?query=Geldbu%C3%9Fe`]) {
    const document = await page(path);
    expect([...document.querySelectorAll("script, img, [onerror]")], path).toEqual([]);
    expect([...document.querySelectorAll('[href^="javascript:"]')], path).toEqual([]);
    expect(texts(document, "bdi"), path).toContain(title);
  }
  const found = await page(`/search?query=${encodeURIComponent('Geldbuße "<b>x')}`);
  expect(texts(found, "h1")[0]).toBe('Search: Geldbuße "<b>x');
});

test("a view says where it is had as a feed and as a calendar, and each of them is there", async () => {
  for (const [path, kinds] of [
    ["/?place=EU&cursor=&utm_source=mail", "atom json ics"],
    ["/search?query=council&limit=1", "atom json ics"],
    ["/matter?matter=SB+77", "atom json ics"],
    ["/stories/1", "atom json ics"],
    ["/deadlines?within=90d", "ics"],
    ["/feeds", "opml"],
    ["/quotes?who=holt&cursor=", "atom json"],
    ["/matters", "atom json"],
    ["/trends?point=audit-scope", ""],
  ] as const) {
    const document = parseHTML(await (await fetch(`${site.url}${path}`)).text()).document;
    const links = [...document.querySelectorAll('link[rel="alternate"]')].map((link) => ({
      type: link.getAttribute("type"),
      href: link.getAttribute("href") ?? "",
    }));
    expect(links.map(({ href }) => /\.([a-z]+)(?:\?|$)/.exec(href)?.[1]).join(" "), path).toBe(kinds);
    for (const { type, href } of links) {
      const response = await get(href);
      expect([href, response.status]).toEqual([href, 200]);
      expect(response.headers.get("content-type")).toContain(type);
    }
  }
});

test("programs ask beside the pages, by the same rules", async () => {
  const response = await get("/api/v1/latest?place=EU");
  expect(response.headers.get("content-security-policy")).toContain("default-src 'none'");
  const { stories } = (await response.json()) as { stories: { id: number }[] };
  expect(stories.map(({ id }) => id)).toEqual([2, 3]);
});

test("what stands in a document is cited by its page, which the link opens", async () => {
  const url = "https://registry.example/order.pdf";
  const document = { url, pageStarts: [0, 40] };
  const { id } = await storedStory(library.db, { keys: ["pdf"], title: "An order", document }, { title: "An order" });
  const [cited] = (await page(`/stories/${id}`)).querySelectorAll(".summary .cite");
  expect([cited?.textContent, cited?.getAttribute("href")]).toEqual(["[1, p.\u00a01]", `${url}#page=1`]);
});

test("a day, a movement and a quote of a document are cited by their page as well", async () => {
  const document = { url: "https://gazette.example/a.pdf", pageStarts: [0, 27, 75] };
  const set = library.db.updateTable("articles").set({ document: JSON.stringify(document) });
  await set.where("url", "=", "https://gazette.example/a").execute();
  const story = await page("/stories/1");
  for (const [part, number] of [
    [".facts .meta", 2],
    [".line .meta", 2],
    ["blockquote ~ .meta", 3],
  ] as const) {
    expect(texts(story, part), part).toContain(`Harbour Gazette, p. ${number}, 2 Mar 2026`);
    const links = [...story.querySelectorAll(`${part} a`)].map((link) => link.getAttribute("href"));
    expect(links, part).toContain(`${document.url}#page=${number}`);
  }
});

test("a story of hundreds of articles is a page of the newest and the cited, and all as JSON", async () => {
  const id = 1;
  for (let at = 0; at < 130; at++) {
    const url = `https://courier.example/${at}`;
    const { article } = await saveArticle(
      library.db,
      anArticle({ keys: [url], title: `Report ${at}`, url, canonicalUrl: url }),
    );
    await assignArticle(library.db, article.id, id);
  }
  const document = await page(`/stories/${id}`);
  expect(texts(document, ".part > h2")).toContain("Sources (131)");
  const numbers = texts(document, ".rows > li > p:first-child > .soft");
  expect([numbers.length, numbers[0], numbers[1], numbers.at(-1)]).toEqual([101, "[1]", "[32]", "[131]"]);
  const all = document.querySelector('a[href^="/api/"]')?.getAttribute("href") ?? "";
  const { sources } = (await (await get(all)).json()) as { sources: unknown[] };
  expect(sources).toHaveLength(131);
});

test("an empty list leads out of what narrowed it", async () => {
  const document = await page("/search?query=ferries&place=US-NY");
  expect(texts(document, "main p").at(-1)).toBe("No story has the words ferries. Show everything");
  expect(document.querySelector('p > a[href="/search?query=ferries"]')).not.toBeNull();
  expect(texts(await page("/search?query=zebra"), "main p").at(-1)).toBe("No story has the words zebra.");
});
