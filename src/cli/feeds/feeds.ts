import { readFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { Command, Option } from "commander";
import { plain } from "#cli/terminal.ts";
import { withPack } from "#cli/with-pack.ts";
import type { FeedKind } from "#model/feed.ts";
import { LONGEST_FEED_NAME } from "#model/limits.ts";
import type { Pack } from "#model/pack.ts";
import { FEED_KINDS } from "#model/pack-fields.ts";
import type { Fetcher } from "#pipeline/fetch/fetch.ts";
import { loadConfig } from "#settings/config.ts";
import { complain } from "#settings/problem.ts";
import { cutText } from "#text/cut.ts";
import { inThread } from "#text/in-thread.ts";
import { plainLine } from "#text/plain-text.ts";
import { feedAddress, feedKey, typedAddress } from "./address.ts";
import { addFeeds, faultOf, idsBeside, type Listed, removeFeed } from "./catalogue.ts";
import { discover } from "./discover.ts";
import type { Outline } from "./opml.ts";
import { surveyAll, surveyText } from "./survey.ts";

type PackOption = { readonly pack?: string };
type NewFeed = PackOption & {
  readonly id?: string;
  readonly name?: string;
  readonly place?: string;
  readonly kind: FeedKind;
};

const dirOf = ({ pack }: PackOption): string => pack ?? loadConfig().config.packDir;
const fileOf = (options: PackOption): string => join(dirOf(options), "feeds.yaml");

/** Runs `work` on the pack. */
async function onPack({ pack: dir }: PackOption, work: (pack: Pack) => number | Promise<number>): Promise<void> {
  process.exitCode = await withPack(dir, work);
}

function tell(text: string): number {
  process.stdout.write(text);
  return 0;
}

/** Somebody else's file is read in another thread. */
const OPML = new URL("./opml.ts", import.meta.url);

/** Loaded only when asked for: every command would wait for its packages otherwise. */
const opml = () => import("#pipeline/opml.ts");

const idsOf = ({ feeds }: Pack): Set<string> => new Set(feeds.map(({ id }) => id));

/** `policywire feeds …`: the catalogue of a pack, from the command line. */
export function feedsCommand(openFetcher: () => Fetcher): Command {
  const command = new Command("feeds");
  const sub = (name: string, description: string) =>
    command.command(name).description(description).option("--pack <dir>", "the pack (default: POLICYWIRE_PACK)");
  const subForNew = (name: string, description: string) =>
    sub(name, description)
      .option("--place <id>", "the place whose policy it mainly reports (default: INT, or the pack's first)")
      .addOption(
        new Option("--kind <kind>", "what kind of publisher stands behind it").choices(FEED_KINDS).default("press"),
      );

  sub("list", "show every feed: id, kind, place, address").action((options: PackOption) =>
    onPack(options, (pack) =>
      tell(pack.feeds.map(({ id, kind, place, url }) => `${[id, kind, place, url].join("\t")}\n`).join("")),
    ),
  );

  subForNew("add", "find the feed at or behind an address and add it to the catalogue")
    .argument("<address>", "a feed, or a page of the site that has one")
    .option("--id <id>", "its id, for good (default: made of its name)")
    .option("--name <name>", "what readers see (default: the feed's own title)")
    .action((address: string, options: NewFeed) => onPack(options, (pack) => add(address, options, pack, openFetcher)));

  sub("remove", "take a feed out of the catalogue; what it brought is kept")
    .argument("<id>")
    .action((id: string, options: PackOption) => {
      const edited = removeFeed(fileOf(options), id);
      process.exitCode = edited.ok ? tell(`${id} is removed.\n`) : complain([edited.reason]);
    });

  sub("check", "read every feed once and print what came")
    .option("--json", "as JSON lines")
    .action((options: PackOption & { json?: boolean }) =>
      onPack(options, async ({ feeds }) => {
        const fetcher = openFetcher();
        const results = await surveyAll(fetcher, feeds);
        await fetcher.close();
        tell(options.json ? results.map((each) => `${JSON.stringify(each)}\n`).join("") : surveyText(results));
        return results.every(({ ok }) => ok) ? 0 : 1;
      }),
    );

  subForNew("import", "add the feeds of an OPML file that the catalogue does not have")
    .argument("<file>", "an OPML file")
    .action((file: string, options: NewFeed) => onPack(options, (pack) => importOpml(file, options, pack)));

  sub("export", "write the catalogue as OPML 2.0").action((options: PackOption) =>
    onPack(options, async ({ name, feeds }) =>
      tell((await opml()).writeOpml(`${name} (${basename(resolve(dirOf(options)))})`, feeds)),
    ),
  );
  return command;
}

/** The place of a new feed, or null when the pack has none by that id. */
function placeOf({ place }: NewFeed, { facets }: Pack): string | null {
  const ids = facets.places.map(({ id }) => id);
  if (place !== undefined) return ids.includes(place) ? place : null;
  return ids.includes("INT") ? "INT" : (ids[0] ?? null);
}

const noPlace = ({ place }: NewFeed, { facets }: Pack): number =>
  complain([`The pack has no place ${place ?? ""}; it has ${facets.places.map(({ id }) => id).join(", ")}.`]);

async function add(address: string, options: NewFeed, pack: Pack, openFetcher: () => Fetcher): Promise<number> {
  const place = placeOf(options, pack);
  if (place === null) return noPlace(options, pack);
  const fetcher = openFetcher();
  const found = await discover(fetcher, typedAddress(address));
  await fetcher.close();
  if (found.kind === "other") {
    return complain([
      found.reason,
      ...found.tried.map(({ url, reason }) => `It links to ${url}, which could not be read as a feed: ${reason}`),
    ]);
  }
  const known = pack.feeds.find(({ url }) => feedKey(url) === feedKey(found.url));
  if (known !== undefined) return complain([`${found.url} is in the catalogue already, as ${known.id}.`]);
  const { feed, entries, format } = found.document;
  const name = options.name ?? (cutText(plainLine(feed.title ?? ""), LONGEST_FEED_NAME) || new URL(found.url).hostname);
  const site = URL.parse(feed.link ?? "", found.url)?.href ?? new URL("/", found.url).href;
  const listed: Listed = {
    id: options.id ?? idsBeside(idsOf(pack))(name),
    name,
    url: found.url,
    site,
    place,
    kind: options.kind,
  };
  const edited = addFeeds(fileOf(options), [listed]);
  return edited.ok
    ? tell(`${listed.id} is added: ${name}, ${found.url} (${format}, ${entries.length} entries).\n`)
    : complain([edited.reason]);
}

/** One that can be polled, and holds no password. */
function isWebAddress(address: string): boolean {
  const web = URL.parse(address);
  return web !== null && /^https?:$/.test(web.protocol) && web.username === "" && web.password === "";
}

/** The site that an outline names, or where it names none the one that its feed stands on. */
function siteOf(named: string | null, url: string): string {
  const site = named === null ? "" : (URL.parse(named, url)?.href ?? "");
  return isWebAddress(site) ? site : new URL("/", url).href;
}

async function importOpml(file: string, options: NewFeed, pack: Pack): Promise<number> {
  const place = placeOf(options, pack);
  if (place === null) return noPlace(options, pack);
  const read = await inThread<Outline[] | null>(OPML, "readOpml", readFileSync(file));
  if (read.kind === "failed" || read.value === null) return complain([`${file} is not OPML.`]);
  const ids = idsOf(pack);
  const idFor = idsBeside(ids);
  const listedKeys = new Set(pack.feeds.map(({ url }) => feedKey(url)));
  const added: Listed[] = [];
  const left: string[] = [];
  for (const { name, url: written, site } of read.value) {
    const url = feedAddress(written);
    if (listedKeys.has(feedKey(url))) continue;
    if (!isWebAddress(url)) {
      left.push(`${name || "One without a name"} has no web address that can be polled; it was left out.`);
      continue;
    }
    const shown = cutText(plainLine(name), LONGEST_FEED_NAME) || new URL(url).hostname;
    const listed = { id: idFor(shown), name: shown, url, site: siteOf(site, url), place, kind: options.kind };
    const fault = faultOf(listed);
    if (fault !== null) {
      left.push(`${url} was left out. ${fault}`);
      continue;
    }
    ids.add(listed.id);
    listedKeys.add(feedKey(url));
    added.push(listed);
  }
  const edited = addFeeds(fileOf(options), added);
  if (!edited.ok) return complain([edited.reason]);
  for (const line of left) process.stderr.write(`${plain(line)}\n`);
  return tell(
    `${added.length} feeds are added, ${read.value.length - added.length - left.length} were there already.\n`,
  );
}
