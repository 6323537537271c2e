import fc from "fast-check";
import { expect, test } from "vitest";
import { labelledOf } from "#cli/learn/labels.ts";
import { idOn } from "#model/tag.ts";
import { readWeights, weightsText } from "#pack/weights.ts";
import { fitWeights } from "#pipeline/tag/fit.ts";
import { fitAll } from "#pipeline/tag/fit-threads.ts";
import { byTime } from "#pipeline/tag/held-out.ts";
import { fitChoice } from "#pipeline/tag/logistic.ts";
import { matrixOf } from "#pipeline/tag/matrix.ts";
import { minimise } from "#pipeline/tag/minimise.ts";
import { compileRules, judge } from "#pipeline/tag/tag.ts";
import { tasksOf } from "#pipeline/tag/tasks.ts";
import { liftItems } from "#support/learning/items.ts";
import { liftPack } from "#support/rules-pack.ts";

const PACK = liftPack();
const RULES = compileRules(PACK);
const ITEMS = liftItems(240).flatMap((line) => labelledOf(line, RULES));

const taught = () => fitWeights(matrixOf(ITEMS, RULES), RULES, byTime(ITEMS, 3));
const LESSON = await taught();
const TAUGHT = compileRules({ ...PACK, weights: LESSON.weights });

test("what is least is found", () => {
  const centre = fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(centre, (to) => {
      const bowl = (at: Float64Array, slope: Float64Array) => {
        let sum = 0;
        for (const [i, value] of at.entries()) {
          slope[i] = 2 * (i + 1) * (value - to[i]!);
          sum += (i + 1) * (value - to[i]!) ** 2;
        }
        return sum;
      };
      for (const [i, value] of minimise(bowl, to.length, 100).entries()) expect(value).toBeCloseTo(to[i]!, 1);
    }),
  );
});

test("what is learned holds on items that were not seen, and a probability means what it says", () => {
  expect(LESSON.heldOut.relevant.precision).toBeGreaterThan(0.95);
  expect(LESSON.heldOut.relevant.recall).toBeGreaterThan(0.95);
  const policy = judge({ title: "The council requires inspections of every lift", text: "" }, TAUGHT).tagging;
  const shop = judge({ title: "A gallery sells a lift in pastel glass", text: "" }, TAUGHT).tagging;
  expect(policy.support).toBeGreaterThan(0.8);
  expect(shop.support).toBeLessThan(0.2);
  expect([policy.relevant, shop.relevant]).toEqual([true, false]);
});

test("how common a word is among policy items is learned with them", () => {
  const { words } = LESSON.weights;
  expect(words.get("lift")).toBeGreaterThan(0.5);
  expect(words.has("pastel")).toBe(false);
  const read = readWeights(weightsText(LESSON.weights));
  expect(read).toMatchObject({ words });
});

test("a point that no rule saw has the words for its proof, each where it says", () => {
  const article = {
    title: "The regulator requires inspections of lifts",
    text: "The public body said so on the record.",
  };
  const point = judge(article, TAUGHT).tagging.tags.find(({ axis }) => axis === "point");
  expect(point).toMatchObject({ id: "inspections" });
  expect(point!.evidence.length).toBeGreaterThan(0);
  for (const { field, start, end, phrase, rule } of point!.evidence) {
    expect(article[field].slice(start, end)).toBe(phrase);
    expect(rule).toMatch(/^learned: /);
  }
});

test("an exclusion of the topic outweighs all that was learned", () => {
  const exclude = [{ phrase: "dolls house", reason: "toys" }];
  const pack = { ...PACK, topic: { ...PACK.topic, exclude }, weights: LESSON.weights };
  const title = "The regulator demands yearly inspections of lifts, even in a dolls house";
  const { relevant, support } = judge({ title, text: "" }, compileRules(pack)).tagging;
  expect({ relevant, support }).toEqual({ relevant: false, support: 0 });
});

test("the same items give the same weights to the byte, and a file of them reads back", async () => {
  const text = weightsText({ ...LESSON.weights, note: "of lifts" });
  expect(weightsText({ ...(await taught()).weights, note: "of lifts" })).toBe(text);
  const read = readWeights(text);
  if (typeof read === "string") throw new Error(read);
  expect(read.note).toBe("of lifts");
  const again = compileRules({ ...PACK, weights: read });
  for (const { findings } of ITEMS.slice(0, 40)) {
    const { article } = findings.document;
    expect(judge(article, again).tagging.support).toBeCloseTo(judge(article, TAUGHT).tagging.support, 1);
  }
});

test.each([
  ["{", "is no JSON"],
  ["{}", "note: "],
  [
    '{"note":"","features":["a:x"],"outputs":[{"name":"relevant","bias":0,"rows":[3],"weights":[1]}],"calibration":{"relevant":[1,0],"point":[1,0],"stage":[1,0],"certainty":[1,0]}}',
    "there is no feature 3",
  ],
  [
    '{"note":"","features":["a:x"],"outputs":[{"name":"relevant","bias":0,"rows":[0],"weights":[]}],"calibration":{"relevant":[1,0],"point":[1,0],"stage":[1,0],"certainty":[1,0]}}',
    "other numbers of rows",
  ],
])("a weights file that holds none is said: %s", (text, why) => {
  expect(readWeights(text)).toContain(why);
});

test("however many threads fit, the weights are the same to the byte, in the order asked for, and each fit is told of", async () => {
  const { rows } = matrixOf(ITEMS, RULES);
  const fits = [1, 3, 1, 2].map((outputs, k) => ({
    outputs,
    choices: Int32Array.from(ITEMS, (_, i) => (i + k) % Math.max(2, outputs)),
    weights: new Float64Array(ITEMS.length).fill(1),
  }));
  const alone = fits.map((examples) => fitChoice(rows, examples));
  for (const threads of [1, 2, 9]) {
    const told: string[] = [];
    expect(await fitAll(rows, fits, (done, of) => told.push(`${done} of ${of}`), threads)).toEqual(alone);
    expect(told).toEqual(["1 of 4", "2 of 4", "3 of 4", "4 of 4"]);
  }
});

test("a fit that cannot be made reaches who asked for it", async () => {
  const { rows } = matrixOf(ITEMS, RULES);
  const fit = { outputs: 1, choices: new Int32Array(ITEMS.length), weights: new Float64Array(ITEMS.length).fill(1) };
  await expect(fitAll(rows, [fit, { ...fit, outputs: -1 }, fit], undefined, 2)).rejects.toThrow(RangeError);
});

test("of two certainties each has weights of its own", async () => {
  const items = ITEMS.map((item) => {
    const { title } = item.findings.document.article;
    const certainty = /orders|demands|requires/.test(title)
      ? "official"
      : /proposes|delays/.test(title)
        ? "analysis"
        : null;
    return { ...item, labels: { ...item.labels, certainty } };
  });
  const { weights, heldOut } = await fitWeights(matrixOf(items, RULES), RULES, byTime(items, 3));
  expect(weights.outputs.slice(-2)).toEqual(["certainty:official", "certainty:analysis"]);
  expect(weights.bias).toHaveLength(weights.outputs.length);
  expect(heldOut.certainty).toBeGreaterThan(0.95);
  const taught = compileRules({ ...PACK, weights });
  const certaintyOf = (title: string) => judge({ title, text: "" }, taught).scores!.certainties.get("official");
  expect(certaintyOf("The council orders new rules for elevators")).toBeGreaterThan(0.5);
  expect(certaintyOf("The council delays new rules for elevators")).toBeLessThan(0.5);
});

test("a stage and a certainty of few items are no example of none or of another: what the rules say of them holds", async () => {
  const labelled = (item: (typeof ITEMS)[number], i: number) => {
    const { title } = item.findings.document.article;
    const stage = title.includes("orders") ? "statement" : title.includes("proposes") ? "threatened" : null;
    const certainty = title.includes("orders") ? "official" : title.includes("proposes") ? "analysis" : "on-record";
    const isOfFew = i === ITEMS.findIndex(({ labels }) => labels.relevant === "yes");
    const few = isOfFew ? { stage: "adopted", certainty: "anonymous" } : { stage, certainty };
    return { ...item, labels: { ...item.labels, ...few } };
  };
  const items = ITEMS.map(labelled);
  const tasks = tasksOf(items, RULES);
  const odd = items.findIndex(({ labels }) => labels.stage === "adopted");
  for (const kind of ["stage", "certainty"] as const) {
    const { choose, outputs } = tasks.find((task) => task.kind === kind)!;
    expect(outputs).toHaveLength(3);
    expect(choose(items[odd]!, 0)[1]).toBe(0);
    const { labels } = items.find(({ labels }) => labels.stage === "statement")!;
    const [choice, weight] = choose({ ...items[odd]!, labels }, 0);
    expect([outputs[choice], weight]).toEqual([`${kind}:${labels[kind]}`, 1]);
  }
  const { weights } = await fitWeights(matrixOf(items, RULES), RULES, []);
  const article = {
    title: "The regulator passes rules for yearly inspections of lifts",
    text: "That is what sources told the paper.",
  };
  const { tags } = judge(article, compileRules({ ...PACK, weights })).tagging;
  expect([idOn(tags, "stage"), idOn(tags, "certainty")]).toEqual(["adopted", "anonymous"]);
});

test("parts that are held out are stretches of time, and leave out what has no date", () => {
  const items = [3, 1, null, 2, 4].map((day) => ({ ...ITEMS[0]!, at: day === null ? null : new Date(day) }));
  expect(byTime(items, 2).map((part) => [...part])).toEqual([
    [1, 3],
    [0, 4],
  ]);
});
