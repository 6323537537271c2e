import type { Span } from "#model/tag.ts";

type Written = Span & { readonly english: string };

/** `1.234,5` and `10 000`, not a date, a version or a clock's time. */
const DIGITS = /(?<![\p{L}\d.,])(?:\d{1,3}(?:[.\u00a0\u202f ]\d{3})+(?:,\d{1,3})?|\d{1,6},\d{1,2})(?![\d]|[.,]\d)/gu;

/** Numbers by their places, as English writes them: `1,234.5`. */
export function numbersIn(text: string): ReadonlyMap<number, Written> {
  const numbers = new Map<number, Written>();
  for (const { 0: digits, index } of text.matchAll(DIGITS)) {
    const [whole = "", part] = digits.split(",");
    const english = whole.replace(/[.\u00a0\u202f ]/g, ",") + (part === undefined ? "" : `.${part}`);
    numbers.set(index, { start: index, end: index + digits.length, english });
  }
  return numbers;
}
