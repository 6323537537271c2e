import { quotes } from "#answers/quotes.ts";
import { LONGEST_TYPED } from "#model/limits.ts";
import { alternatesOf } from "#web/alternates.ts";
import { givenIn, type Handler, pageOf } from "#web/asking.ts";
import { filters, narrowedTo, nothing } from "#web/filters.ts";
import { html } from "#web/html.ts";
import { freshnessLine, said, turning } from "#web/parts.ts";
import { quoteList } from "#web/quote-list.ts";

const CHOICES = ["point", "since"] as const;

/** `/quotes`: who said what, newest first. */
export const quotesPage: Handler = async (url, library, now) =>
  pageOf(await quotes.answer(library, givenIn(url, quotes), now), ({ quotes: shown, cursor, freshness }) => {
    const who = url.searchParams.get("who") ?? "";
    const to = narrowedTo(url, CHOICES, library.pack);
    const field = html`<label>Who<input type="search" name="who" value="${who}" maxlength="${LONGEST_TYPED}" aria-describedby="how"></label>
<p class="small soft" id="how">A name or an office, or the beginning of its words.</p>`;
    return {
      title: ["Who said what", who, to].filter((part) => part !== "").join(" · "),
      at: "/quotes",
      alternates: alternatesOf(url),
      main: html`<div class="intro"><h1>Who said what${who !== "" && html`: ${said(who)}`}</h1>${to !== "" && html`<p>${to}</p>`}
<p>Words in marks stand so in the source; what stands without is as the source gives it.</p>${freshnessLine(freshness)}</div>
<div class="columns">${filters(url, CHOICES, library.pack, field)}<div>${
        shown.length === 0 ? nothing(url, html`Nobody was quoted.`, CHOICES) : quoteList(shown, { linked: true })
      }${turning(url, cursor)}</div></div>`,
    };
  });
