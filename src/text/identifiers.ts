import type { Span } from "#model/tag.ts";
import { FORMS, type IdentifierKind } from "./identifier-forms.ts";

/** A bill, case or act that a text names by its number. */
export type Identifier = Span & {
  /** What it is filed under, however it was written: `bill SB53`. */
  readonly key: string;
  readonly kind: IdentifierKind;
  /** Whose numbers are written like this, as packs name countries. */
  readonly country: string;
};

/** The bills, cases and acts that a text names by their numbers, in its order. */
export function identifiersOf(text: string): readonly Identifier[] {
  // All of them have a number.
  if (!/\d/.test(text)) return [];
  const found: Identifier[] = [];
  for (const [country, forms] of FORMS) {
    for (const { kind, pattern, filed, beside } of forms) {
      let vouches: ((number: string) => boolean) | null = null;
      for (const match of text.matchAll(pattern)) {
        const [written, ...parts] = match;
        vouches ??= beside?.(text) ?? (() => true);
        if (!vouches(parts.at(-1)!)) continue;
        found.push({ start: match.index, end: match.index + written.length, key: filed(...parts), kind, country });
      }
    }
  }
  // Of those that begin together the form that stands first is meant.
  let end = 0;
  return found
    .sort((a, b) => a.start - b.start)
    .filter((one) => {
      if (one.start < end) return false;
      end = one.end;
      return true;
    });
}

/** What the bills, cases and acts of a text are filed under. */
export const identifiersIn = (text: string): ReadonlySet<string> => new Set(identifiersOf(text).map(({ key }) => key));

/** How far an identifier names one thing: everywhere, within a country, or in one of a country's states. */
export type Extent = "everywhere" | "country" | "state";

/** States number their bills alike, and courts their dockets; the Congress, too, has an `HR 2` of its own. */
export function extentOf(key: string): Extent {
  const chamber = /^bill ([A-Z]+)\d/.exec(key)?.[1];
  if (chamber !== undefined) return /^(?:HR|S|[HS](?:J|CON)?RES)$/.test(chamber) ? "country" : "state";
  return /^docket \d|^bill CA/.test(key) ? "country" : "everywhere";
}
