import { OFFICES } from "#text/speaking.ts";
import type { Item } from "./items.ts";

/** Who is named in a sentence as one who can speak. */
export type Named = {
  /** As it stands; of a pronoun, the pronoun. */
  readonly name: string;
  readonly office: string | null;
  readonly kind: "person" | "body" | "pronoun";
  /** A name of its own, not "the company". */
  readonly proper: boolean;
};

/** Items of a sentence from `from` to before `to`. */
export type Range = { readonly from: number; readonly to: number };

/** The text of items, with the possessive that stands between them and the dot of an initial or `Sen.` behind them. */
export function textOf(text: string, items: readonly Item[]): string {
  const end = items.at(-1)!.end;
  const isShort = OFFICES.has(items.at(-1)!.text) && items.at(-1)!.end - items.at(-1)!.start <= 4;
  return text.slice(items[0]!.start, end + Number(isShort && text.charAt(end) === "."));
}
