import { expect, test } from "vitest";
import { entriesAs, readAs } from "#support/sources.ts";

const PAGE = { source: "page" } as const;

test("a plain list of links is read with the dates before them, whatever some of them are wrapped in", async () => {
  expect(await entriesAs(PAGE, "plain-list.html")).toEqual([
    "2026-05-12 | Authority orders an audit of two frontier models | https://authority.example/news/audit-order",
    "2026-05-07 | Guidance on incident reports is open for comment | https://authority.example/news/incident-guidance",
    "2026-04-29 | Orbis fined for a late report of an incident | https://authority.example/news/fine-orbis",
    "2026-04-02 | Annual report for 2025 is published | https://authority.example/news/annual-report",
  ]);
});

test("a table of decisions is read by its rows, where every link says the same, with the month first where one must be", async () => {
  expect(await entriesAs(PAGE, "decision-table.html")).toEqual([
    "2026-03-28 | Civil penalty for an unreported model release | https://authority.example/decisions/2026-14.pdf",
    "2026-03-04 | Order to suspend training on health records | https://authority.example/decisions/2026-11.pdf",
    "2026-02-11 | Complaint about emotion recognition dismissed | https://authority.example/decisions/2026-09.pdf",
  ]);
});

test("cards are read by their headings and marked times, with their teasers", async () => {
  expect(await entriesAs(PAGE, "cards.html")).toEqual([
    "2026-06-03T07:30:00.000Z | La régie sanctionne Vernier pour défaut d’audit | https://authority.example/actu/a",
    "2026-05-28 | Consultation publique sur les modèles à usage général | https://authority.example/actu/b",
    "2026-05-05 | Rapport annuel | https://authority.example/actu/c",
  ]);
  expect(await readAs(PAGE, "cards.html")).toMatchObject({
    document: {
      format: "page",
      feed: { title: "Actualités", link: "https://authority.example/news" },
      entries: [
        { id: null, summary: "La formation restreinte prononce une amende de 4 millions d’euros contre la société." },
        {},
        {},
      ],
    },
  });
});

test("a definition list is read by its pairs", async () => {
  expect(await entriesAs(PAGE, "definition-list.html")).toEqual([
    "2026-06-18 | Aufsicht verhängt Bußgeld gegen Rheinwerk | https://authority.example/presse/18",
    "2026-06-09 | Leitfaden zur Prüfung von Hochrisiko-Systemen erschienen | https://authority.example/presse/17",
    "2026-05-28 | Neue Meldestelle nimmt ihre Arbeit auf | https://authority.example/presse/16",
  ]);
});

test("an archive by years gives its days the year that they stand under", async () => {
  expect(await entriesAs(PAGE, "year-archive.html")).toEqual([
    "2026-05-14 | Multa a Solvia por un registro incompleto | https://authority.example/r/22",
    "2026-03-03 | Archivo del expediente contra Lumen | https://authority.example/r/21",
    "2025-12-19 | Orden de auditoría externa a Cierzo | https://authority.example/r/20",
    "2025-01-02 | Plan de inspección de sistemas biométricos | https://authority.example/r/19",
  ]);
});

test("links to documents are followed from the page's own base, with the dates behind them", async () => {
  expect(await entriesAs(PAGE, "documents.html")).toEqual([
    "2026-06-12 | Harrow v. Secretary of Commerce (No. 26-114) | https://files.court.example/opinions/26-114.pdf",
    "2026-06-09 | In re Lattice Systems, motion to stay denied | https://files.court.example/orders/26-98.pdf",
    "2026-05-30 | Orbis v. Northmark AI Authority, on appeal | https://other.example/26-90.pdf",
  ]);
});

test("a page that scripts put together, and one without a list, each say so and what to do", async () => {
  expect(await entriesAs(PAGE, "shell.html")).toMatch(/^This page is put together by scripts .*`source: json`/);
  const prose = `<p>${"The board has met and will meet again. ".repeat(40)}<a href="/minutes">Minutes of the meeting</a></p>`;
  expect(await entriesAs(PAGE, Buffer.from(prose))).toMatch(/^No list of links .* `page` with CSS selectors/);
});

test("what is set apart from its list comes with it, and a link put together of parts says the longest", async () => {
  const row = (id: string, kind: string, title: string, day: number) =>
    `<li><a href="/news/${id}"><time>Jun ${day}, 2026</time><span>${kind}</span><span>${title}</span></a></li>`;
  const page = `<html lang="en"><main><section><a href="/news/top"><h2>An answer to the rules on exports</h2><time>Jun 9, 2026</time></a>
    <a href="/news/archive">All news of all the years</a></section><ul>${row("a", "Announcements", "What we make of the rules on incidents", 8)}
    ${row("b", "Policy", "A new office opens", 4)}${row("c", "Product", "One more model for work", 2)}</ul></main></html>`;
  expect(await entriesAs(PAGE, Buffer.from(page))).toEqual([
    "2026-06-09 | An answer to the rules on exports | https://authority.example/news/top",
    "2026-06-08 | What we make of the rules on incidents | https://authority.example/news/a",
    "2026-06-04 | A new office opens | https://authority.example/news/b",
    "2026-06-02 | One more model for work | https://authority.example/news/c",
  ]);
});

test("a longer list without dates beside the news is not the news", async () => {
  const post = (id: number, title: string) =>
    `<article><header><h2><a href="/p/${id}">${title}</a></h2><span>Posted on <time datetime="2026-06-0${id}">June ${id}</time></span></header>
     <p>Some words. <a href="/p/${id}#more">Continue reading <span>${title}</span></a></p></article>`;
  const essays = ["first", "second", "third", "fourth", "fifth"].map(
    (rank) => `<li><a href="/e/${rank}">The ${rank} of the essays that people liked most of all</a></li>`,
  );
  const page = `<body class="has-sidebar"><div>${post(3, "Audits alone")}${post(2, "Who pays for agents")}${post(1, "Compute thresholds, revisited")}</div><div class="second"><ul>${essays.join("")}</ul></div></body>`;
  expect(await entriesAs(PAGE, Buffer.from(page))).toEqual([
    "2026-06-03 | Audits alone | https://authority.example/p/3",
    "2026-06-02 | Who pays for agents | https://authority.example/p/2",
    "2026-06-01 | Compute thresholds, revisited | https://authority.example/p/1",
  ]);
});

test("a day ahead is the day on which something is due, and not when it was published", async () => {
  const list = ["one", "two", "three"].map(
    (name) =>
      `<li><a href="/${name}">Comments on rule ${name} are open</a> <span>Closes 4 December 2026</span> <span>Opened 3 June 2026</span></li>`,
  );
  const page = Buffer.from(`<html lang=en><main><ul>${list.join("")}</ul></main>`);
  expect(await entriesAs(PAGE, page)).toContain(
    "2026-06-03 | Comments on rule one are open | https://authority.example/one",
  );
});

test("selectors say where the list stands, and what they leave out is found", async () => {
  const items = { item: "tbody tr", title: "td:nth-child(2)" };
  expect(await entriesAs({ ...PAGE, page: items }, "decision-table.html")).toEqual([
    "2026-03-28 | Helio Systems | https://authority.example/decisions/2026-14.pdf",
    "2026-03-04 | Brightwell | https://authority.example/decisions/2026-11.pdf",
    "2026-02-11 | Orbis | https://authority.example/decisions/2026-09.pdf",
  ]);
  const dated = { item: "dd", link: "a", date: "em" };
  expect(
    await entriesAs({ ...PAGE, page: dated }, Buffer.from("<dl><dd><em>1. Juni 2026</em> <a href=/x>Kurz</a></dl>")),
  ).toEqual(["2026-06-01 | Kurz | https://authority.example/x"]);
});

test("selectors that find nothing, or are none, are a fault that says what to mend", async () => {
  expect(await entriesAs({ ...PAGE, page: { item: "article.news" } }, "redesigned.html")).toBe(
    "The page is not as feeds.yaml says: `item: article.news` finds nothing. Look at it, and mend `page` in feeds.yaml.",
  );
  expect(await entriesAs({ ...PAGE, page: { item: "tr", link: "td a.pdf" } }, "decision-table.html")).toMatch(
    /no item has a link by `link: td a.pdf`/,
  );
  expect(await entriesAs({ ...PAGE, page: { item: "li[" } }, "plain-list.html")).toMatch(
    /`item: li\[` is no CSS selector/,
  );
});

test("a page made to be dear is named, and never a list", async () => {
  const deep = Buffer.from(`${"<div>".repeat(50_000)}<a href=/x>A title of words</a>`);
  expect(await entriesAs(PAGE, deep)).toBe("The page is too large to look for a list of links in it.");
  const flat = Buffer.from('<menu class="menu">'.repeat(200) + '<a class="menu" href="/1">a b c</a>'.repeat(30_000));
  expect(await entriesAs(PAGE, flat)).toMatch(/^No list of links/);
});

test("text of a page is text, whatever it looks like", async () => {
  const list = ["a", "b", "c"].map(
    (id) => `<li><a href="/${id}">Cap &lt;EUR 5m&gt; &amp; more in ${id}</a> 1 June 2026</li>`,
  );
  const outcome = await readAs(PAGE, Buffer.from(`<ul>${list.join("")}</ul>`));
  expect(outcome).toMatchObject({ document: { entries: [{ title: "Cap &lt;EUR 5m&gt; &amp; more in a" }, {}, {}] } });
});
