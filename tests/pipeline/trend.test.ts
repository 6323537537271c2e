import { createCanvas, loadImage } from "@napi-rs/canvas";
import { expect, test } from "vitest";
import { WEEK_MS } from "#model/time.ts";
import type { ChartWeek, Trend } from "#model/trend.ts";
import { drawChart } from "#pipeline/trend/chart.ts";
import { altOf, chartOf, linesOf, titleOf } from "#pipeline/trend/describe.ts";
import { PACK } from "#support/discord/bot.ts";

const MONDAY = new Date("2026-03-02T00:00:00Z");
const WHOLE = { movements: 0, stages: [], read: true };

const trend = (weeks: readonly Partial<Trend["weeks"][number]>[], readSince: Date | null = new Date(0)): Trend => ({
  weeks: weeks.map((week, at) => ({
    from: new Date(MONDAY.getTime() + at * WEEK_MS),
    developments: 0,
    ...WHOLE,
    ...week,
  })),
  readSince,
});

const NEVER = (error: unknown) => {
  throw error;
};

test("says what the weeks come to", () => {
  const counts = [1, 1, 1, 1, 3, 3, 3, 5, 2];
  const found = trend(counts.map((developments) => ({ developments })));
  const [first, ...others] = found.weeks;
  const weeks = [{ ...first!, movements: 3, stages: ["enacted", "threatened", "enacted"] }, ...others];
  expect(linesOf({ ...found, weeks }, PACK)).toEqual([
    "20 developments and 3 movements in 9 weeks.",
    "In the last 4 whole weeks 3.5 developments a week, before 1.0.",
    "Moved to: Enacted 2 times, Threatened once.",
  ]);
  expect(titleOf({ point: "penalties", places: ["EU", "US"] }, PACK)).toBe(
    "Penalties and fines · European Union, United States: developments a week",
  );
});

test("says what it cannot know, and does not compare with it", () => {
  const known = trend([{ read: false }, { developments: 1 }, { read: false }, {}], new Date("2026-03-11T12:00:00Z"));
  expect(linesOf(known, PACK)).toEqual([
    "1 development and 0 movements in 4 weeks.",
    "Feeds are read since 11 Mar 2026: before, only what they still listed.",
    "Nothing was read in one week.",
  ]);
  expect(chartOf(known).map(({ partial }) => partial)).toEqual([true, true, true, true]);
  expect(linesOf(trend([{}], null), PACK).at(-1)).toBe("No feed has been read yet.");
});

test("has the numbers as the picture's words, the newest of them where not all have room", () => {
  expect(altOf(trend([{ developments: 3 }, { developments: 4, movements: 1 }, {}]))).toBe(
    "Developments a week, from the week of 2 Mar 2026 to this one: 3, 4 (1 moved), 0.",
  );
  const long = altOf(trend(Array.from({ length: 120 }, (_, at) => ({ developments: at, movements: 1 }))));
  expect(long.length).toBeLessThanOrEqual(1_024);
  expect(long).toMatch(/ 118 \(1 moved\), 119 \(1 moved\)\.$/);
});

/** The colour of a point of a picture. */
async function pixelsOf(png: Buffer) {
  const image = await loadImage(png);
  const canvas = createCanvas(image.width, image.height);
  const on = canvas.getContext("2d");
  on.drawImage(image, 0, 0);
  const at = (x: number, y: number) => [...on.getImageData(x, y, 1, 1).data];
  const colours = new Set<string>();
  const { data } = on.getImageData(0, 0, image.width, image.height);
  for (let from = 0; from < data.length; from += 4) colours.add(data.subarray(from, from + 3).join());
  return { width: image.width, height: image.height, at, colours };
}

const week = (developments: number, movements = 0, partial = false): ChartWeek => ({
  label: "2 Mar",
  developments,
  movements,
  partial,
});

const [GROUND, BAR, PARTIAL, MOVED] = [
  [0x2b, 0x2d, 0x31, 255],
  [0x8e, 0xa1, 0xff, 255],
  [0x5a, 0x62, 0x90, 255],
  [0xf0, 0xb2, 0x32, 255],
];

test("draws a bar for each week, a disc where something moved, and what is partial otherwise", async () => {
  const png = await drawChart([week(4), week(0, 2), week(2, 0, true), week(1, 12)], NEVER);
  const { width, height, at } = await pixelsOf(png!);
  expect([width, height]).toEqual([1_000, 520]);
  // Four weeks of 228 pixels from 66 on; four developments reach from 400 up to 104.
  expect(at(180, 110)).toEqual(BAR);
  expect(at(180, 396)).toEqual(BAR);
  expect(at(408, 390)).toEqual(GROUND);
  expect(at(637, 260)).toEqual(PARTIAL);
  expect(at(637, 210)).toEqual(GROUND);
  expect(at(408, 418)).toEqual(MOVED);
  expect(at(180, 432)).toEqual(GROUND);
  // Corners are see-through, the ground is none of the client's.
  expect(at(0, 0)[3]).toBe(0);
});

test("what is written and drawn stands out from the ground, whatever is around the picture", () => {
  const light = (colour: readonly number[]) => {
    const [red = 0, green = 0, blue = 0] = colour.map((each) => {
      const part = each / 255;
      return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const contrast = (one: readonly number[]) => (light(one) + 0.05) / (light(GROUND!) + 0.05);
  for (const colour of [BAR!, MOVED!, [0xdb, 0xde, 0xe1]]) expect(contrast(colour)).toBeGreaterThan(4.5);
});

test("draws weeks without anything, and a year of very many", async () => {
  expect(await drawChart([week(0)], NEVER)).not.toBeNull();
  const png = await drawChart(
    Array.from({ length: 57 }, (_, at) => week(7 * at, at % 5)),
    NEVER,
  );
  expect((await pixelsOf(png!)).colours.size).toBeGreaterThan(20);
});

test("where it cannot be drawn, there is none, and the next one is", async () => {
  const faults: unknown[] = [];
  const broken = JSON.parse('[{"label":"2 Mar","developments":"many","movements":-1}]') as ChartWeek[];
  const [first, second] = await Promise.all([
    drawChart(broken.concat(null as never), (error) => faults.push(error)),
    drawChart([week(1)], NEVER),
  ]);
  expect(first).toBeNull();
  expect(String(faults)).toContain("The chart could not be drawn");
  expect(second).not.toBeNull();
});
