import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, onTestFinished, test } from "vitest";
import { type FeedServer, startFeedServer } from "#support/feed-server.ts";
import { writePack } from "#support/packs.ts";
import { startProgram } from "#support/program.ts";

/** What three regulators without a feed announce, each on an article page of its own. */
const NOTICES = {
  page: {
    title: "The department weighs a civil penalty for Orbis",
    said: "The department is considering a civil penalty of 12 million dollars for Orbis, whose AI model was released before its audit had ended.",
    more: "Orbis has until the end of the month to answer, and may ask for a hearing before the board decides on the artificial intelligence system.",
  },
  json: {
    title: "The regulator orders Helio to report incidents with its AI model",
    said: "The regulator ordered Helio on Monday to report every serious incident with its AI model within 72 hours of its discovery.",
    more: "Helio had reported four incidents late in the past year, among them one at a hospital, according to the order of the regulator.",
  },
  sitemap: {
    title: "Senate adopts audit rules for frontier models of artificial intelligence",
    said: "The senate adopted rules on Tuesday that require an independent audit of each frontier model before it is released to the public.",
    more: "The rules name the auditors that may be chosen, and leave the costs of the audit of artificial intelligence to the developer of the model.",
  },
} as const;
type Kind = keyof typeof NOTICES;
const KINDS = Object.keys(NOTICES) as Kind[];

const html = (body: string) => ({
  headers: { "content-type": "text/html" },
  body: `<!doctype html><html lang="en"><head><title>Board</title></head><body><nav><a href="/">Home</a></nav><main>${body}</main></body></html>`,
});

const SLUGS = ["a-new-member-joins-the-board", "opening-hours-of-the-office", "minutes-of-the-spring-meeting"];
const OLD = SLUGS.map((slug) => ({ slug, title: slug.replaceAll("-", " ") }));

/** Serves the lists of the three, with the old entries and those of the notices that are out. */
function publish(server: FeedServer, out: readonly Kind[]): void {
  const listed = (kind: Kind) => [
    ...out.filter((one) => one === kind).map((one) => ({ slug: slugOf(one), title: NOTICES[one].title })),
    ...OLD.map(({ slug, title }) => ({ slug: `${kind}/${slug}`, title })),
  ];
  server.answer(
    "/page",
    html(
      `<ul>${listed("page")
        .map(({ slug, title }) => `<li><a href="/${slug}">${title}</a></li>`)
        .join("")}</ul>`,
    ),
  );
  const results = listed("json").map(({ slug, title }) => ({ title, at: `/${slug}` }));
  server.answer("/json", { headers: { "content-type": "application/json" }, body: JSON.stringify({ results }) });
  const urls = listed("sitemap").map(({ slug }) => `<url><loc>${server.origin}/${slug}</loc></url>`);
  server.answer("/sitemap", { body: gzipSync(`<urlset>${urls.join("")}</urlset>`) });
}

const slugOf = (kind: Kind): string => NOTICES[kind].title.toLowerCase().replaceAll(" ", "-");

test("a page, a JSON interface and a sitemap of regulators become a card each, with a citation that holds", async () => {
  const server = await startFeedServer();
  const folder = mkdtempSync(join(tmpdir(), "policywire-sources-"));
  onTestFinished(async () => {
    await server.close();
    rmSync(folder, { recursive: true });
  });
  for (const kind of KINDS) {
    const { title, said, more } = NOTICES[kind];
    server.answer(`/${slugOf(kind)}`, html(`<article><h1>${title}</h1><p>${said}</p><p>${more}</p></article>`));
  }
  const feed = (kind: Kind) =>
    ({ id: kind, url: `${server.origin}/${kind}`, kind: "regulator", fullText: "auto" }) as const;
  const pack = writePack(join(folder, "pack"), [
    { ...feed("page"), source: "page" },
    { ...feed("json"), source: "json", json: { list: "$.results[*]", title: "$.title", link: "$.at" } },
    { ...feed("sitemap"), source: "sitemap" },
  ]);
  const run = async () => {
    const program = startProgram(["run", "--once", "--pack", pack, "--data", join(folder, "data")]);
    expect(await program.ended, program.errors()).toBe(0);
    return program.output();
  };
  publish(server, []);
  await run();
  publish(server, KINDS);
  const cards = (await run()).split(/\n\n(?=\S)/);
  for (const kind of KINDS) {
    const { title, said } = NOTICES[kind];
    const mine = cards.filter((card) => card.includes(`${server.origin}/${slugOf(kind)}`));
    expect(mine, cards.join("\n====\n")).toHaveLength(1);
    const text = mine[0]!.replace(/\s+/g, " ");
    expect(text.toLowerCase()).toContain(title.toLowerCase());
    expect(text).toContain(`${said} [1]`);
    expect(text).toContain(`[1] The ${kind} (primary source) ${server.origin}/${slugOf(kind)}`);
  }
});
