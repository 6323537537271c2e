import { isStruck } from "#text/struck.ts";
import type { PageDocument, PageElement, PageNode } from "./dom.ts";
import { ELEMENT, TEXT } from "./dom.ts";

/** Elements whose content is no prose. */
const SILENT = new Set("SCRIPT STYLE NOSCRIPT TEMPLATE IFRAME SVG BUTTON INPUT SELECT TEXTAREA".split(" "));
/** Elements that stand beside an article, unless a page wraps all of itself in one. */
const BESIDE = new Set("FORM NAV FOOTER ASIDE DIALOG FIGCAPTION".split(" "));
const BESIDE_ROLES = new Set(["navigation", "dialog", "alert", "complementary", "banner", "search"]);

/** Words of class names and ids of what surrounds articles. */
const NOISY_NAME = new RegExp(
  `(?:^|[\\s_-])(?:${[
    "captions?|credits?|photo-?credit|image-?credit|mediacaption|copyright",
    "gallery|slideshow|carousel|lightbox",
    "recirc|recirculation|recommend(?:ed|ations)?|trending|popular|most-?(?:read|viewed|popular)|read-?(?:next|more)|you-?may|also-?like|more-?(?:from|stories|news)|outbrain|taboola",
    "related(?:-?(?:posts?|articles?|stories|links?|content|news))?",
    "newsletters?|sign-?up|subscri(?:be|ption)|paywall|promo(?:tion|tional)?|advert(?:isement|ising|orial)?|ads?|adsense|sponsor(?:ed)?|affiliate",
    "share|sharing|shares|sharebar|sharedaddy|addthis|social-?(?:links|share|bar|icons|buttons|tools)|tweet-?(?:this|box)|click-?to-?tweet",
    "comments?|disqus|respond|reactions",
    "breadcrumbs?|pagination|pager|skip-?link|screen-?reader(?:-text)?|visually-?hidden|sr-?only|off-?screen",
    "author-?(?:bio|box|info|card)|bio|about-?author|tags|taglist|tag-?list|post-?meta|entry-?meta|article-?meta|byline|timestamp|pubdate|post-?date|article-?date",
    "tooltip|popover|hovercard|rollover-[a-z]+-block|cookies?|consent|gdpr|toolbar|print-?only|site-?(?:header|footer)",
  ].join("|")})(?:$|[\\s_-])`,
  "i",
);

/** An element with more of the page's prose than this is the article's own, whatever it is called. */
const OWN_SHARE = 0.25;

/** Never taken for surroundings. An embedded post is quoted matter. */
const OWN = new Set("BODY ARTICLE MAIN BLOCKQUOTE".split(" "));

function isBeside(element: PageElement, name: string): boolean {
  if (OWN.has(name)) return false;
  // What is struck is said no longer; a page that strikes most of itself forgot to end a tag.
  const [style, classes] = ["style", "class"].map((attribute) => element.getAttribute(attribute) ?? "");
  if (isStruck(name.toLowerCase(), style!, classes!)) return true;
  if (BESIDE.has(name) || BESIDE_ROLES.has(element.getAttribute("role") ?? "")) return true;
  if (element.getAttribute("aria-hidden") === "true" || element.getAttribute("hidden") !== null) return true;
  const called = `${element.getAttribute("class") ?? ""} ${element.getAttribute("id") ?? ""}`;
  return called !== " " && NOISY_NAME.test(called);
}

/** Takes away what stands around the article, by element and by name. One walk: pages are large. */
export function prune(document: PageDocument): void {
  const silent: PageElement[] = [];
  const beside: { element: PageElement; prose: number }[] = [];
  /** Letters that are no links. */
  const walk = (node: PageNode): number => {
    if (node.nodeType === TEXT) return (node.textContent ?? "").trim().length;
    if (node.nodeType !== ELEMENT) return 0;
    const element = node as PageElement;
    const name = element.nodeName.toUpperCase();
    if (SILENT.has(name)) {
      silent.push(element);
      return 0;
    }
    let prose = 0;
    for (let child = node.firstChild; child !== null; child = child.nextSibling) prose += walk(child);
    // Readability takes an embedded post for a share button by its class.
    if (name === "BLOCKQUOTE") element.removeAttribute("class");
    if (isBeside(element, name)) beside.push({ element, prose });
    return name === "A" ? 0 : prose;
  };
  const body = document.querySelector("body");
  const all = body === null ? 0 : walk(body);
  for (const element of silent) element.remove();
  for (const { element, prose } of beside) if (prose <= OWN_SHARE * all) element.remove();
}
