import type { Entry } from "#model/article.ts";
import type { Source } from "#model/feed.ts";
import { MOST_ITEMS } from "#model/limits.ts";
import { DAY_MS } from "#model/time.ts";
import { decode } from "#text/decode.ts";
import { escapeText } from "#text/entities.ts";
import { boundedEntry, boundedFeed } from "../bounds.ts";
import type { Origin, ParseOutcome } from "../outcome.ts";
import { findList, linkOf, sameAgain } from "./find-list.ts";
import { dateOf, type Item, markedDate, type Reckoning, summaryOf, titleOf, writesMonthFirst } from "./item.ts";
import { all, type Element, first, lineOf, linesOf, readTree, selectorFault, type Tree } from "./tree.ts";
import { unread } from "./unread.ts";

type Selectors = NonNullable<Source["page"]>;

/** Reads the list of links on a page: where the catalogue says that it stands, else the one that is found. */
export function readPageSource(
  body: Uint8Array,
  { contentType, url, at }: Origin,
  selectors?: Selectors,
): ParseOutcome {
  const fault = selectors === undefined ? null : faultInSelectors(selectors);
  if (fault !== null) return unread(fault);
  const tree = readTree(decode(body, contentType));
  if (tree === null) return unread("The page is too large to look for a list of links in it.");
  const base = baseOf(tree, url ?? "");
  const reckoning = reckoningOf(tree, at);
  const items = selectors === undefined ? findList(tree, base, reckoning) : selected(tree, base, selectors);
  if (typeof items === "string") return unread(items);
  if (items.length === 0) return unread(isShell(tree) ? SHELL : NO_LIST);
  const again = sameAgain(items);
  const heading = first("title", tree);
  const entries = items.slice(0, MOST_ITEMS).map((item) => entryOf(item, again, reckoning, selectors));
  return {
    kind: "document",
    document: {
      format: "page",
      feed: boundedFeed({ title: heading === null ? null : lineOf(heading) || null, link: url }),
      entries,
      minIntervalMs: null,
    },
  };
}

/** A selector that cannot be read, in a sentence; null when all can. */
export function faultInSelectors(selectors: Selectors): string | null {
  for (const [name, selector] of Object.entries(selectors)) {
    const fault = selector === undefined ? null : selectorFault(selector);
    if (fault !== null) return `\`${name}: ${selector}\` is no CSS selector: ${fault}. Mend \`page\` in feeds.yaml.`;
  }
  return null;
}

const NO_LIST =
  "No list of links was found on this page. Say in feeds.yaml where it stands: `page` with CSS selectors, see docs/feeds.md.";
const SHELL =
  "This page is put together by scripts in the browser and holds no links itself. Look for a feed, a JSON interface (`source: json`) or a sitemap (`source: sitemap`) of this site.";

/** Characters of a page that shows something without scripts. */
const LEAST_SHOWN = 600;

const isShell = (tree: Tree): boolean =>
  first("script", tree) !== null && linesOf(...tree.children).join(" ").length < LEAST_SHOWN;

/** The page's own base, or where it stands. */
function baseOf(tree: Tree, url: string): string {
  const href = first("base[href]", tree)?.attribs["href"] ?? "";
  return URL.parse(href, url || undefined)?.href ?? url;
}

function reckoningOf(tree: Tree, at: Date | undefined): Reckoning {
  const language = first("html", tree)?.attribs["lang"] ?? "";
  return {
    monthFirst: writesMonthFirst(linesOf(...tree.children), language),
    latest: at === undefined ? "9999" : new Date(at.getTime() + DAY_MS).toISOString(),
  };
}

/** The items that selectors mean, or what they do not find, in a sentence. */
function selected(tree: Tree, base: string, { item, link }: Selectors): readonly Item[] | string {
  const roots = all(item, tree);
  if (roots.length === 0) return changed(`\`item: ${item}\` finds nothing`);
  const items = roots.flatMap((root): Item[] => {
    const found = link === undefined ? firstLink(root) : first(link, root);
    const url = found === null ? null : linkOf(found, base);
    return found === null || url === null ? [] : [{ root, link: found, url, beside: [], year: null }];
  });
  return items.length > 0 ? items : changed(`no item has a link${link === undefined ? "" : ` by \`link: ${link}\``}`);
}

const changed = (what: string): string =>
  `The page is not as feeds.yaml says: ${what}. Look at it, and mend \`page\` in feeds.yaml.`;

const firstLink = (root: Element): Element | null => (root.name === "a" ? root : first("a[href]", root));

function entryOf(item: Item, again: ReadonlySet<string>, reckoning: Reckoning, selectors?: Selectors): Entry {
  const chosen = selectors?.title === undefined ? null : first(selectors.title, item.root);
  const title = (chosen === null ? "" : lineOf(chosen)) || titleOf(item, again);
  const dated = selectors?.date === undefined ? null : first(selectors.date, item.root);
  const marked = dated === null ? null : markedDate(dated, reckoning);
  const summary = summaryOf(item, title);
  return boundedEntry({
    id: null,
    title: escapeText(title),
    link: item.url,
    published: marked ?? dateOf(item, title, reckoning),
    updated: null,
    author: null,
    summary: summary === null ? null : escapeText(summary),
    content: null,
    enclosures: [],
  });
}
