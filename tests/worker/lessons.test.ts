import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { labelledOf } from "#cli/learn/labels.ts";
import { fitWeights } from "#pipeline/tag/fit.ts";
import { byTime } from "#pipeline/tag/held-out.ts";
import { matrixOf } from "#pipeline/tag/matrix.ts";
import { agreement, refit } from "#pipeline/tag/refit.ts";
import { compileRules } from "#pipeline/tag/tag.ts";
import { addCorrection, countCorrected } from "#store/corrections.ts";
import { type Db, openDatabase } from "#store/engine/database.ts";
import { isRunOpen } from "#store/schedules.ts";
import { liftItems } from "#support/learning/items.ts";
import { liftPack } from "#support/rules-pack.ts";
import { days, NOON, storedStory } from "#support/stored.ts";
import { amend } from "#worker/amend.ts";
import { lessonsIn } from "#worker/lessons.ts";
import { tellLessons } from "#worker/tell-lessons.ts";

const BARE = compileRules(liftPack());
const ITEMS = liftItems(240).flatMap((line) => labelledOf(line, BARE));
const { weights } = await fitWeights(matrixOf(ITEMS, BARE), BARE, byTime(ITEMS, 3));
const PACK = { ...BARE.pack, weights };
const RULES = compileRules(PACK);

let folder: string;
let db: Db;
let close: () => Promise<void>;
let now = NOON;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "policywire-lessons-"));
  const opening = await openDatabase({ url: null, dataDir: folder });
  if (opening.kind === "refused") throw new Error(opening.reason);
  ({ db, close } = opening.database);
  now = NOON;
});

afterEach(async () => {
  await close();
  rmSync(folder, { recursive: true });
});

const clock = () => now;
const by = { guildId: null, createdBy: "1", revision: 1 };

async function story(number: number): Promise<number> {
  const title = `The regulator proposes a register of lift faults in district ${number}`;
  return (await storedStory(db, { title, keys: [`guid:${number}`], text: "", publishedAt: days(-1) })).id;
}

const noPolicy = (storyId: number) =>
  amend({ db, pack: PACK, clock }, { storyId, axis: "relevance", ids: ["no"], ...by });

it("learns what was said last of each story, and nothing from what is not learned", async () => {
  const [one, two, three] = [await story(1), await story(2), await story(3)];
  await noPolicy(one);
  await amend({ db, pack: PACK, clock }, { storyId: one, axis: "relevance", ids: ["yes"], ...by });
  await amend({ db, pack: PACK, clock }, { storyId: two, axis: "point", ids: ["inspections"], ...by });
  await amend({ db, pack: PACK, clock }, { storyId: three, axis: "place", ids: [], ...by });
  now = days(1);
  await amend({ db, pack: PACK, clock }, { storyId: two, axis: "stage", ids: [], ...by });
  const { items, until } = await lessonsIn(db, RULES, null);
  expect(items.map(({ labels }) => labels)).toMatchObject([
    { relevant: "yes", points: [], judged: [], stage: undefined },
    { relevant: "yes", points: ["inspections"], judged: null, stage: null },
  ]);
  expect(until).toEqual(now);
  expect((await lessonsIn(db, RULES, NOON)).items).toHaveLength(1);
  expect((await lessonsIn(db, RULES, now)).items).toEqual([]);
});

it("moves weights by what was decided, the same by the same, and leaves them where nothing was", async () => {
  for (let i = 0; i < 3; i += 1) await noPolicy(await story(i));
  const { items } = await lessonsIn(db, RULES, null);
  const moved = refit(items, RULES, weights);
  expect(agreement(items, RULES, weights)).toEqual({ asked: 3, right: 0 });
  expect(agreement(items, RULES, moved)).toEqual({ asked: 3, right: 3 });
  expect(refit(items, RULES, weights).table).toEqual(moved.table);
  expect(refit([], RULES, weights).table).toEqual(weights.table);
});

it("tells from ten stories on what would change, once a week", async () => {
  const told: string[] = [];
  const lessons = () => tellLessons({ db, rules: RULES, clock, tell: (sentence) => told.push(sentence) });
  for (let i = 0; i < 9; i += 1) await noPolicy(await story(i));
  await story(9);
  await lessons();
  expect(told).toEqual([]);
  await noPolicy(await story(10));
  await lessons();
  await lessons();
  expect(told).toHaveLength(1);
  expect(told[0]).toMatch(
    /^10 stories were set right since .* of the last 30 days post none more and 11 \(“The regulator .* in district 0”, .*, …\) less\. Nothing changes until/,
  );
  now = days(8);
  await lessons();
  expect(told).toHaveLength(2);
});

it("leaves the week open where its work failed, and takes it when it is done", async () => {
  for (let i = 0; i < 10; i += 1) await noPolicy(await story(i));
  const told: string[] = [];
  const lessons = (rules = RULES) => tellLessons({ db, rules, clock, tell: (sentence) => told.push(sentence) });
  const broken = { ...weights, bias: undefined as unknown as Float32Array };
  await expect(lessons({ ...RULES, pack: { ...PACK, weights: broken } })).rejects.toThrow(TypeError);
  expect(await isRunOpen(db, "lessons", now)).toBe(true);
  await lessons();
  expect(told).toHaveLength(1);
  expect(await isRunOpen(db, "lessons", days(-7))).toBe(false);
});

it("counts a story once, and not a reader's word nor what the weights know", async () => {
  const [one, two] = [await story(1), await story(2)];
  await noPolicy(one);
  await amend({ db, pack: PACK, clock }, { storyId: one, axis: "stage", ids: [], ...by });
  const word = { storyId: two, revision: 1, kind: "other", note: "?", guildId: null, createdBy: "1" } as const;
  await addCorrection(db, { ...word, applied: null }, now);
  expect(await countCorrected(db, null)).toBe(1);
  expect(await countCorrected(db, NOON)).toBe(0);
  now = days(1);
  await noPolicy(two);
  expect(await countCorrected(db, NOON)).toBe(1);
});
