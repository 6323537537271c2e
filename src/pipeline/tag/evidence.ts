import { LONGEST_PHRASE } from "#model/limits.ts";
import type { Evidence, Mood } from "#model/tag.ts";
import { boundaryBefore } from "#text/cut.ts";
import type { Document, Match } from "./document.ts";

export function evidenceOf({ rule, field, start, end, sentence }: Match, reading: Mood, document: Document): Evidence {
  const { start: from, end: to } = document.sentences[sentence]!;
  const text = document.article[field];
  const last = end - start <= LONGEST_PHRASE ? end : boundaryBefore(text, start + LONGEST_PHRASE);
  const phrase = text.slice(start, last);
  return { field, start, end: last, phrase, sentence: { start: from, end: to }, rule: rule.source, reading };
}
