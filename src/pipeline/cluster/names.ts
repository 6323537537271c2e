import type { Span } from "#model/tag.ts";
import type { Frame } from "#text/frames.ts";
import type { Tokens } from "#text/tokens.ts";
import { isEveryday } from "./background.ts";
import { numberAt, stemAt } from "./known-words.ts";
import type { Marked } from "./tally.ts";

/** Words that show how a text is written. */
const TELLING_WORDS = 80;

export const whole = (text: string): Span => ({ start: 0, end: text.length });

/** What ends a sentence or begins a quotation: the word behind it has a capital anyway. */
const BEGINS = /[.!?:;"“”‘«»\n–—•|()[\]]/;

/** Notes the stems that are names: written with a capital within a sentence, or with a capital and no word of everyday English. */
export function markNames(text: string, tokens: Tokens, stems: Marked, part: Span): void {
  const telling = !isTitleCase(text, tokens, part);
  let begun = false;
  for (let word = 0; word < tokens.count; word++) {
    const start = tokens.starts[word]!;
    if (start < part.start || start >= part.end) continue;
    const opens = !begun;
    begun = true;
    const first = text.charAt(start);
    if (first === first.toLowerCase()) continue;
    const stem = numberAt(text, tokens, word);
    if (!stems.has(stem) || stems.isName(stem)) continue;
    const within = telling && !opens && !BEGINS.test(text.slice(tokens.ends[word - 1], start));
    if (within || !isEveryday(stemAt(text, tokens, word))) stems.name(stem);
  }
}

/** Notes as names whoever acts in a title that is no noun for one: `Maine fines`, though Maine is a word of everyday English. */
export function markActing(title: string, tokens: Tokens, frames: readonly Frame[], stems: Marked): void {
  for (const { actor } of frames) {
    if (actor?.kind !== "name") continue;
    for (let word = 0; word < tokens.count; word++) {
      if (tokens.starts[word]! < actor.start || tokens.ends[word]! > actor.end) continue;
      stems.name(numberAt(title, tokens, word));
    }
  }
}

/** A text that writes most longer words with a capital does not tell names from other words. */
export function isTitleCase(text: string, { count, starts, ends }: Tokens, part: Span = whole(text)): boolean {
  let [long, capital] = [0, 0];
  for (let word = 0; word < Math.min(TELLING_WORDS, count); word++) {
    const surface = text.slice(starts[word], ends[word]);
    if (surface.length < 5 || starts[word]! < part.start || ends[word]! > part.end) continue;
    long += 1;
    if (surface.charAt(0) !== surface.charAt(0).toLowerCase()) capital += 1;
  }
  return capital > 0.7 * long;
}
