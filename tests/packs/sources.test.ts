import { expect, test } from "vitest";
import type { Feed } from "#model/feed.ts";
import { loadPack } from "#pack/pack.ts";
import { unreadableSources } from "#pack/sources.ts";
import { entriesAs } from "#support/sources.ts";

const loaded = loadPack("feeds/ai-policy");
if (!loaded.ok) throw new Error("the pack does not load");
const { pack, lineOf } = loaded;

const feed = (id: string): Feed => pack.feeds.find((one) => one.id === id)!;
/** What a shipped source makes of an answer of the documented shape. */
const entriesOf = (id: string, answer: unknown) =>
  entriesAs(feed(id), Buffer.from(JSON.stringify(answer)), feed(id).url);

test("the catalogue holds 150 sources, 50 of them primary, each with its language", () => {
  expect(pack.feeds.length).toBeGreaterThanOrEqual(150);
  expect(pack.feeds.filter(({ primary }) => primary).length).toBeGreaterThanOrEqual(50);
  expect(pack.feeds.filter(({ language }) => language === undefined)).toEqual([]);
});

test("all of it can be read without a key, and no selector or path of it is none", async () => {
  expect(await unreadableSources(pack, lineOf, () => undefined)).toEqual([]);
});

test("those that are known to have no feed are read as pages", () => {
  const pages = ["anthropic", "cppa", "bis", "enisa", "council-of-europe", "xai", "meta-ai"];
  expect(pages.map((id) => feed(id).source)).toEqual(pages.map(() => "page"));
});

test("an answer of the Federal Register is read", async () => {
  const answer = {
    count: 1,
    total_pages: 1,
    next_page_url: null,
    results: [
      {
        title: "Reporting of Incidents With Large Models",
        type: "Proposed Rule",
        abstract: "The bureau invites comments on reports within 72 hours.",
        document_number: "2026-90001",
        html_url: "https://www.federalregister.gov/documents/2026/11/20/2026-90001/reporting",
        publication_date: "2026-11-20",
        agencies: [{ name: "Bureau of Invented Affairs" }],
      },
    ],
  };
  const line =
    "Reporting of Incidents With Large Models | https://www.federalregister.gov/documents/2026/11/20/2026-90001/reporting";
  for (const id of ["federal-register-ai", "federal-register-ftc"])
    expect(await entriesOf(id, answer)).toEqual([`2026-11-20 | ${line}`]);
  expect(await entriesOf("federal-register-proposed", answer)).toEqual([`2026-11-20 | Proposed rule: ${line}`]);
});

test("an answer of CourtListener is read", async () => {
  const answer = {
    count: 1,
    next: "https://www.courtlistener.com/api/rest/v4/search/?cursor=abc",
    previous: null,
    results: [
      {
        caseName: "Harrow v. Orbis Models, Inc.",
        court: "District Court, N.D. Invented",
        dateFiled: "2026-11-19",
        docket_id: 900001,
        docketNumber: "3:26-cv-00001",
        docket_absolute_url: "/docket/900001/harrow-v-orbis-models-inc/",
      },
    ],
  };
  expect(await entriesOf("courtlistener-dockets", answer)).toEqual([
    "2026-11-19 | Harrow v. Orbis Models, Inc. (District Court, N.D. Invented) | https://www.courtlistener.com/docket/900001/harrow-v-orbis-models-inc/",
  ]);
});

test("an answer of the Council's open data is read, and its query is whole", async () => {
  const query = new URL(feed("council-votes").url).searchParams.get("query") ?? "";
  expect(query).toMatch(/^PREFIX codi: <[^>]+> .* SELECT DISTINCT \?procedure \?title \?page \?date .* LIMIT 25$/);
  const literal = (value: string) => ({ type: "literal", value });
  const binding = {
    procedure: { type: "uri", value: "http://data.consilium.europa.eu/id/voting/1" },
    title: literal("Regulation on invented machines"),
    page: { type: "uri", value: "https://data.consilium.europa.eu/doc/document/PE-1-2026-INIT/en/pdf" },
    date: literal("2026-11-18"),
  };
  expect(await entriesOf("council-votes", { head: { vars: [] }, results: { bindings: [binding] } })).toEqual([
    "2026-11-18 | The Council votes on: Regulation on invented machines | https://data.consilium.europa.eu/doc/document/PE-1-2026-INIT/en/pdf",
  ]);
});

test("an answer of the Commission's consultations is read", async () => {
  const initiative = {
    id: 90001,
    shortTitle: "Guidelines on invented machines",
    currentStatuses: [{ feedbackStartDate: "2026/11/16 00:00:00", feedbackEndDate: "2026/12/14 23:59:59" }],
  };
  expect(await entriesOf("ec-have-your-say", { initiativeResultDtoPage: { content: [initiative] } })).toEqual([
    "2026-11-16 | Guidelines on invented machines | https://ec.europa.eu/info/law/better-regulation/have-your-say/initiatives/90001",
  ]);
});
