import type { StoredArticle } from "#model/article.ts";
import type { Pack } from "#model/pack.ts";
import type { Story, SummarySentence } from "#model/story.ts";
import type { Writer, Written } from "#pipeline/summarize/hosted/hosted.ts";
import { SUMMARY_SENTENCES } from "./tell-story.ts";

/**
 * The sentences to show for a revision of a story, from the articles worth summarising; never later than the writer's deadline.
 */
export type Reword = (
  story: Story,
  revision: number,
  articles: readonly StoredArticle[],
) => Promise<readonly SummarySentence[]>;

/** Revisions whose words are kept, so that every channel and every edit shows the same. */
const KEPT = 500;

/** Words stories with a hosted model as they are posted: outside any transaction, once a revision. */
export function createReword(writer: Writer, pack: Pack, told: (storyId: number, written: Written) => void): Reword {
  const words = new Map<string, Promise<readonly SummarySentence[]>>();
  const primary = new Set(pack.feeds.flatMap((feed) => (feed.primary ? [feed.id] : [])));
  const write = async (story: Story, articles: readonly StoredArticle[]) => {
    const sources = articles
      .map((article) => ({ ...article, primary: primary.has(article.feedId), stored: article }))
      .toSorted((a, b) => Number(b.id === story.leadArticleId) - Number(a.id === story.leadArticleId));
    const points = story.points.flatMap((id) => pack.points.find((point) => point.id === id) ?? []);
    const written = await writer.write(sources, { maxSentences: SUMMARY_SENTENCES, points });
    told(story.id, written);
    return written.by === "model" ? written.sentences : story.summary;
  };
  return (story, revision, articles) => {
    const key = `${story.id}:${revision}`;
    const known = words.get(key) ?? write(story, articles).catch(() => story.summary);
    words.delete(key);
    words.set(key, known);
    const [oldest] = words.keys();
    if (words.size > KEPT && oldest !== undefined) words.delete(oldest);
    return known;
  };
}
