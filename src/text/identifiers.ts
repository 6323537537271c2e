import type { Span } from "#model/tag.ts";
import type { Form, IdentifierKind } from "./identifiers/form.ts";
import { FORMS } from "./identifiers/forms.ts";

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
  // Gazettes and typesetters write NTIA–2026–0003.
  const plain = text.replaceAll(/(?<=\w)[‐‑–](?=\w)/g, "-");
  const found = FORMS.flatMap(([country, forms]) =>
    forms.flatMap((form) => numbersIn(plain, form).map((number) => ({ ...number, kind: form.kind, country }))),
  );
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

/** What is written in one form. */
function numbersIn(text: string, { pattern, filed, beside, further }: Form): (Span & { readonly key: string })[] {
  const found: (Span & { readonly key: string })[] = [];
  let vouches: ((number: string) => boolean) | null = null;
  for (const match of text.matchAll(pattern)) {
    const [written, ...parts] = match;
    vouches ??= beside?.(text) ?? (() => true);
    if (!vouches(parts.at(-1)!)) continue;
    let end = match.index + written.length;
    found.push({ start: match.index, end, key: filed(...parts) });
    if (further === undefined || !SEVERAL.test(written)) continue;
    for (let next = matchAt(further, text, end); next !== null; next = matchAt(further, text, end)) {
      const [listed, ...numbers] = next;
      const start = end + listed.search(/[\dCS]/);
      end += listed.length;
      found.push({ start, end, key: filed(...parts.slice(0, parts.length - numbers.length), ...numbers) });
    }
  }
  return found;
}

/** A word in the plural before a number: further numbers of its list need no word of their own. */
const SEVERAL = /(?:[a-z]s|Nos\.|E\.?O\.?s) [^a-z]*$/;

function matchAt(sticky: RegExp, text: string, at: number): RegExpExecArray | null {
  sticky.lastIndex = at;
  return sticky.exec(text);
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
