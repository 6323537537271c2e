import { LONGEST_PHRASE } from "#model/limits.ts";
import type { Evidence, Field, Mood, Span } from "#model/tag.ts";
import { boundaryBefore } from "#text/cut.ts";
import type { Glossed } from "#text/gloss.ts";
import type { Document, Match } from "./document.ts";

export function evidenceOf({ rule, field, start, end, sentence }: Match, reading: Mood, document: Document): Evidence {
  const { start: from, end: to } = document.sentences[sentence]!;
  const text = document.article[field];
  const shown = phraseIn(text, { start, end });
  return { field, ...shown, sentence: { start: from, end: to }, rule: rule.source, reading };
}

/** What of a text is shown as proof, and where it stands. */
function phraseIn(text: string, { start, end }: Span): Pick<Evidence, "start" | "end" | "phrase"> {
  const last = end - start <= LONGEST_PHRASE ? end : boundaryBefore(text, start + LONGEST_PHRASE);
  return { start, end: last, phrase: text.slice(start, last) };
}

/** Evidence of a gloss as what it stands for in the article, whose words are shown. */
export function inItsWords(evidence: Evidence, article: Readonly<Record<Field, string>>, { back }: Glossed): Evidence {
  const toText = back[evidence.field];
  return { ...evidence, ...phraseIn(article[evidence.field], toText(evidence)), sentence: toText(evidence.sentence) };
}
