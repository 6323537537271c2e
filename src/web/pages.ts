import type { Library } from "#answers/question.ts";
import { apiAnswer } from "#api/api.ts";
import { feedAnswer } from "#api/feeds.ts";
import { type Handler, withoutEmpty } from "./asking.ts";
import { aboutPage } from "./pages/about.ts";
import { deadlinesPage } from "./pages/deadlines.ts";
import { feedsPage } from "./pages/feeds.ts";
import { latestPage } from "./pages/latest.ts";
import { matterPage, mattersPage } from "./pages/matters.ts";
import { placesPage, pointsPage } from "./pages/points.ts";
import { quotesPage } from "./pages/quotes.ts";
import { searchPage } from "./pages/search.ts";
import { storyPage } from "./pages/story.ts";
import { trendsPage } from "./pages/trends.ts";
import { whyPage } from "./pages/why.ts";
import type { Reply } from "./reply.ts";

const PAGES: ReadonlyMap<string, Handler> = new Map([
  ["/", latestPage],
  ["/search", searchPage],
  ["/deadlines", deadlinesPage],
  ["/quotes", quotesPage],
  ["/trends", trendsPage],
  ["/points", pointsPage],
  ["/places", placesPage],
  ["/matters", mattersPage],
  ["/matter", matterPage],
  ["/feeds", feedsPage],
  ["/about", aboutPage],
]);

/** What stands at an address: a page, or what programs ask for; null where nothing does. */
export async function answerAt(url: URL, library: Library, now: Date): Promise<Reply | null> {
  const page = PAGES.get(url.pathname) ?? ofStory(url.pathname);
  if (page !== null) return withoutEmpty(url) ?? page(url, library, now);
  return (await apiAnswer(url, library, now)) ?? feedAnswer(url, library, now);
}

/** `/stories/12` and `/stories/12/why`. */
function ofStory(path: string): Handler | null {
  const [, id, why] = /^\/stories\/(\d{1,16})(\/why)?$/.exec(path) ?? [];
  if (id === undefined) return null;
  return why === undefined ? storyPage(id) : whyPage(id);
}
