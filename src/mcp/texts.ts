import type { deadlines } from "#answers/deadlines.ts";
import type { latest } from "#answers/latest.ts";
import type { places, points } from "#answers/points.ts";
import type { AnswerOf } from "#answers/question.ts";
import type { quotes } from "#answers/quotes.ts";
import type { story } from "#answers/story.ts";
import { pagesText } from "#model/citation.ts";
import { saidText } from "#model/quote.ts";
import { dayText } from "#text/calendar.ts";

/*
 * Answers as text, for clients that hand a model no more than that: every sentence has its source behind it.
 */

type StoryPage = AnswerOf<typeof latest>;
type Story = StoryPage["stories"][number];
type Citation = Pick<Story["summary"][number], "source" | "primary" | "url" | "publishedAt" | "pages">;

/** `Harbour Gazette, 2 Mar 2026, https://gazette.example/a`, and of a document `Harbour Office (primary source), p. 3, …`. */
const cited = ({ source, primary, pages, url, publishedAt }: Citation): string =>
  [
    `${source}${primary ? " (primary source)" : ""}`,
    ...(pages ? [pagesText(pages)] : []),
    dayOf(publishedAt),
    url,
  ].join(", ");

const dayOf = (at: string): string => dayText(new Date(at));

type Page = { readonly cursor: string | null; readonly freshness: StoryPage["freshness"] };

/** What there is; where it is nothing, how fresh that is; and how to turn the page. */
function listed(entries: readonly string[], { cursor, freshness: { last, feeds, failing } }: Page): string {
  const fresh = last === null ? "No feed has been read yet." : `Feeds were last read on ${dayOf(last)}.`;
  const ending = failing === 0 ? [] : [`${failing} of ${feeds} feeds fail: what they have is missing here.`];
  return [
    ...(entries.length === 0 ? [`Nothing. ${fresh}`] : entries),
    ...(cursor === null ? [] : [`There is more: ask again with cursor "${cursor}".`]),
    ...ending,
  ].join("\n\n");
}

/** A story with its cited summary. */
const storyText = ({ id, title, headline, summary, sources, url }: Story): string =>
  [
    `Story ${id}: ${title}`,
    ...(headline === "" ? [] : [headline]),
    ...summary.map((sentence) => `- ${sentence.text} [${cited(sentence)}]`),
    `${sources.length === 1 ? "1 article" : `${sources.length} articles`}${url === null ? "" : `, led by ${url}`}`,
  ].join("\n");

export const storiesText = (page: StoryPage): string => listed(page.stories.map(storyText), page);

/** All of a story but the proofs of its tags, of which it has the phrases. */
export function toldText(told: AnswerOf<typeof story>): string {
  const section = (name: string, lines: readonly string[]) => (lines.length === 0 ? [] : [`${name}:`, ...lines]);
  const moved = told.timeline.flatMap(({ revision, at, movements }) =>
    movements.map(
      ({ text, sentence, citation }) =>
        `${revision}. ${dayOf(at)}: ${text}${sentence === null ? "" : `: “${sentence}”`}${citation === null ? "" : ` [${cited(citation)}]`}`,
    ),
  );
  return [
    storyText(told),
    ...section("Timeline", moved),
    ...section(
      `Others of ${told.dispute}`,
      told.tracks.map((track) => `- Story ${track.story}: ${track.title} (${track.headline})`),
    ),
    ...section(
      "About",
      told.matters.map(({ title, page }) => `- ${title}${page === null ? "" : `, ${page}`}`),
    ),
    ...section("Said", told.quotes.map(quoteText)),
    ...section(
      "Sources",
      told.sources.map(({ feed: source, title, ...rest }) => `- ${title} [${cited({ source, ...rest })}]`),
    ),
    ...section(
      "Tagged for",
      told.why.flatMap((article) =>
        article.tags.map(
          ({ axis, name, phrase, sentence }) => `- ${axis} ${name}: “${phrase}” in “${sentence}” [${cited(article)}]`,
        ),
      ),
    ),
  ].join("\n");
}

type Quotes = AnswerOf<typeof quotes>;

function quoteText(quote: Quotes["quotes"][number]): string {
  const { speaker, office, stance, words, storyId } = quote;
  const who = [speaker, ...(office === null ? [] : [office]), ...(stance === null ? [] : [`for ${stance.side}`])].join(
    ", ",
  );
  return `- ${who}: ${saidText(quote, words)} [${cited(quote)}${storyId === null ? "" : `, story ${storyId}`}]`;
}

export const quotesText = (page: Quotes): string => listed(page.quotes.map(quoteText), page);

export const daysText = (page: AnswerOf<typeof deadlines>): string =>
  listed(
    page.days.map(
      ({ day, what, title, storyId, quote, sources: [first] }) =>
        `${dayOf(day)}: ${what}: story ${storyId}, ${title}\n- “${quote}”${first === undefined ? "" : ` [${cited(first)}]`}`,
    ),
    page,
  );

export const pointsText = ({ points: all }: AnswerOf<typeof points>): string =>
  all
    .map(({ id, name, definition, sides, stories }) => {
      const argued = sides.map((side) => `\n  ${side.name}: ${side.argues}`).join("");
      return `- ${id}: ${name} (${stories} stories). ${definition}${argued}`;
    })
    .join("\n");

export const placesText = ({ places: all }: AnswerOf<typeof places>): string =>
  all.map(({ id, name, stories }) => `- ${id}: ${name} (${stories} stories)`).join("\n");
