/** What is done with an input of so many characters, or entries; the input is made before the clock starts. */
export type Doubled = (size: number) => () => unknown;

/** How much longer it took for twice the input, and at which size. */
export type Growth = { readonly factor: number; readonly size: number; readonly ms: number };

/** Both tell milliseconds; whoever measures the measuring brings its own. */
export type Clocks = {
  /** Fine, but what others do on the machine counts. */
  readonly wall: () => number;
  /** What this thread alone has worked; may tick as seldom as every 10 ms. */
  readonly own: () => number;
};

/** Linear work takes twice as long for twice as much; quadratic work four times. What lies between is a cache or a collector. */
export const LINEAR = 2.4;

/** A run of less is lost in the noise, so inputs grow until runs take as long. */
const TELLING_MS = 4;
/** Runs of which the shortest counts: the others were disturbed. */
const RUNS = 3;
/** A growth that looks wrong by the wall's clock is measured anew by the thread's own, so often. */
const REPEATS = 6;
/** The first times on twice as much: where a cache ends or a collector begins, it grows once and no more. */
const LARGER = 2;
/** Runs are done until they take as long: a clock that ticks seldom tells that much. */
const OWN_MS = 60;

/** What this thread has worked, in milliseconds, whoever else is at work. */
export function ownMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}

const CLOCKS: Clocks = { wall: () => performance.now(), own: ownMs };

async function shortest(doubled: Doubled, size: number, runs: number, { wall }: Clocks): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let run = 0; run < runs; run++) {
    const work = doubled(size);
    const started = wall();
    await work();
    least = Math.min(least, wall() - started);
  }
  return least;
}

/** What a run costs this thread, whoever else is at work. `about` is what it took by the other clock. */
async function cost(doubled: Doubled, size: number, about: number, { own }: Clocks): Promise<number> {
  const works = Array.from({ length: Math.max(1, Math.ceil(OWN_MS / about)) }, () => doubled(size));
  const started = own();
  for (const work of works) await work();
  return (own() - started) / works.length;
}

/**
 * How the time of some work grows from a size to twice that size. Sizes are doubled from `from` until a run takes long enough to be
 * told from noise, or until `to`: what is still quick there is no worse than linear for anything that comes in.
 */
export async function growthOf(doubled: Doubled, from: number, to: number, clocks = CLOCKS): Promise<Growth> {
  let size = from;
  let ms = await shortest(doubled, size, 1, clocks);
  for (; ms < TELLING_MS && size < to; size *= 2) ms = await shortest(doubled, size * 2, 1, clocks);
  // The first runs are slow, before the code is compiled: what they took is told from what it takes.
  ms = await shortest(doubled, size, RUNS, clocks);
  while (ms < TELLING_MS && size < to) {
    size *= 2;
    ms = await shortest(doubled, size, RUNS, clocks);
  }
  if (ms < TELLING_MS) return { factor: 1, size, ms };
  let factor = (await shortest(doubled, size * 2, RUNS, clocks)) / ms;
  for (let repeat = 0; factor > LINEAR && repeat < REPEATS; repeat++) {
    if (repeat > 0 && repeat <= LARGER) {
      size *= 2;
      ms *= 2;
    }
    const once = await cost(doubled, size, ms, clocks);
    const again = (await cost(doubled, size * 2, ms * 2, clocks)) / once;
    // A clock that did not tick has said nothing.
    if (once > 0) factor = Math.min(factor, again);
  }
  return { factor, size, ms };
}
