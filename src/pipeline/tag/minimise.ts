import { addTimes, product } from "./product.ts";

/** Pairs of steps that are remembered to tell how the slope bends. */
const MEMORY = 8;
/** The usual measure of a step that is worth its length (Armijo). */
const WORTH = 1e-4;
const SHORTEST_STEP = 1e-4;
/** Less gain than this share is none. */
const GAIN = 1e-5;

/** Tells the loss at `at` and writes its slope into `slope`. */
export type Loss = (at: Float64Array, slope: Float64Array) => number;

/**
 * Finds where a smooth convex loss of `size` variables is least, from nothing, by L-BFGS (Nocedal 1980): the same from the same.
 */
export function minimise(loss: Loss, size: number, steps: number): Float64Array {
  const at = new Float64Array(size);
  const slope = new Float64Array(size);
  const next = new Float64Array(size);
  const nextSlope = new Float64Array(size);
  const memory: { step: Float64Array; bend: Float64Array; scale: number }[] = [];
  let now = loss(at, slope);
  for (let round = 0; round < steps; round += 1) {
    const way = directionOf(slope, memory);
    const gain = product(way, 0, slope);
    if (gain <= 1e-9) break;
    let length = 1;
    let then = Number.POSITIVE_INFINITY;
    for (; length >= SHORTEST_STEP; length /= 2) {
      for (let i = 0; i < size; i += 1) next[i] = at[i]! - length * way[i]!;
      then = loss(next, nextSlope);
      if (then <= now - WORTH * length * gain) break;
    }
    if (length < SHORTEST_STEP) break;
    const [step, bend] = [next.slice(), nextSlope.slice()];
    addTimes(step, 0, -1, at);
    addTimes(bend, 0, -1, slope);
    const curve = product(step, 0, bend);
    if (curve > 1e-12) memory.push({ step, bend, scale: 1 / curve });
    if (memory.length > MEMORY) memory.shift();
    at.set(next);
    slope.set(nextSlope);
    const gained = now - then;
    now = then;
    if (gained < GAIN * Math.abs(now)) break;
  }
  return at;
}

function directionOf(
  slope: Float64Array,
  memory: readonly { step: Float64Array; bend: Float64Array; scale: number }[],
): Float64Array {
  const way = Float64Array.from(slope);
  const shares = memory.map(() => 0);
  for (let k = memory.length - 1; k >= 0; k -= 1) {
    const { step, bend, scale } = memory[k]!;
    shares[k] = product(step, 0, way) * scale;
    addTimes(way, 0, -shares[k]!, bend);
  }
  const last = memory.at(-1);
  const size =
    last === undefined
      ? 1 / Math.max(1, Math.sqrt(product(slope, 0, slope)))
      : 1 / (last.scale * product(last.bend, 0, last.bend));
  for (let i = 0; i < way.length; i += 1) way[i]! *= size;
  for (const [k, { step, bend, scale }] of memory.entries())
    addTimes(way, 0, shares[k]! - product(bend, 0, way) * scale, step);
  return way;
}
