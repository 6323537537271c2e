import type { FeedKind } from "#model/feed.ts";
import { once } from "#text/once.ts";
import { tokenize, wordAt } from "#text/tokens.ts";
import { readDocument } from "./document.ts";
import type { Rules } from "./rules.ts";

/** Who publishes an article, as far as it matters to what the article proves. A `Feed` is one. */
export type Publisher = {
  readonly kind: FeedKind;
  /** Id of the place whose policy it mainly reports; null when not known. */
  readonly place: string | null;
  /** A regulator's, court's or legislature's own page. */
  readonly primary: boolean;
};

/** A developer's own page need not say what it is about: its readers know. */
export const onTopicByItself = (publisher: Publisher | undefined): boolean => publisher?.kind === "lab";

/** What is left of a name when it names an actor's own page: `OpenAI Blog`, `GOV.UK DSIT`, not `Google News`. */
const OWN_PAGE = new Set(["blog", "newsroom", "press", "office", "releases", "www", "com", "org"]);

/** The publisher behind the name of a source, where that is an actor of the pack: an office, or a lab and its kind. */
export function publisherOf(name: string, rules: Rules): Publisher | undefined {
  const tokens = tokenize(name);
  const { matches } = readDocument({ title: name, text: "" }, rules);
  const named = new Set<number>();
  let government = false;
  let place: string | null = null;
  for (const { rule, from, to } of matches) {
    if (rule.role.kind === "place") place ??= rule.role.owner;
    if (rule.role.kind !== "actor") continue;
    government ||= rules.government.has(rule.role.owner);
    for (let at = from; at <= to; at += 1) named.add(at);
  }
  for (let i = 0; i < tokens.count; i += 1) {
    if (!named.has(i) && !OWN_PAGE.has(wordAt(name, tokens, i).toLowerCase())) return undefined;
  }
  if (named.size === 0) return undefined;
  return government ? { kind: "regulator", place, primary: true } : { kind: "lab", place: null, primary: false };
}

/** Hosts and names that only offices have: `gov.uk`, `ftc.gov`, `europa.eu`, `gob.mx`. */
const OFFICE = /(?:^|[\s.])(?:gov|gob|gouv|go|europa)(?:\.[a-z]{2})?(?:\s|$)/i;

/** Sources kept at hand; past so many they begin anew. */
const MOST_SOURCES = 10_000;

/** Publishers by the names of their sources: few publish much. */
const namedBy = once((_: Rules) => new Map<string, Publisher | undefined>());

/** Who stands behind the name or host of a source: a feed of the pack by its id, name or site; an actor's own page; an office. */
export function publisherNamed(source: string | null | undefined, rules: Rules): Publisher | undefined {
  if (!source) return undefined;
  const known = namedBy(rules);
  if (!known.has(source)) {
    if (known.size >= MOST_SOURCES) known.clear();
    known.set(source, whoIs(source, rules));
  }
  return known.get(source);
}

function whoIs(source: string, rules: Rules): Publisher | undefined {
  const wanted = source.trim().toLowerCase();
  const feed = rules.pack.feeds.find(
    ({ id, name, site }) => id === wanted || name.toLowerCase() === wanted || new URL(site).hostname === wanted,
  );
  const office = OFFICE.test(wanted) ? ({ kind: "regulator", place: null, primary: true } as const) : undefined;
  return feed ?? publisherOf(source, rules) ?? office;
}
