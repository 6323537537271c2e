import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";
import type { StoredArticle } from "#model/article.ts";
import type { Card } from "#model/delivery.ts";
import type { Pack } from "#model/pack.ts";
import type { SummarySentence } from "#model/story.ts";
import { loadPack } from "#pack/pack.ts";
import { cardOf } from "#pipeline/summarize/card.ts";
import { type SideStatement, summarize } from "#pipeline/summarize/summarize.ts";
import { compileRules, tag } from "#pipeline/tag/tag.ts";
import { type Membership, membershipOf, NO_MEMBERS } from "#pipeline/tell/membership.ts";
import { tellStory } from "#pipeline/tell/tell.ts";
import { languageOf } from "#text/language.ts";
import { summaryOf } from "#worker/tell-story.ts";
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
  readonly summary: readonly SummarySentence[];
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
    const known = members.slice(0, seen);
    const said = seen === 0 ? [] : told(NO_MEMBERS, membershipOf(known), [], pack).summary.map(({ text }) => text);
    const { telling, movements, sources, summary } = told(membershipOf(known), membershipOf(members), said, pack);
    const revision = seen === 0 ? 1 : 2;
    const stored = members.map((member) => member.article);
    const card = cardOf(
      { story: story({ ...telling, summary, revision }), revision, movements, articles: stored },
      pack,
    );
    const points = telling.points.flatMap((id) => pack.points.find((point) => point.id === id) ?? []);
    const { sides } = summarize(
      sources.map((member) => ({ ...member.article, primary: member.primary })),
      { maxSentences: 3, points },
    );
    return {
      name,
      language: sources[0]!.article.language,
      card,
      summary,
      sides,
      outlets: articles.map(({ outlet }) => outlet),
      articles: stored,
    };
  });
}

/** A story told as the worker tells it, to readers who were told `said` before. */
function told(before: Membership, after: Membership, said: readonly string[], pack: Pack) {
  const { telling, movements, sources } = tellStory(before, after, pack.facets);
  return { telling, movements, sources, summary: summaryOf(telling, sources, after, { movements, said }, pack) };
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
