import { Command } from "commander";
import type { Pack } from "#model/pack.ts";
import { loadPack } from "#pack/pack.ts";
import { collidingWords, idlePhrases } from "#pack/phrases.ts";
import { unreadableSources } from "#pack/sources.ts";
import { compileRules } from "#pipeline/tag/tag.ts";
import { loadConfig } from "#settings/config.ts";
import { complain, type Problem, problemLine } from "#settings/problem.ts";
import { openToRead, type Where } from "#store/engine/database.ts";
import { type Inspection, inspectDatabase } from "#store/inspect.ts";
import { unopened } from "./destinations/unopened.ts";
import type { OpenWorkshop } from "./destinations/workshop.ts";
import type { OpenReader } from "./feeds/add.ts";
import { tellSurvey } from "./feeds/survey.ts";
import { unusedText } from "./unused.ts";

/** What to look at; the options of the command line win over the environment. */
export type CheckOptions = { readonly pack?: string; readonly data?: string; readonly stems?: boolean };

/** Every fault as a line, or what was found in one paragraph. */
export type Checked =
  | { readonly ok: true; readonly found: string }
  | { readonly ok: false; readonly faults: readonly string[] };

export function checkCommand(openReader: OpenReader, openWorkshop: OpenWorkshop, clock: () => Date): Command {
  return new Command("check")
    .option("--pack <dir>", "the pack to check (POLICYWIRE_PACK)")
    .option("--data <dir>", "the folder of the embedded database (POLICYWIRE_DATA)")
    .option("--stems", "name words of the pack's phrases, too, that are found in words of another meaning")
    .option(
      "--unused [file]",
      "name the phrases that decide nothing of these items (JSON lines), or of the store's last 30 days",
    )
    .option("--network", "then read every source once, and print what came")
    .option("--json", "with --network: what came as JSON lines")
    .action(async (options: CheckOptions & { unused?: string | true; network?: boolean; json?: boolean }) => {
      const checked = await check(options, openWorkshop);
      if (checked.ok) {
        (options.json === true ? process.stderr : process.stdout).write(`${checked.found}\n`);
        if (options.network === true) process.exitCode = await readSources(options, openReader);
        if (options.unused !== undefined) process.exitCode = await nameUnused(options, options.unused, clock());
        return;
      }
      for (const fault of checked.faults) process.stderr.write(`${fault}\n`);
      process.exitCode = 1;
    });
}

/** For a pack that is in order. Resolves to the exit code. */
async function readSources(options: CheckOptions & { json?: boolean }, openReader: OpenReader): Promise<number> {
  const loaded = loadPack(options.pack ?? loadConfig().config.packDir, { namesAlone: true });
  if (!loaded.ok) return complain(loaded.problems.map(problemLine));
  return tellSurvey(await openReader(), loaded.pack.feeds, options);
}

/** The same. */
async function nameUnused(options: CheckOptions, unused: string | true, now: Date): Promise<number> {
  const { config } = loadConfig();
  const loaded = loadPack(options.pack ?? config.packDir);
  if (!loaded.ok) return complain(loaded.problems.map(problemLine));
  const taught = { rules: compileRules(loaded.pack), lineOf: loaded.lineOf };
  const where = { url: config.databaseUrl, dataDir: options.data ?? config.dataDir };
  const { ok, text } = await unusedText(unused === true ? null : unused, where, taught, now);
  if (!ok) return complain([text]);
  process.stdout.write(`${text}\n`);
  return 0;
}

/** Looks at everything before it answers; changes nothing. */
export async function check(
  options: CheckOptions,
  openWorkshop: OpenWorkshop,
  environment?: Readonly<Record<string, string | undefined>>,
): Promise<Checked> {
  const settings = loadConfig(environment);
  const { config } = settings;
  const loaded = loadPack(options.pack ?? config.packDir);
  const problems: readonly Problem[] = [
    ...(settings.ok ? [] : settings.problems),
    ...(loaded.ok ? idlePhrases(loaded.pack, loaded.lineOf) : loaded.problems),
    ...(loaded.ok ? await unreadableSources(loaded.pack, loaded.lineOf, config.keys) : []),
    ...(loaded.ok && options.stems === true ? collidingWords(loaded.pack, loaded.lineOf) : []),
  ];

  const dataDir = options.data ?? config.dataDir;
  const place = config.databaseUrl === null ? `the database in ${dataDir}` : "the database of DATABASE_URL";
  // With a wrong DATABASE_URL there is no telling which database is meant.
  const unknown = problems.some(({ path }) => path === "DATABASE_URL");
  const where = { url: config.databaseUrl, dataDir };
  const inspection = unknown ? null : await inspectDatabase(where);
  const isCurrent = inspection?.kind === "opened" && inspection.database.state === "current";

  const faults = [
    ...problems.map(problemLine),
    ...databaseFaults(inspection, place),
    ...(isCurrent ? await destinationFaults(where, openWorkshop) : []),
  ];
  if (faults.length > 0 || !loaded.ok || inspection?.kind !== "opened") return { ok: false, faults };
  const posts =
    config.discordToken === null ? "printed in the terminal, as DISCORD_TOKEN is not set" : "sent to Discord";
  const found = `${packText(loaded.pack)} ${databaseText(inspection.database, place)} Posts are ${posts}.`;
  return { ok: true, found };
}

function databaseFaults(inspection: Awaited<ReturnType<typeof inspectDatabase>> | null, place: string): string[] {
  if (inspection === null) return [];
  if (inspection.kind === "refused") return [inspection.reason];
  if (inspection.database.state !== "newer") return [];
  const remedy = "Run the newer program, or restore a backup from before the upgrade.";
  return [
    `${capital(place)} was written by a newer Policywire (its schema is ${inspection.database.version}). ${remedy}`,
  ];
}

/** Destinations whose settings no key of this environment opens. */
async function destinationFaults(where: Where, openWorkshop: OpenWorkshop): Promise<readonly string[]> {
  const opening = await openToRead(where);
  if (opening.kind === "refused") return [opening.reason];
  try {
    const workshop = () => openWorkshop({ databaseUrl: where.url, dataDir: where.dataDir });
    return (await unopened(opening.database.db, workshop)).faults;
  } finally {
    await opening.database.close();
  }
}

function packText({ id, name, feeds, points, facets }: Pack): string {
  const primary = feeds.filter((feed) => feed.primary).length;
  return (
    `The pack ${id} (${name}) is in order: ${counted(feeds.length, "feed")}, ${primary} of them primary sources, ` +
    `${counted(points.length, "friction point")}, ${counted(facets.places.length, "place")} and ${counted(facets.actors.length, "actor")}.`
  );
}

function databaseText({ state, version }: Inspection, place: string): string {
  switch (state) {
    case "absent":
      return `${capital(place)} will be made at the first start.`;
    case "older":
      return `${capital(place)} is of an older version (its schema is ${version}) and will be migrated by the next \`run\`, or by \`migrate\`.`;
    default:
      return `${capital(place)} can be used.`;
  }
}

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? "" : "s"}`;
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
