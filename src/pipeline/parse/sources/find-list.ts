import { addressIn } from "../links.ts";
import { dateOf, type Item, isTelling, ownDate, type Reckoning, titleOf } from "./item.ts";
import { isBeside } from "./surroundings.ts";
import { type Element, isElement, lineOf, linesOf, type Node, type Tree } from "./tree.ts";

/** A link of a page, where it stands, and the year of the heading above it. */
type Link = { readonly element: Element; readonly url: string; readonly text: string; readonly year: number | null };

/** Fewer links of one shape are no list. */
const FEWEST_ITEMS = 3;

/** Elements that hand-made lists wrap some of their links in, and others not. */
const WRAPPERS = new Set("p span strong b em i u small font".split(" "));

/** Words of a title beyond which it says no more of what kind of list it stands in. */
const MOST_COUNTED = 15;

type Merit = { readonly isDated: boolean; readonly words: number };

const isBetter = (one: Merit, other: Merit): boolean =>
  one.isDated === other.isDated ? one.words > other.words : one.isDated;

/**
 * The list of news on a page: of the links that stand in the same shape of elements, those that say when and whose titles say
 * most, and what is set apart from it. What leads around the site is left out. Empty when there is no list.
 */
export function findList(tree: Tree, base: string, reckoning: Reckoning): readonly Item[] {
  const links = linksIn(tree, base);
  let best: readonly Item[] = [];
  let most: Merit = { isDated: false, words: 0 };
  for (const alike of Map.groupBy(links, ({ element }) => shapeOf(element)).values()) {
    const listed = itemsOf(distinct(alike));
    const again = sameAgain(listed);
    const items = listed.filter((item) => isWorth(item, again, reckoning));
    if (items.length < FEWEST_ITEMS) continue;
    const merit = meritOf(items, again, reckoning);
    if (isBetter(merit, most)) [best, most] = [items, merit];
  }
  return withFeatured(best, links, reckoning);
}

/** A list with what is set apart from it, at its top for one: dated headlines of the same folder as most of the list. */
function withFeatured(list: readonly Item[], links: readonly Link[], reckoning: Reckoning): readonly Item[] {
  const folders = [...Map.groupBy(list, ({ url }) => folderOf(url))];
  const home = folders.find(([, { length }]) => length > list.length / 2)?.[0];
  const listed = new Set(list.map(({ link }) => link));
  const pages = new Set(list.map(({ url }) => pageOf(url)));
  const others = new Set(distinct(links.filter(({ url }) => folderOf(url) === home && !pages.has(pageOf(url)))));
  const again = sameAgain(list);
  return itemsOf(links.filter((link) => listed.has(link.element) || others.has(link))).filter((item) => {
    if (listed.has(item.link)) return true;
    const title = titleOf(item, again);
    return isTelling(title) && ownDate(item, title, reckoning) !== null;
  });
}

/** An address up to its last step. */
const folderOf = (url: string): string => pageOf(url).slice(0, pageOf(url).lastIndexOf("/") + 1);
const pageOf = (url: string): string => url.split("#", 1)[0] ?? url;

/** What the links of several items say alike: "Read the decision", "PDF". */
export function sameAgain(items: readonly Item[]): ReadonlySet<string> {
  const texts = Map.groupBy(items, ({ link }) => lineOf(link));
  return new Set([...texts].flatMap(([text, { length }]) => (length > 1 ? [text] : [])));
}

/** Whether an item has a title, or a date by which a short one is an entry all the same. */
function isWorth(item: Item, again: ReadonlySet<string>, reckoning: Reckoning): boolean {
  const title = titleOf(item, again);
  return isTelling(title) || (title !== "" && !again.has(title) && ownDate(item, title, reckoning) !== null);
}

/** What speaks for a list: that most of it says when, which lists beside the news seldom do; then how much its titles say. */
function meritOf(items: readonly Item[], again: ReadonlySet<string>, reckoning: Reckoning): Merit {
  const titled = items.map((item) => ({ item, title: titleOf(item, again) }));
  const dated = titled.filter(({ item, title }) => dateOf(item, title, reckoning) !== null).length;
  const words = titled.map(({ title }) => Math.min(title.split(" ").length, MOST_COUNTED));
  return { isDated: dated > items.length / 2, words: words.reduce((sum, count) => sum + count, 0) };
}

/** All links that may be an entry's, in order. */
function linksIn(tree: Tree, base: string): readonly Link[] {
  const links: Link[] = [];
  let heading: { readonly level: number; readonly year: number | null } = { level: 9, year: null };
  const walk = (node: Node): void => {
    if (!isElement(node) || isBeside(node)) return;
    const level = levelOf(node);
    if (level !== null) {
      const year = yearIn(lineOf(node));
      if (year !== null || level <= heading.level) heading = { level, year };
    }
    const url = node.name === "a" ? linkOf(node, base) : null;
    if (url !== null) links.push({ element: node, url, text: lineOf(node), year: heading.year });
    for (const child of node.children) walk(child);
  };
  for (const child of tree.children) walk(child);
  return links;
}

/** How high a heading is, 1 the highest; null for other elements. */
function levelOf({ name }: Element): number | null {
  if (/^h[1-6]$/.test(name)) return Number(name[1]);
  return name === "summary" || name === "caption" ? 6 : null;
}

/** The year that a heading is about. */
function yearIn(text: string): number | null {
  const [year, ...more] = text.match(/(?<!\d)(?:19|20)\d\d(?!\d)/g) ?? [];
  return year === undefined || more.length > 0 ? null : Number(year);
}

/** Where a link leads, if that is to another page. */
export function linkOf({ attribs }: Element, base: string): string | null {
  const href = attribs["href"]?.trim() ?? "";
  if (href === "" || href.startsWith("#")) return null;
  const url = URL.parse(addressIn(href, base) ?? "");
  if (url === null || !/^https?:$/.test(url.protocol)) return null;
  return pageOf(url.href) === pageOf(base) ? null : url.href;
}

/** The elements around a link, from the outermost. */
function shapeOf(element: Element): string {
  const names: string[] = [];
  for (let up: Element | null = element; up !== null; up = isElement(up.parent) ? up.parent : null) {
    if (!WRAPPERS.has(up.name)) names.push(/^h[1-6]$/.test(up.name) ? "h" : up.name);
  }
  return names.reverse().join(">");
}

/** Of the links to one address that which says most: a picture links to what the headline links to. */
function distinct(links: readonly Link[]): readonly Link[] {
  const longest = new Map<string, Link>();
  for (const link of links) {
    const other = longest.get(pageOf(link.url));
    if (other === undefined || link.text.length > other.text.length) longest.set(pageOf(link.url), link);
  }
  const kept = new Set(longest.values());
  return links.filter((link) => kept.has(link));
}

/** Each link with the largest element that holds no other of them, and what stands between that and the next one. */
function itemsOf(links: readonly Link[]): readonly Item[] {
  const counts = new Map<Element, number>();
  for (const { element } of links) {
    for (let up: Element | null = element; up !== null; up = isElement(up.parent) ? up.parent : null)
      counts.set(up, (counts.get(up) ?? 0) + 1);
  }
  const roots = links.map(({ element }) => {
    let root = element;
    while (isElement(root.parent) && counts.get(root.parent) === 1 && root.parent.name !== "body") root = root.parent;
    return root;
  });
  const isTaken = (node: Node) => isElement(node) && counts.has(node);
  // Where nothing stands before the first of several in one element, what belongs to each stands behind it.
  const ways = new Map<Element["parent"], "prev" | "next">();
  for (const root of roots)
    if (!ways.has(root.parent)) ways.set(root.parent, gap(root, isTaken, "prev").length === 0 ? "next" : "prev");
  return links.map(({ element: link, url, year }, at) => {
    const root = roots[at]!;
    return { root, link, url, beside: gap(root, isTaken, ways.get(root.parent)!), year };
  });
}

/** The lines between an item and its neighbour within the same element, headings left out: they are of several. */
function gap(root: Element, isTaken: (node: Node) => boolean, way: "prev" | "next"): string[] {
  const nodes: Node[] = [];
  for (let node = root[way]; node !== null && !isTaken(node); node = node[way]) nodes.push(node);
  if (way === "prev") nodes.reverse();
  return linesOf(...nodes.filter((node) => !isElement(node) || levelOf(node) === null));
}
