import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { startProgram } from "#support/program.ts";

const ITEMS = [
  {
    id: "bote",
    title: "Datenschützer verhängen 12 Mio. Euro Bußgeld gegen Kelpmark",
    text: "Die Kette hatte die Gesichter ihrer Kunden ohne Einwilligung mit künstlicher Intelligenz zur Gesichtserkennung erfasst, teilte die Behörde in Dresden am Montag mit. Kelpmark muss die Daten bis zum 1. Juni 2026 löschen.",
    at: "2026-03-02T09:00:00Z",
  },
  {
    id: "wire",
    title: "Saxony regulator fines Kelpmark 12 million euros over face scans",
    text: "The data protection authority in Dresden fined Kelpmark for scanning the faces of shoppers with artificial intelligence without their consent.",
    at: "2026-03-02T14:00:00Z",
  },
  {
    id: "kurier",
    title: "Gericht setzt Bußgeld gegen Kelpmark aus",
    text: "Das Verwaltungsgericht in Dresden setzte die Strafe gegen die Kette am Mittwoch vorläufig aus. Die KI zur Gesichtserkennung bleibt verboten.",
    at: "2026-03-04T10:00:00Z",
  },
].map((item) => ({ ...item, source: `${item.id}.example`, url: `https://${item.id}.example/1` }));

test("a fine that is reported in German and in English is one story, told in the words of its sources, and moves by an act", async () => {
  const data = mkdtempSync(join(tmpdir(), "policywire-languages-"));
  onTestFinished(() => rmSync(data, { recursive: true }));
  const input = ITEMS.map((item) => `${JSON.stringify(item)}\n`).join("");
  const { ended, output } = startProgram(["play", "-", "--json"], { POLICYWIRE_DATA: data, NO_COLOR: "1" }, input);
  expect(await ended).toBe(0);
  const rows = output()
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  const stories = rows.filter(({ kind }) => kind === "story");
  expect(stories.map(({ articles }) => articles)).toEqual([["bote", "wire", "kurier"]]);
  const posts = rows.filter(({ kind }) => kind === "post");
  const last = posts.at(-1);
  expect(last).toMatchObject({ lead: "kurier", stage: "delayed", movements: [{ kind: "reversal", to: "delayed" }] });
  for (const { sentences } of posts) {
    for (const { article, start, end, text } of sentences)
      expect(ITEMS.find(({ id }) => id === article)?.text.slice(start, end)).toBe(text);
  }
  expect(last.sentences[0]).toMatchObject({ article: "kurier", start: 0 });
});
