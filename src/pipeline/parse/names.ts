/**
 * Element names in one spelling: the prefix by which a namespace is commonly known, and the case of the standards.
 * Elements of RSS, RDF's RSS, Atom and no namespace at all are bare.
 */

const NAMESPACES: readonly (readonly [pattern: RegExp, prefix: string])[] = [
  [/^https?:\/\/www\.w3\.org\/2005\/atom|^https?:\/\/purl\.org\/atom\//i, "atom"],
  [/purl\.org\/dc\/elements/i, "dc"],
  [/purl\.org\/dc\/terms/i, "dcterms"],
  [/purl\.org\/rss\/1\.0\/modules\/content/i, "content"],
  [/purl\.org\/rss\/1\.0\/modules\/syndication/i, "sy"],
  [/search\.yahoo\.com\/mrss|video\.search\.yahoo/i, "media"],
  [/itunes\.com\/dtds/i, "itunes"],
  [/w3\.org\/1999\/02\/22-rdf-syntax-ns/i, "rdf"],
  [/w3\.org\/1999\/xhtml/i, "xhtml"],
  [/rssnamespace\.org\/feedburner|feedburner\.com/i, "feedburner"],
  [/georss\.org/i, "georss"],
  // RSS comes last, for the modules of RSS 1.0 have URIs that begin like its own.
  [
    /^$|\/rss\/?[\d.]*\/?$|^http:\/\/purl\.org\/rss\/1\.0\/?$|netscape\.com|backend\.userland\.com|blogs\.law\.harvard\.edu|cyber\.harvard\.edu|purl\.org\/net\/rss|rssboard\.org/i,
    "",
  ],
];

/** Spellings that rss-parser looks for, by their lower case. */
const CASES: Readonly<Record<string, string>> = {
  lastbuilddate: "lastBuildDate",
  managingeditor: "managingEditor",
  webmaster: "webMaster",
  textinput: "textInput",
  "rdf:rdf": "rdf:RDF",
};

const known = new Map<string, string | null>();
/** Bounds what a stream of strange namespaces may make us remember. */
const MOST_KNOWN = 1_000;

/** The common prefix of a namespace; null when it is none that feeds use. */
export function prefixOf(uri: string): string | null {
  let prefix = known.get(uri);
  if (prefix === undefined) {
    const text = uri.trim();
    prefix = NAMESPACES.find(([pattern]) => pattern.test(text))?.[1] ?? null;
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(uri, prefix);
  }
  return prefix;
}

/** One spelling for a name without its namespace. */
export function spelled(name: string): string {
  const lower = name.toLowerCase();
  return CASES[lower] ?? lower;
}
