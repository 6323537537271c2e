import { search } from "#answers/search.ts";
import { LONGEST_TYPED } from "#model/limits.ts";
import { alternatesOf } from "#web/alternates.ts";
import { givenIn, type Handler, pageOf } from "#web/asking.ts";
import { filters, nothing } from "#web/filters.ts";
import { type Html, html } from "#web/html.ts";
import { type Page, pageReply } from "#web/layout.ts";
import { freshnessLine, said, turning } from "#web/parts.ts";
import { storyList } from "#web/story-list.ts";

const CHOICES = ["point", "place", "stage", "since"] as const;

/** `/search`: stories by their words. */
export const searchPage: Handler = async (url, library, now) => {
  const query = url.searchParams.get("query");
  if (query === null) return pageReply(emptyPage);
  return pageOf(await search.answer(library, givenIn(url, search), now), ({ stories, cursor, freshness }) => ({
    title: `Search: ${query}`,
    at: "/search",
    alternates: alternatesOf(url),
    main: html`<div class="intro"><h1>Search: ${said(query)}</h1>${freshnessLine(freshness)}</div>
<div class="columns">${filters(url, CHOICES, library.pack, fields(query, url.searchParams.get("order")))}<div>${
      stories.length === 0
        ? nothing(url, html`No story has the words ${said(query)}.`, CHOICES)
        : storyList(stories, library.pack, 2)
    }${turning(url, cursor)}</div></div>`,
  }));
};

const words = (query: string): Html =>
  html`<label>Words<input type="search" name="query" value="${query}" required maxlength="${LONGEST_TYPED}" aria-describedby="how"></label>
<p class="small soft" id="how">All must occur; “in quotes” for a phrase, -word to leave out.</p>`;

const fields = (query: string, order: string | null): Html =>
  html`${words(query)}<label>Order<select name="order"><option value="">Newest first</option><option value="ranked"${order === "ranked" && html` selected`}>Best match first</option></select></label>`;

const emptyPage: Page = {
  title: "Search",
  at: "/search",
  main: html`<div class="intro"><h1>Search</h1><p>Stories by the words of their articles.</p>
<form class="narrow" role="search" action="/search">${words("")}<button>Search</button></form></div>`,
};
