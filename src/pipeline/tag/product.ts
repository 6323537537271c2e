/** A list times as many numbers of another from `from` on; four sums side by side, as none then waits for the others. */
export function product(one: Float64Array, from: number, other: Float64Array): number {
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  const whole = other.length & ~3;
  let i = 0;
  for (; i < whole; i += 4) {
    a += one[from + i]! * other[i]!;
    b += one[from + i + 1]! * other[i + 1]!;
    c += one[from + i + 2]! * other[i + 2]!;
    d += one[from + i + 3]! * other[i + 3]!;
  }
  for (; i < other.length; i += 1) a += one[from + i]! * other[i]!;
  return a + b + (c + d);
}

/** Adds so many times a list to another, from `from` on. */
export function addTimes(to: Float64Array, from: number, times: number, list: Float64Array): void {
  for (let i = 0; i < list.length; i += 1) to[from + i]! += times * list[i]!;
}
