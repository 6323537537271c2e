/** Functions for another thread to call, that do what hostile text makes a parser do. */
export function grow(): number {
  const kept: string[][] = [];
  for (;;) kept.push(Array.from({ length: 100_000 }, (_, at) => `${at} ${kept.length}`));
}

/** The same outside of the heap, as fast as a stream unfolds. */
export function swell(): number {
  const kept: Uint8Array[] = [];
  const pause = new Int32Array(new SharedArrayBuffer(4));
  for (;;) {
    kept.push(new Uint8Array(4 * 1024 * 1024).fill(kept.length));
    Atomics.wait(pause, 0, 0, 10);
  }
}

export function fail(): never {
  throw new Error("no");
}

export const lengthOf = (bytes: Uint8Array, text: string): number => bytes.length + text.length;

/** Until `end` says so, by another thread's hand. */
export function hold(end: Int32Array): number {
  Atomics.wait(end, 0, 0);
  return end[0]!;
}

/** More than anybody should have to read in one turn. */
export const much = (): readonly string[] => Array.from({ length: 400 }, (_, at) => `${at} ${"x".repeat(20_000)}`);
