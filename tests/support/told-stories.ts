import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";
import type { StoredArticle } from "#model/article.ts";
import type { Card } from "#model/delivery.ts";
import type { Pack } from "#model/pack.ts";
import { loadPack } from "#pack/pack.ts";
import { cardOf } from "#pipeline/summarize/card.ts";
import { type SideStatement, summarize } from "#pipeline/summarize/summarize.ts";
import { compileRules, tag } from "#pipeline/tag/tag.ts";
import { membershipOf } from "#pipeline/tell/membership.ts";
import { tellStory } from "#pipeline/tell/tell.ts";
import { languageOf } from "#text/language.ts";
import { article, hours, story } from "./samples.ts";

const fixture = z.array(
  z.strictObject({
    name: z.string(),
    /** Articles that readers had been shown when the rest came in. */
    seen: z.int().default(0),
    articles: z.array(
      z.strictObject({ outlet: z.string(), primary: z.boolean().default(false), title: z.string(), text: z.string() }),
    ),
  }),
);

export type ToldStory = {
  readonly name: string;
  readonly language: string | null;
  readonly card: Card;
  readonly sides: readonly SideStatement[];
  readonly outlets: readonly string[];
  readonly articles: readonly StoredArticle[];
};

const slug = (outlet: string) => outlet.toLowerCase().replace(/[^a-z]+/g, "-");

/** The made-up stories of tests/fixtures/stories.yaml, tagged, told and summarised as the worker does it. */
export function toldStories(): readonly ToldStory[] {
  const loaded = loadPack("feeds/ai-policy");
  if (!loaded.ok) throw new Error("the pack does not load");
  const rules = compileRules(loaded.pack);
  return fixture.parse(parse(readFileSync("tests/fixtures/stories.yaml", "utf8"))).map(({ name, seen, articles }) => {
    const pack = withFeeds(loaded.pack, articles);
    const members = articles.map(({ outlet, primary, title, text }, at) => {
      const stored = article({
        id: at + 1,
        feedId: slug(outlet),
        title,
        text,
        language: languageOf(text),
        publishedAt: hours(at - 9),
      });
      return { article: stored, primary, tagging: tag(stored, rules) };
    });
    const { telling, movements } = tellStory(membershipOf(members.slice(0, seen)), membershipOf(members), pack.facets);
    const leaderFirst = members.toSorted(
      (a, b) => Number(b.article.id === telling.leadArticleId) - Number(a.article.id === telling.leadArticleId),
    );
    const sources = leaderFirst.map(({ article: { id, title, text, language }, tagging, primary }) => ({
      id,
      title,
      text,
      language,
      primary,
      evidence: tagging.tags.flatMap(({ evidence }) =>
        evidence.flatMap((each) => (each.field === "text" ? [each.sentence] : [])),
      ),
    }));
    const points = telling.points.flatMap((id) => pack.points.find((point) => point.id === id) ?? []);
    const { sentences, sides } = summarize(sources, { maxSentences: 3, points });
    const revision = seen === 0 ? 1 : 2;
    const told = story({ ...telling, summary: sentences, revision });
    const stored = members.map((member) => member.article);
    const card = cardOf({ story: told, revision, movements, articles: stored }, pack);
    return {
      name,
      language: sources[0]!.language,
      card,
      sides,
      outlets: articles.map(({ outlet }) => outlet),
      articles: stored,
    };
  });
}

function withFeeds(pack: Pack, articles: readonly { readonly outlet: string; readonly primary: boolean }[]): Pack {
  const feeds = articles.map(({ outlet, primary }) => ({
    id: slug(outlet),
    name: outlet,
    url: "https://example.org/feed",
    site: "https://example.org",
    place: "US",
    kind: "press" as const,
    primary,
    fullText: "never" as const,
  }));
  return { ...pack, feeds };
}
