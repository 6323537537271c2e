import { hash } from "node:crypto";
import type { Entry } from "#model/article.ts";
import type { IdentityKind } from "#model/feed.ts";
import { canonicalUrl } from "./canonical-url.ts";

/** An entry with what could identify it; null where it has nothing of the kind, or nothing that tells it from its neighbours. */
export type Identified = {
  readonly entry: Entry;
  readonly guid: string | null;
  readonly url: string | null;
  /** In plain words; a key holds their hash. */
  readonly titleDate: string | null;
};

/** A guid that carries the time of an update is a new one at every edit: `https://example.org/page#2026-01-31T10:00:00Z`. */
const TIMED_GUID = /[#?/,:;_-]\d{4}-\d\d-\d\dT?\s*\d\d[:%\d]/;

const digest = (text: string): string => hash("sha256", text).slice(0, 32);

/** Whether a date tells more than the day: whole hours are what editors and time zones make of days. */
const isPrecise = (date: string): boolean => !/:00:00\.000Z$/.test(date);

/** Titles shorter than this recur: "Notice", "Weekly update". */
const TELLING_TITLE = 16;

function titleDateOf({ title, published }: Entry, always: boolean): string | null {
  const telling = always || (title.length >= TELLING_TITLE && published !== null && isPrecise(published));
  return telling ? `${title.toLowerCase().replace(/\s+/g, " ").trim()}\n${published ?? ""}` : null;
}

/** Keeps a key only where it is one entry's alone. */
function alone(keys: readonly (string | null)[]): (string | null)[] {
  const counts = new Map<string | null, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return keys.map((key) => (counts.get(key) === 1 ? key : null));
}

/**
 * Two entries of one document with the same guid and address, or without a guid the same in all, are one; the later date stays.
 */
function merged(entries: readonly Entry[]): Located[] {
  const kept = new Map<string, Located>();
  for (const entry of entries) {
    const address = entry.link === null ? null : canonicalUrl(entry.link);
    const key = JSON.stringify([entry.id ?? entry.title, address]);
    const other = kept.get(key)?.entry;
    if (other === undefined || (entry.updated ?? entry.published ?? "") > (other.updated ?? other.published ?? ""))
      kept.set(key, { entry, address });
  }
  return [...kept.values()];
}

/** An entry with the canonical form of its link. */
type Located = { readonly entry: Entry; readonly address: string | null };

/** Whether an address names a whole site. */
const isSite = (address: string): boolean => /^https:\/\/[^/?]*\/?(?:#|$)/.test(address);

/** Works out what identifies each entry of one document. `home` are addresses that belong to the whole feed. */
export function identify(all: readonly Entry[], home: readonly string[]): Identified[] {
  const located = merged(all);
  const entries = located.map(({ entry }) => entry);
  const homes = new Set(home.map(canonicalUrl));
  const guids = alone(entries.map(({ id }) => (id === null || TIMED_GUID.test(id) ? null : id)));
  const urls = alone(
    located.map(({ address }) => (address === null || homes.has(address) || isSite(address) ? null : address)),
  );
  const titles = alone(entries.map((entry, i) => titleDateOf(entry, guids[i] === null && urls[i] === null)));
  return entries.map((entry, i) => ({
    entry,
    guid: guids[i] ?? null,
    url: urls[i] ?? null,
    titleDate: titles[i] ?? null,
  }));
}

/** What identifies the entries of a feed seen for the first time: the strongest kind that nearly all of them have. */
export function chooseIdentity(entries: readonly Identified[]): IdentityKind {
  const most = entries.length * 0.9;
  if (entries.filter(({ guid }) => guid !== null).length >= most) return "guid";
  if (entries.filter(({ url }) => url !== null).length >= most) return "url";
  return "title-date";
}

const PREFERENCE: Readonly<Record<IdentityKind, readonly IdentityKind[]>> = {
  guid: ["guid", "url", "title-date"],
  url: ["url", "guid", "title-date"],
  "title-date": ["title-date", "guid", "url"],
};

/** Every key under which an entry may be met again, strongest first; there is always one. */
export function keysOf({ entry, guid, url, titleDate }: Identified, identity: IdentityKind): string[] {
  const known: Readonly<Record<IdentityKind, string | null>> = {
    guid,
    url,
    "title-date": titleDate === null ? null : digest(titleDate),
  };
  const keys = PREFERENCE[identity].flatMap((kind) => (known[kind] === null ? [] : [`${kind} ${known[kind]}`]));
  return keys.length > 0
    ? keys
    : [`whole ${digest(JSON.stringify([entry.id, entry.title, entry.link, entry.published, entry.summary]))}`];
}
