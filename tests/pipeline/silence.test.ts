import { describe, expect, test } from "vitest";
import { MOST_DAYS, silenceIn } from "#pipeline/silence.ts";
import { randomFrom } from "#support/random.ts";

const DAYS = 400;
const SILENT_FROM = 300;

function poisson(random: () => number, mean: number): number {
  let [count, probability] = [0, Math.exp(-mean)];
  for (let [sum, drawn] = [probability, random()]; drawn > sum && count < 200; sum += probability) {
    count += 1;
    probability *= mean / count;
  }
  return count;
}

/** Mean 1: at shape 1 a week in five has less than a quarter of the usual. */
const gamma = (random: () => number, shape: number): number =>
  Array.from({ length: shape }, () => -Math.log(1 - random())).reduce((sum, each) => sum + each, 0) / shape;

type Played = { readonly perWeek: number; readonly shape: number | null };

/**
 * Thirteen months of a point among others that bring twenty a day: quiet weekends, ten days at the turn of the year in which it brings nothing and
 * the others a third, a recess of four weeks at half. With a `shape` its weeks are uneven.
 */
function play({ perWeek, shape }: Played, seed: number) {
  const random = randomFrom(seed);
  const [own, all]: [number[], number[]] = [[], []];
  let level = 1;
  for (let day = 0; day < DAYS; day++) {
    if (day % 7 === 0 && shape !== null) level = gamma(random, shape);
    const weekday = day % 7 < 5 ? 1.3 : 0.25;
    const holiday = day % 365 >= 355;
    const recess = day % 365 >= 210 && day % 365 < 238;
    const mine = poisson(random, (perWeek / 7) * level * weekday * (holiday ? 0 : recess ? 0.5 : 1));
    own.push(mine);
    all.push(mine + poisson(random, 20 * weekday * (holiday ? 0.3 : recess ? 0.8 : 1)));
  }
  return { own, all };
}

/** Days on which something is said: looked at daily, said once a month. */
function noticesIn(own: readonly number[], all: readonly number[], from = 0): number[] {
  const said: number[] = [];
  for (let day = Math.max(60, from); day < DAYS; day++) {
    const first = Math.max(0, day - MOST_DAYS);
    if (day - (said.at(-1) ?? -30) < 30) continue;
    if (silenceIn(own.slice(first, day), all.slice(first, day)) !== null) said.push(day);
  }
  return said;
}

const KINDS = [1, 3, 10, 30].flatMap((perWeek) => [null, 2, 1].map((shape): Played => ({ perWeek, shape })));
const PLAYS = 40;

describe("over thirteen played months", () => {
  test("what goes on is hardly ever called silent: at most once in twenty-five years of a point", () => {
    const rates = KINDS.map((kind) => {
      const said = Array.from({ length: PLAYS }, (_, seed) => play(kind, 1 + seed)).flatMap(({ own, all }) =>
        noticesIn(own, all),
      );
      return (said.length * 365) / (PLAYS * DAYS);
    });
    const mean = rates.reduce((sum, each) => sum + each, 0) / rates.length;
    expect(mean).toBeLessThanOrEqual(0.04);
    expect(Math.max(...rates)).toBeLessThanOrEqual(0.12);
  });

  test.each([
    [{ perWeek: 3, shape: null }, 35],
    [{ perWeek: 10, shape: null }, 21],
    [{ perWeek: 10, shape: 2 }, 50],
  ])("what %o stops is found within %i days", (kind, within) => {
    const found = Array.from({ length: PLAYS }, (_, seed) => {
      const { own, all } = play(kind, 1_000 + seed);
      const cut = own.map((count, day) => (day < SILENT_FROM ? count : 0));
      const rest = all.map((count, day) => count - own[day]! + cut[day]!);
      return noticesIn(cut, rest, SILENT_FROM)[0] ?? DAYS;
    });
    const inTime = found.filter((day) => day - SILENT_FROM <= within).length;
    expect(inTime / PLAYS).toBeGreaterThanOrEqual(0.8);
  });
});

const repeat = (days: number, count: number) => Array.from({ length: days }, () => count);

test("says how long it was silent and what was usual", () => {
  expect(silenceIn([...repeat(70, 1), ...repeat(15, 0)], repeat(85, 20))).toEqual({ days: 15, perWeek: 7 });
});

test("nothing is said in the first weeks, of less than a fortnight, nor of what never came", () => {
  const all = repeat(85, 20);
  expect(silenceIn([...repeat(55, 1), ...repeat(30, 0)], all)).toBeNull();
  expect(silenceIn([...repeat(72, 1), ...repeat(13, 0)], all)).toBeNull();
  expect(silenceIn(repeat(85, 0), all)).toBeNull();
  expect(silenceIn([], [])).toBeNull();
});

test("days on which the others were silent too do not count, as when nothing was read", () => {
  const own = [...repeat(70, 1), ...repeat(30, 0)];
  expect(silenceIn(own, [...repeat(70, 20), ...repeat(30, 0)])).toBeNull();
  expect(silenceIn(own, [...repeat(70, 20), ...repeat(30, 5)])).toBeNull();
  expect(silenceIn(own, [...repeat(70, 20), ...repeat(30, 20)])).not.toBeNull();
});

test("a flood of the others makes no day longer than a usual one", () => {
  const own = [...repeat(70, 1), ...repeat(14, 0)];
  const quiet = [...repeat(70, 20), ...repeat(13, 4)];
  expect(silenceIn(own, [...quiet, 2_000])).toBeNull();
});

test("what was silent as long before is let be", () => {
  const own = [...repeat(60, 2), ...repeat(30, 0), ...repeat(60, 2), ...repeat(40, 0)];
  expect(silenceIn(own, repeat(190, 20))).toBeNull();
});
