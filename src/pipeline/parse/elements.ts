/** Its text is read; that of elements without this is passed over. */
const READ = "read";
/** Read, and its end tag may be missing: where the next of these begins, the last one was over. */
const SIBLING = "sibling";
/** It holds other elements; all else below a feed or an item holds text or markup. */
const HOLDS = "holds";
/** Its attributes matter, so that they are kept beside the text. */
const ATTRIBUTES = "attributes";
/** A name like its own may stand inside: HTML has a `summary` too. */
const NESTS = "nests";
/** Every occurrence of it is handed on. */
const LISTED = "listed";
/**
 * The same, past rss-parser's own handling, which would lose, mangle or throw on it: dates (a bad one costs it the feed),
 * descriptions and content (its snippets take quadratic time), links and the like (all of them, with attributes).
 */
const HIDDEN = "hidden";

/** The elements that feeds use, in the spelling of `names.ts`, each with what is to be known of it. Here a new one is entered. */
const ELEMENTS = {
  title: [SIBLING],
  link: [SIBLING, ATTRIBUTES, HIDDEN],
  description: [SIBLING, NESTS, HIDDEN],
  guid: [SIBLING, ATTRIBUTES, HIDDEN],
  id: [SIBLING, HIDDEN],
  pubdate: [SIBLING, LISTED],
  updated: [SIBLING, HIDDEN],
  published: [SIBLING, HIDDEN],
  issued: [SIBLING, LISTED],
  modified: [SIBLING, LISTED],
  created: [SIBLING, LISTED],
  author: [SIBLING, HOLDS, HIDDEN],
  summary: [SIBLING, NESTS, HIDDEN],
  content: [SIBLING, ATTRIBUTES, NESTS, HIDDEN],
  category: [SIBLING, ATTRIBUTES],
  comments: [SIBLING],
  enclosure: [SIBLING, ATTRIBUTES, HIDDEN],
  source: [SIBLING, HOLDS, ATTRIBUTES, LISTED],
  "content:encoded": [SIBLING, HIDDEN],
  "dc:creator": [SIBLING],
  "dc:date": [SIBLING, HIDDEN],
  "dc:subject": [SIBLING],
  language: [SIBLING],
  generator: [SIBLING],
  ttl: [SIBLING],
  lastBuildDate: [SIBLING],
  copyright: [SIBLING],
  name: [READ],
  email: [READ],
  uri: [READ],
  url: [READ],
  subtitle: [READ],
  tagline: [READ],
  rights: [READ],
  skiphours: [READ],
  managingEditor: [READ, LISTED],
  webMaster: [READ],
  fullitem: [READ, LISTED],
  body: [READ, LISTED],
  "xhtml:body": [READ, LISTED],
  "xhtml:div": [READ, LISTED],
  div: [READ, LISTED],
  "dc:title": [READ],
  "dc:description": [READ, LISTED],
  "dc:publisher": [READ],
  "dc:rights": [READ],
  "dc:identifier": [READ, LISTED],
  "dc:contributor": [READ, LISTED],
  "dc:author": [READ, LISTED],
  "dcterms:issued": [READ, LISTED],
  "dcterms:created": [READ, LISTED],
  "dcterms:modified": [READ, LISTED],
  "dcterms:available": [READ, LISTED],
  "dc:modified": [READ, LISTED],
  encoded: [READ, LISTED],
  abstract: [READ, LISTED],
  "sy:updateperiod": [READ, LISTED],
  "sy:updatefrequency": [READ, LISTED],
  "media:title": [READ, LISTED],
  "media:description": [READ, LISTED],
  "media:text": [READ],
  "media:content": [READ, HOLDS, ATTRIBUTES, LISTED],
  "media:thumbnail": [READ, ATTRIBUTES],
  "media:credit": [READ, LISTED],
  "itunes:author": [READ, LISTED],
  "itunes:summary": [READ, LISTED],
  "itunes:subtitle": [READ, LISTED],
  "itunes:title": [READ, LISTED],
  "itunes:name": [READ],
  "atom:link": [READ, ATTRIBUTES, HIDDEN],
  "atom:updated": [READ, LISTED],
  "atom:published": [READ, LISTED],
  "atom:author": [READ, LISTED],
  "atom:summary": [READ, LISTED],
  "atom:content": [READ, LISTED],
  "atom:id": [READ, LISTED],
  "feedburner:origlink": [READ],
  date: [READ],
  href: [READ],
  rss: [HOLDS],
  "rdf:RDF": [HOLDS],
  feed: [HOLDS],
  channel: [HOLDS],
  item: [HOLDS],
  entry: [HOLDS],
  items: [HOLDS],
  "rdf:seq": [HOLDS],
  contributor: [HOLDS],
  image: [HOLDS, HIDDEN],
  textInput: [HOLDS],
  cloud: [HOLDS],
  "media:group": [HOLDS, LISTED],
  "itunes:owner": [HOLDS],
  "xml:base": [LISTED],
} as const;

type Marks = typeof ELEMENTS;
type Mark = Marks[keyof Marks][number];

/** An element of which every occurrence is handed on. */
export type ListedName = {
  [Name in keyof Marks]: Extract<Marks[Name][number], typeof LISTED | typeof HIDDEN> extends never ? never : Name;
}[keyof Marks];

const withMark = (...marks: readonly Mark[]): ReadonlySet<string> =>
  new Set(
    Object.entries<readonly Mark[]>(ELEMENTS).flatMap(([name, has]) =>
      marks.some((mark) => has.includes(mark)) ? [name] : [],
    ),
  );

export const SIBLINGS = withMark(SIBLING);
export const WANTED = withMark(READ, SIBLING);
export const CONTAINERS = withMark(HOLDS);
export const KEEPS_ATTRIBUTES = withMark(ATTRIBUTES);
export const NESTING = withMark(NESTS);
export const ALL_LISTED = withMark(LISTED);
export const ALL_HIDDEN = withMark(HIDDEN);
