import type { Article } from "#model/article.ts";
import { LONGEST_QUOTE, MOST_QUOTES } from "#model/limits.ts";
import type { Quote } from "#model/quote.ts";
import type { Span } from "#model/tag.ts";
import { sentencesOf } from "#text/reading.ts";
import { paragraphsOf } from "#text/sentences.ts";
import { type Item, itemsOf } from "./items.ts";
import { FullNames, Present } from "./names.ts";
import { spokenAhead, utterancesIn } from "./sentence.ts";
import { type Named, peopleIn, subjectOf } from "./speaker.ts";

/** A paragraph without any of these says nothing of what somebody said. */
const SPEAKS = /["“„«»‘]|\b(?:s(?:aid|ays?)|told|wrote|writes|according to|that)\b/;

/** Words of a quotation that stands alone and says something. */
const FEWEST_WORDS = 4;

type Said = { readonly kind: Quote["kind"]; readonly named: Named; parts: readonly Span[]; readonly sentence: Span };

/** What the next quotation that stands alone belongs to: words that go on, somebody who is about to speak, or words that nobody has said yet. */
type Open = { readonly said: Said | null; readonly named: Named | null; readonly loose: readonly Span[] };

const NOTHING: Open = { said: null, named: null, loose: [] };

/**
 * Who said what in an article, in order: words in marks, and positions in the article's own words. Each part is a span of the
 * text. Who speaks is named in the same sentence, or is the only one whom a pronoun can mean; what nobody can be told to have said
 * is left out. English alone is read.
 */
export function quotesIn(article: Pick<Article, "text" | "textHash" | "language">): readonly Quote[] {
  const { text, language } = article;
  if (language !== null && language !== "en") return [];
  const begins = new Set(sentencesOf(article).map(({ start }) => start));
  const found: Said[] = [];
  const full = new FullNames();
  let open = NOTHING;
  for (const paragraph of paragraphsOf(text)) {
    if (found.length >= MOST_QUOTES) break;
    if (!SPEAKS.test(text.slice(paragraph.start, paragraph.end))) {
      open = NOTHING;
      continue;
    }
    const sentences = itemsOf(text, paragraph, begins);
    for (const items of sentences)
      for (const named of [subjectOf(text, items), ...peopleIn(text, items)]) full.add(named);
    open = readParagraph(text, sentences, open, found);
  }
  for (const { named } of found) full.add(named);
  return found
    .filter(({ parts }) => parts.every(({ start, end }) => end > start && end - start <= LONGEST_QUOTE))
    .slice(0, MOST_QUOTES)
    .map(({ kind, named, parts, sentence }) => {
      const { name: speaker, office } = full.of(named);
      return { kind, speaker, office, parts, sentence };
    });
}

/** Reads the sentences of a paragraph into `found`. Returns what is open where it ends. */
function readParagraph(text: string, sentences: readonly (readonly Item[])[], before: Open, found: Said[]): Open {
  const present = new Present();
  let open = before;
  for (const [at, items] of sentences.entries()) {
    if (items.length === 0) continue;
    // Across paragraphs nothing goes on but what was not closed, or was announced.
    open = items.every(({ quotation }) => quotation !== null)
      ? readAlone(text, items, open, found)
      : readSentence(text, items, { present, open, isFirst: at === 0 }, found);
    present.note(text, items);
  }
  return ended(text, sentences, open);
}

const spanOf = (items: readonly Item[]): Span => ({ start: items[0]!.start, end: items.at(-1)!.end });
const wordsIn = (text: string, { start, end }: Span): number => text.slice(start, end).trim().split(/\s+/).length;

/** A sentence that is a quotation and nothing else. */
function readAlone(text: string, items: readonly Item[], open: Open, found: Said[]): Open {
  const parts = items.map(({ quotation }) => quotation!.inner);
  const { said, named } = open;
  if (said?.kind === "verbatim") {
    said.parts = [...said.parts, ...parts];
    return open;
  }
  const speaker = said?.named ?? named;
  if (speaker === null) return { ...NOTHING, loose: items.at(-1)!.quotation!.goesOn ? [...open.loose, ...parts] : [] };
  if (parts.every((part) => wordsIn(text, part) < FEWEST_WORDS)) return open;
  const alone: Said = { kind: "verbatim", named: speaker, parts, sentence: spanOf(items) };
  found.push(alone);
  return { ...NOTHING, said: alone };
}

type Around = { readonly present: Present; readonly open: Open; readonly isFirst: boolean };

/** A sentence in which somebody may be said to speak. */
function readSentence(text: string, items: readonly Item[], { present, open, isFirst }: Around, found: Said[]): Open {
  let last: Said | null = null;
  present.add(subjectOf(text, items));
  for (const { kind, speaker, parts, goesOn } of utterancesIn(text, items)) {
    const named = speaker.kind === "pronoun" ? present.meant(speaker.name) : speaker;
    last = null;
    if (named === null) continue;
    present.add(named);
    const loose = isFirst && items[0]!.quotation !== null ? open.loose : [];
    const said: Said = { kind, named, parts: [...loose, ...parts], sentence: spanOf(items) };
    found.push(said);
    last = goesOn || kind === "position" ? said : null;
  }
  if (last !== null) return { ...NOTHING, said: last };
  return { ...NOTHING, named: spokenAhead(text, items) };
}

/** What is still open behind a paragraph. */
function ended(text: string, sentences: readonly (readonly Item[])[], open: Open): Open {
  const last = sentences.at(-1)?.at(-1);
  if (last === undefined) return NOTHING;
  if (last.quotation !== null) return last.quotation.goesOn ? open : NOTHING;
  return open.named !== null && /^\s*:/.test(text.slice(last.end, last.end + 3))
    ? { ...NOTHING, named: open.named }
    : NOTHING;
}
