import { expect, test } from "vitest";
import {
  LONGEST_AUTHOR,
  LONGEST_PHRASE,
  LONGEST_REASON,
  LONGEST_SENTENCE,
  LONGEST_TEXT,
  LONGEST_TITLE,
  MOST_ENCLOSURES,
  MOST_ENTRIES,
  MOST_PARAMETERS,
  MOST_TAGS,
} from "#model/limits.ts";
import { canonicalUrl } from "#pipeline/normalize/canonical-url.ts";
import { normalize } from "#pipeline/normalize/normalize.ts";
import { parse } from "#pipeline/parse/parse.ts";
import { afterFailure } from "#pipeline/poll.ts";
import { compileRules, tag } from "#pipeline/tag/tag.ts";
import { liftPack } from "#support/rules-pack.ts";
import { NOW } from "#support/samples.ts";
import { sentences } from "#text/sentences.ts";

const long = (what: string, length = 20_000) => what.repeat(Math.ceil(length / what.length));
const FEED = { id: "a", name: "A", url: "https://a.example/feed", site: "https://a.example/" };

async function documentOf(body: string) {
  const outcome = await parse(Buffer.from(body), { contentType: null, url: FEED.url });
  return outcome.kind === "document" ? outcome.document : expect.unreachable(outcome.reason);
}

const TITLE = long("A 👩‍👩‍👧 title ");

const DOCUMENTS = {
  RSS: `<rss><channel><title>${TITLE}</title><link>https://a.example/${long("d")}</link>${["b", "c"]
    .map(
      (
        last,
      ) => `<item><title>${TITLE}</title><link>https://a.example/${long("a")}</link><guid>${long("b")}${last}</guid>
        <author>${long("Jo ")}</author><enclosure url="https://a.example/${long("c")}"/><description>${long("👩‍👩‍👧", 200_000)}</description></item>`,
    )
    .join("")}</channel></rss>`,
  "JSON Feed": JSON.stringify({
    version: "https://jsonfeed.org/version/1.1",
    title: TITLE,
    home_page_url: `https://a.example/${long("d")}`,
    items: ["b", "c"].map((last) => ({
      id: `${long("b")}${last}`,
      url: `https://a.example/${long("a")}`,
      title: TITLE,
      authors: [{ name: long("Jo ") }],
      attachments: [{ url: `https://a.example/${long("c")}` }],
      content_text: long("👩‍👩‍👧", 200_000),
    })),
  }),
};

test.each(Object.entries(DOCUMENTS))("of %s what is too long is cut where it is read, or left out", async (_, body) => {
  const document = await documentOf(body);
  expect(document.feed.link).toBeNull();
  const [entry, other] = document.entries;
  expect(entry).toMatchObject({ id: expect.stringMatching(/^sha256:/), link: null, enclosures: [] });
  expect(other!.id).not.toBe(entry!.id);
  for (const title of [entry!.title, document.feed.title!]) {
    expect(title.length).toBeLessThanOrEqual(4 * LONGEST_TITLE);
    expect(title).toMatch(/[^\u200d]…$/);
    expect(title.isWellFormed()).toBe(true);
  }
  expect(entry!.author!.length).toBeLessThanOrEqual(4 * LONGEST_AUTHOR);
  const { articles } = await normalize(document, FEED as never, { identity: null, firstSeenAt: NOW });
  const [article] = articles;
  expect(articles).toHaveLength(2);
  expect(article!.title.length).toBeLessThanOrEqual(LONGEST_TITLE);
  expect(article!.author!.length).toBeLessThanOrEqual(LONGEST_AUTHOR);
  expect(article!.text.length).toBeLessThanOrEqual(LONGEST_TEXT);
  expect(article!.text).toMatch(/^(?:👩‍👩‍👧)+$/u);
  expect(article!.url).toBe(FEED.site);
});

test("of a document too long for a feed the newest entries are kept, and of one entry what is used", async () => {
  const attached = Array.from({ length: 100 }, (_, at) => `<enclosure url="https://a.example/${at}"/>`).join("");
  const items = Array.from(
    { length: MOST_ENTRIES + 500 },
    (
      _,
      at,
    ) => `<item><title>t${at}</title><guid>g${at}</guid><pubDate>${new Date(at * 60_000 + 1e12).toUTCString()}</pubDate>
      ${at === MOST_ENTRIES ? attached : ""}</item>`,
  );
  const document = await documentOf(`<rss><channel><title>T</title>${items.join("")}</channel></rss>`);
  expect(document.entries[MOST_ENTRIES]!.enclosures).toHaveLength(MOST_ENCLOSURES);
  const { articles } = await normalize(document, FEED as never, { identity: null, firstSeenAt: NOW });
  expect(articles).toHaveLength(MOST_ENTRIES);
  const titles = articles.map(({ title }) => title);
  expect(titles).toContain(`t${MOST_ENTRIES + 499}`);
  expect(titles).not.toContain("t0");
});

test("an address with too many parameters keeps them as they are", () => {
  const many = (length: number) => Array.from({ length }, (_, at) => `b${length - at}=1`).join("&");
  expect(canonicalUrl(`https://a.example/?${many(3)}`)).toBe("https://a.example/?b1=1&b2=1&b3=1");
  const kept = canonicalUrl(`https://a.example/?${many(MOST_PARAMETERS + 1)}`);
  expect(kept).toBe(`https://a.example/?${many(MOST_PARAMETERS + 1)}`);
  expect(canonicalUrl(kept!)).toBe(kept);
});

test("a sentence without an end is cut between words, and nothing of it is lost", () => {
  const text = long("words without an end ", 3 * LONGEST_SENTENCE).trim();
  const found = sentences(text);
  expect(found.length).toBeGreaterThan(1);
  for (const { start, end } of found) expect(end - start).toBeLessThanOrEqual(LONGEST_SENTENCE);
  expect(found.map(({ start, end }) => text.slice(start, end)).join(" ")).toBe(text);
});

test("a proof and a reason are no longer than anybody reads", () => {
  const rules = compileRules(liftPack({ strong: ["inspect NEAR/4 cable"] }));
  const text = `The lift inspect ${long("a", 2_000)} cable.`;
  const [{ evidence: [proof] = [] } = {}] = tag({ title: "Lifts", text }, rules).tags;
  expect(proof!.phrase.length).toBeLessThanOrEqual(LONGEST_PHRASE);
  expect(text.slice(proof!.start, proof!.end)).toBe(proof!.phrase);
  const state = afterFailure({ failureCount: 0 } as never, { kind: "failed", reason: long("why ") }, NOW, () => 0);
  expect(state.failureReason!.length).toBeLessThanOrEqual(LONGEST_REASON);
  expect(state.failureReason).toMatch(/…$/);
});

test("a match longer than its proof may be still holds an item back, or excludes", () => {
  const far = `inspect ${long("a", 2_000)} cable`;
  const pack = liftPack({
    strong: ["yearly inspection"],
    exclude: [{ phrase: "inspect NEAR/4 cable", reason: "far" }],
  });
  const held = { ...pack, holds: [{ reason: "calls itself fiction", cues: ["inspect NEAR/4 cable"] }] };
  expect(tag({ title: "Lifts", text: `This ${far}.` }, compileRules(held)).hold).toBe("calls itself fiction");
});

test("an article that names everybody keeps what it says, its publisher's place, and whom it names first", () => {
  const pack = liftPack();
  const names = Array.from({ length: 2 * MOST_TAGS }, (_, at) => `office${at}`);
  const actors = names.map((id) => ({ id, name: id, government: true, aliases: [id] }));
  const remedies = [{ id: "fine", name: "Fine", cues: ["fined"] }];
  const rules = compileRules({ ...pack, facets: { ...pack.facets, actors, remedies } });
  const article = {
    title: "Lifts pass a yearly inspection, are fined",
    text: `The lift: ${names.join(", ")}, Britain.`,
  };
  const { tags } = tag(article, rules, { kind: "regulator", place: "UK", primary: true });
  const named = tags.filter(({ axis }) => ["place", "actor", "instrument", "remedy"].includes(axis));
  expect(named).toHaveLength(MOST_TAGS);
  expect(named.map(({ id }) => id).toSorted()).toEqual(["UK", "fine", ...names.slice(0, MOST_TAGS - 2)].toSorted());
  expect(new Set(tags.map(({ axis }) => axis))).toContain("stage");
  expect(tags.map(({ id }) => id)).toContain("inspections");
  const ofPress = tag(article, rules, { kind: "press", place: "UK", primary: false }).tags;
  expect(ofPress.map(({ id }) => id)).not.toContain("UK");
});
