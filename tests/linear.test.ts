import { expect, test } from "vitest";
import { repeated, TEXTS, UNITS } from "#support/doubling/inputs.ts";
import { type Doubled, type Growth, growthOf, LINEAR } from "#support/doubling/measure.ts";
import { GATHERINGS, type GatheringName, STAGES, type StageName } from "#support/doubling/stages.ts";

/** Characters from and up to which inputs are doubled: beyond it nothing of one article is read. */
const CHARACTERS = [1_000, 64_000] as const;
/** The same for how many things there are. */
const THINGS = [50, 400] as const;

const said = (name: string, of: string, { factor, size, ms }: Growth) =>
  factor <= LINEAR
    ? []
    : [`${name} of ${of}: ${factor.toFixed(1)} times as long for twice ${size} (${ms.toFixed(1)} ms)`];

const stages = (Object.keys(STAGES) as StageName[]).flatMap((name) => UNITS[name].map((unit) => ({ name, unit })));

test("there are enough inputs to call it a test", () => {
  expect(stages.length).toBeGreaterThan(120);
});

test.each(Object.keys(STAGES) as StageName[])(
  "twice the text takes twice the time: %s",
  async (name) => {
    const faults: string[] = [];
    for (const unit of UNITS[name]) {
      const doubled: Doubled = (size) => {
        const text = repeated(unit, size);
        return () => STAGES[name](text);
      };
      faults.push(...said(name, JSON.stringify(unit), await growthOf(doubled, ...CHARACTERS)));
    }
    expect(faults).toEqual([]);
  },
  60_000,
);

test.each(Object.keys(GATHERINGS) as GatheringName[])(
  "twice as many take twice the time: %s",
  async (name) => {
    const faults: string[] = [];
    for (const textOf of TEXTS[name]) {
      const doubled: Doubled = (size) => {
        const texts = Array.from({ length: size }, (_, at) => textOf(at));
        return () => GATHERINGS[name](texts);
      };
      faults.push(...said(name, textOf(1), await growthOf(doubled, ...THINGS)));
    }
    expect(faults).toEqual([]);
  },
  60_000,
);

/** Tells how long work takes that does so many steps, without doing them: exact on any machine. */
function growthOfSteps(steps: (size: number) => number, disturbed: () => number = () => 0): Promise<Growth> {
  const STEPS_PER_MS = 100_000;
  let worked = 0;
  let waited = 0;
  const doubled: Doubled = (size) => () => {
    worked += steps(size) / STEPS_PER_MS;
    waited += disturbed();
  };
  return growthOf(doubled, ...CHARACTERS, { own: () => worked, wall: () => worked + waited });
}

test.each([
  ["grows with the square", (size: number) => size ** 2, true],
  ["grows with the root of the cube", (size: number) => size ** 1.5, true],
  ["is sorted", (size: number) => size * Math.log(size) * 50, false],
  ["is read once", (size: number) => size * 500, false],
  ["is done at once", () => 1_000, false],
])("what %s is told for what it is", async (_, steps, grows) => {
  expect((await growthOfSteps(steps)).factor > LINEAR).toBe(grows);
});

test("work that others on the machine disturb is not taken for slow, nor slow work for disturbed", async () => {
  let runs = 0;
  const more = () => ++runs * 3;
  expect((await growthOfSteps((size) => size * 500, more)).factor).toBeLessThanOrEqual(LINEAR);
  runs = 0;
  expect((await growthOfSteps((size) => size ** 2, more)).factor).toBeGreaterThan(LINEAR);
});
