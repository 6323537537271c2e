import { readFileSync } from "node:fs";
import { basename, resolve } from "node:path";
import { Command, Option } from "commander";
import { plain } from "#cli/terminal.ts";
import { withPack } from "#cli/with-pack.ts";
import { LONGEST_FEED_NAME } from "#model/limits.ts";
import type { Pack } from "#model/pack.ts";
import { FEED_KINDS } from "#model/pack-fields.ts";
import { complain } from "#settings/problem.ts";
import { cutText } from "#text/cut.ts";
import { inThread } from "#text/in-thread.ts";
import { plainLine } from "#text/plain-text.ts";
import { add, type OpenReader } from "./add.ts";
import { feedAddress, feedKey } from "./address.ts";
import { addFeeds, faultOf, idsBeside, type Listed, removeFeed } from "./catalogue.ts";
import type { Outline } from "./opml.ts";
import { dirOf, fileOf, idsOf, type NewFeed, noPlace, type PackOption, placeOf, tell } from "./options.ts";
import { tellSurvey } from "./survey.ts";

/** Runs `work` on the pack. */
async function onPack({ pack: dir }: PackOption, work: (pack: Pack) => number | Promise<number>): Promise<void> {
  process.exitCode = await withPack(dir, work);
}

/** Somebody else's file is read in another thread. */
const OPML = new URL("./opml.ts", import.meta.url);

/** Loaded only when asked for: every command would wait for its packages otherwise. */
const opml = () => import("#pipeline/opml.ts");

/** `policywire feeds …`: the catalogue of a pack, from the command line. */
export function feedsCommand(openReader: OpenReader): Command {
  const command = new Command("feeds");
  const sub = (name: string, description: string) =>
    command.command(name).description(description).option("--pack <dir>", "the pack (default: POLICYWIRE_PACK)");
  const subForNew = (name: string, description: string) =>
    sub(name, description)
      .option("--place <id>", "the place whose policy it mainly reports (default: INT, or the pack's first)")
      .addOption(
        new Option("--kind <kind>", "what kind of publisher stands behind it").choices(FEED_KINDS).default("press"),
      );

  sub("list", "show every feed: id, kind, place, how it is read, address").action((options: PackOption) =>
    onPack(options, (pack) =>
      tell(
        pack.feeds
          .map(({ id, kind, place, source = "feed", url }) => `${[id, kind, place, source, url].join("\t")}\n`)
          .join(""),
      ),
    ),
  );

  subForNew(
    "add",
    "find the source at or behind an address (a feed, a JSON interface, a sitemap, a page) and add it to the catalogue",
  )
    .argument("<address>", "a feed, a page of the site that has one, or a page with a list of links")
    .option("--id <id>", "its id, for good (default: made of its name)")
    .option("--name <name>", "what readers see (default: the feed's own title)")
    .option("--dry-run", "show what would be read, and write nothing")
    .action((address: string, options: NewFeed) => onPack(options, (pack) => add(address, options, pack, openReader)));

  sub("remove", "take a feed out of the catalogue; what it brought is kept")
    .argument("<id>")
    .action((id: string, options: PackOption) => {
      const edited = removeFeed(fileOf(options), id);
      process.exitCode = edited.ok ? tell(`${id} is removed.\n`) : complain([edited.reason]);
    });

  sub("check", "read every source once and print what came; `policywire check --network` does so after its own checks")
    .option("--json", "as JSON lines")
    .action((options: PackOption & { json?: boolean }) =>
      onPack(options, async ({ feeds }) => tellSurvey(await openReader(), feeds, options)),
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
