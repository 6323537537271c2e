import { plain } from "#cli/terminal.ts";
import { LONGEST_FEED_NAME } from "#model/limits.ts";
import type { Pack } from "#model/pack.ts";
import type { Found, SourceReader } from "#model/source-reader.ts";
import { complain } from "#settings/problem.ts";
import { cutText } from "#text/cut.ts";
import { languageOf } from "#text/language.ts";
import { plainLine } from "#text/plain-text.ts";
import { feedKey, typedAddress } from "./address.ts";
import { addFeeds, idsBeside, type Listed } from "./catalogue.ts";
import { discover } from "./discover.ts";
import { fileOf, idsOf, type NewFeed, noPlace, placeOf, tell } from "./options.ts";

/** Who reads the web for a command is loaded when it does. */
export type OpenReader = () => Promise<SourceReader>;

/** Finds the source at or behind an address, shows what it lists, and adds it to the catalogue. Resolves to the exit code. */
export async function add(address: string, options: NewFeed, pack: Pack, openReader: OpenReader): Promise<number> {
  const place = placeOf(options, pack);
  if (place === null) return noPlace(options, pack);
  const reader = await openReader();
  const found = await discover(reader, typedAddress(address));
  await reader.close();
  if (found.kind === "other") {
    return complain([
      ...found.reasons,
      ...found.tried.map(({ url, reason }) => `It links to ${url}, which could not be read as a feed: ${reason}`),
    ]);
  }
  const { url, document } = found;
  const known = pack.feeds.find((feed) => feedKey(feed.url) === feedKey(url));
  if (known !== undefined) return complain([`${url} is in the catalogue already, as ${known.id}.`]);
  const name =
    options.name ?? (cutText(plainLine(document.feed.title ?? ""), LONGEST_FEED_NAME) || new URL(url).hostname);
  const listed = listedAs({ id: options.id ?? idsBeside(idsOf(pack))(name), name, place, kind: options.kind }, found);
  tell(entriesText(document) + (isUndatedPage(found) ? UNDATED : ""));
  const { format, entries } = document;
  const what = `${name}, ${url} (${format}, ${entries.length} entries)`;
  if (options.dryRun === true) return tell(`Nothing was written. ${listed.id} would be ${what}.\n`);
  const edited = addFeeds(fileOf(options), [listed]);
  return edited.ok ? tell(`${listed.id} is added: ${what}.\n`) : complain([edited.reason]);
}

/** A source as it was found, as feeds.yaml has it. */
function listedAs(named: Pick<Listed, "id" | "name" | "place" | "kind">, { url, source, document }: Found): Listed {
  const { id, name, place, kind } = named;
  const link = document.feed.link ?? "/";
  const site = (URL.parse(link, url) ?? new URL("/", url)).href;
  const language = languageOf(document.entries.map(({ title }) => plainLine(title)).join(". "));
  const { source: how, page, json, sitemap } = source;
  const isFeed = how === undefined || how === "feed";
  return {
    id,
    name,
    url,
    site,
    place,
    kind,
    ...(language && { language }),
    ...(isFeed ? {} : { source: how, page, json, sitemap }),
  };
}

/** A list without dates that was found by itself may be one of what leads around the site. */
const isUndatedPage = ({ source, document: { entries } }: Found): boolean =>
  source.source === "page" && entries.every(({ published }) => published === null);

const UNDATED =
  "None of these has a date. If they are no news, say in feeds.yaml where the news stands: `page` with CSS selectors, see docs/feeds.md.\n";

/** Entries that are shown of a source before it is added. */
const SHOWN_ENTRIES = 3;

/** The first entries of a source: when, what, where. */
const entriesText = ({ entries }: Found["document"]): string =>
  entries
    .slice(0, SHOWN_ENTRIES)
    .map(({ title, link, published, updated }) => {
      const day = (published ?? updated)?.slice(0, 10) ?? "no date   ";
      return `  ${day}  ${plain(plainLine(title))}  ${plain(link ?? "no link")}\n`;
    })
    .join("");
