/** Functions for another thread to call, that do what hostile text makes a parser do. */
export function grow(): number {
  const kept: string[][] = [];
  for (;;) kept.push(Array.from({ length: 100_000 }, (_, at) => `${at} ${kept.length}`));
}

export function fail(): never {
  throw new Error("no");
}

export const lengthOf = (bytes: Uint8Array, text: string): number => bytes.length + text.length;
