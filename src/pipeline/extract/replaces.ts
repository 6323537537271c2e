import type { Article } from "#model/article.ts";
import { isOfSameMatter } from "./same-matter.ts";

/** Text that is shorter than this many times what the feed said adds nothing: a paywall, a consent form, the summary again. */
const WORTH = 1.5;

/** Steps of an address at which readers sign in, pay, or say what may be stored of them. */
const GATE =
  /(?:^|[/._?=&-])(?:log-?in|sign-?in|sign-?up|sso|auth|oauth2?|register|registration|consent|cookie-?wall|paywall|subscribe|captcha|challenge)(?:$|[/._?=&-])/i;

/** Text that was found at an article's address, and the address that it came from. */
export type Found = { readonly text: string; readonly url: string };

/**
 * Whether a text may stand for what an article's feed said of it. What is no page and no PDF has none; of one that has some it
 * must say more, of the same matter, at an address to which the article leads: not a form to sign in or to consent, not a front
 * page, not an empty frame that waits for its script.
 */
export function replaces(article: Pick<Article, "title" | "text" | "url">, { text, url }: Found): boolean {
  return (
    text !== "" &&
    text.length >= article.text.length * WORTH &&
    !leadsElsewhere(article.url, url) &&
    isOfSameMatter(article, text)
  );
}

/** Whether a site sent us from an article to its front page, or to a gate. */
function leadsElsewhere(asked: string, answered: string): boolean {
  const [from, to] = [new URL(asked), new URL(answered)];
  const isFront = to.pathname === "/" && to.search === "" && from.pathname + from.search !== "/";
  return isFront || (GATE.test(to.host + to.pathname) && !GATE.test(from.host + from.pathname));
}
