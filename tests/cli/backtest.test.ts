import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, it } from "vitest";
import { backtestText } from "#cli/backtest.ts";
import { saveArticle } from "#store/articles.ts";
import { openDatabase } from "#store/database.ts";
import { registerFeeds } from "#store/feeds.ts";
import { liftPack } from "#support/rules-pack.ts";
import { anArticle, days, NOON } from "#support/stored.ts";

const dataDir = mkdtempSync(join(tmpdir(), "policywire-backtest-"));

afterEach(() => rmSync(dataDir, { recursive: true }));

it("names what each point gains and loses, with examples, and counts what it read", async () => {
  const opening = await openDatabase({ url: null, dataDir });
  if (opening.kind === "refused") throw new Error(opening.reason);
  const { db, close } = opening.database;
  try {
    await registerFeeds(db, ["gazette"], NOON);
    for (const title of ["Lifts get yearly inspections", "Lifts need a certificate law", "Weather"]) {
      const url = `https://gazette.example/${title.split(" ").length}`;
      await saveArticle(db, anArticle({ title, text: "", url, canonicalUrl: url }));
    }
    const changed = liftPack({ strong: ["certificate law"], weak: [] });
    expect(await backtestText({ db, pack: liftPack() }, changed, days(-1))).toBe(
      [
        "3 articles first seen since 2026-03-01, what changes:",
        "  (relevant): 1 gained, 1 lost",
        "    + Lifts need a certificate law  https://gazette.example/5",
        "    − Lifts get yearly inspections  https://gazette.example/4",
        "  inspections: 1 gained, 1 lost",
        "    + Lifts need a certificate law  https://gazette.example/5",
        "    − Lifts get yearly inspections  https://gazette.example/4",
        "",
      ].join("\n"),
    );
    expect(await backtestText({ db, pack: changed }, changed, days(-1))).toBe(
      "3 articles first seen since 2026-03-01, nothing changes.\n",
    );
    expect(await backtestText({ db, pack: changed }, changed, days(1))).toContain("0 articles");
  } finally {
    await close();
  }
});
