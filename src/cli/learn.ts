import { Command } from "commander";
import { type LessonChanges, LOOK_BACK_DAYS } from "#model/lesson-changes.ts";
import { DAY_MS } from "#model/time.ts";
import type { Weights } from "#model/weights.ts";
import { loadPack } from "#pack/pack.ts";
import type { Lessons } from "#pipeline/tag/refit.ts";
import { compileRules, type Rules } from "#pipeline/tag/tag.ts";
import { loadConfig } from "#settings/config.ts";
import { complain, problemLine } from "#settings/problem.ts";
import { type Db, openToRead } from "#store/engine/database.ts";
import { adopt, goBack, isWanted } from "./learn/adopt.ts";
import { changesText } from "./learn/changes-text.ts";
import { labelledOf } from "./learn/labels.ts";
import { type Learned, learned, NO_LESSONS } from "./learn/learned.ts";
import { readLabels } from "./learn/read-labels.ts";
import { say } from "./learn/say.ts";

/** What main makes of store and worker: what people set right there, and what other weights would make of its articles. */
export type School = {
  readonly lessonsIn: (db: Db, rules: Rules, after: Date | null) => Promise<Lessons>;
  readonly lessonChanges: (
    db: Db,
    rules: readonly [before: Rules, after: Rules],
    since: Date,
    heard: (done: number) => void,
  ) => Promise<LessonChanges>;
};
export type OpenSchool = () => Promise<School>;

type LearnOptions = {
  readonly pack?: string;
  readonly data?: string;
  readonly adopt?: boolean;
  readonly back?: boolean;
};

/** `policywire learn`: fits the weights of a pack to labelled items, and to what people set right in its store. */
export function learnCommand(openSchool: OpenSchool, clock: () => Date): Command {
  return new Command("learn")
    .argument("[files...]", "JSON lines of labelled items; lines of one id are put together (docs/learning.md)")
    .option("--pack <dir>", "the pack to teach (POLICYWIRE_PACK)")
    .option("--data <dir>", "the folder of the embedded database (POLICYWIRE_DATA)")
    .option("--adopt", "keep what was learned: the pack's weights from the next start on")
    .option("--back", "take the weights that were adopted before the last ones")
    .action(async (files: readonly string[], options: LearnOptions) => {
      process.exitCode = await learn(files, options, openSchool, clock());
    });
}

async function learn(
  files: readonly string[],
  options: LearnOptions,
  openSchool: OpenSchool,
  now: Date,
): Promise<number> {
  const { config } = loadConfig();
  const dir = options.pack ?? config.packDir;
  const loaded = loadPack(dir);
  if (!loaded.ok) return complain(loaded.problems.map(problemLine));
  if (options.back === true) return goBack(dir);
  const lines = await readLabels(files, loaded.pack);
  if (typeof lines === "string") return complain([lines]);
  const rules = compileRules(loaded.pack);
  const items = files.length > 0 ? lines.flatMap((line) => labelledOf(line, rules)) : null;
  const opening = await openToRead({ url: config.databaseUrl, dataDir: options.data ?? config.dataDir });
  if (opening.kind === "refused") {
    // Whoever has files may teach a pack that nobody runs yet.
    if (files.length === 0 || options.data !== undefined) return complain([opening.reason]);
    const unseen = `What it would change in a store cannot be shown: ${opening.reason}`;
    return settle(await learned(items, NO_LESSONS, rules), unseen, dir, options);
  }
  const { db, close } = opening.database;
  try {
    const school = await openSchool();
    // What the weights in use know of is in them; weights that are fitted anew know nothing yet.
    const after = files.length > 0 ? null : (loaded.pack.weights?.taughtUntil ?? null);
    const result = await learned(items, await school.lessonsIn(db, rules, after), rules);
    const changes = typeof result === "string" ? null : await changesIn(db, rules, result.weights, school, now);
    return await settle(result, changes, dir, options);
  } finally {
    await close();
  }
}

/** What a person decides by: what would be posted of the last days that is not, and the other way round. */
async function changesIn(db: Db, rules: Rules, weights: Weights, school: School, now: Date): Promise<string> {
  const { pack } = rules;
  const taught = compileRules({ ...pack, weights });
  const since = new Date(now.getTime() - LOOK_BACK_DAYS * DAY_MS);
  const changes = await school.lessonChanges(db, [rules, taught], since, (done) => say(`tagging anew: ${done}`));
  say("");
  return changesText(changes, pack);
}

/** Nothing changes without a yes. */
async function settle(
  result: Learned | string,
  changes: string | null,
  dir: string,
  options: LearnOptions,
): Promise<number> {
  if (typeof result === "string") return complain([result]);
  console.log(result.note);
  if (changes !== null) console.log(changes);
  if (options.adopt === true || (await isWanted(process))) adopt(dir, result.weights, result.note);
  else console.log("Nothing is changed. `--adopt` keeps it.");
  return 0;
}
