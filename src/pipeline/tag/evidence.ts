import type { Evidence, Reading } from "#model/tag.ts";
import type { Document, Match } from "./document.ts";

export function evidenceOf(
  { rule, field, start, end, sentence }: Match,
  reading: Reading,
  document: Document,
): Evidence {
  const { start: from, end: to } = document.sentences[sentence]!;
  const phrase = document.article[field].slice(start, end);
  return { field, start, end, phrase, sentence: { start: from, end: to }, rule: rule.source, reading };
}
