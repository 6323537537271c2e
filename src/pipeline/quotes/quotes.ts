import type { Article } from "#model/article.ts";
import { LONGEST_QUOTE, MOST_PARTS, MOST_QUOTES } from "#model/limits.ts";
import type { Quote } from "#model/quote.ts";
import type { Span } from "#model/tag.ts";
import { unglued } from "#text/lost-breaks.ts";
import { type Readable, sentencesOf, within } from "#text/reading.ts";
import { paragraphsOf } from "#text/sentences.ts";
import { SPEAKING } from "#text/speaking.ts";
import { type Item, itemsOf } from "./items.ts";
import { inFull, Present } from "./names.ts";
import { FEWEST_WORDS, wordsIn } from "./quoted.ts";
import { spokenAhead, utterancesIn } from "./sentence.ts";
import type { Named } from "./who.ts";

/** A paragraph without any of these, or "that" behind a verb, says nothing of what somebody said. */
const SPEAKS = /["“„«»‘]|\b(?:s(?:aid|ays?)|told|wrote|writes|[Aa]ccording to)\b/;
const HOLDS = new RegExp(`\\b(?:${[...SPEAKING.keys()].join("|")})\\b`);

/** Told at little cost: most paragraphs are silent. */
const speaks = (paragraph: string): boolean =>
  SPEAKS.test(paragraph) || (/\bthat\b/.test(paragraph) && HOLDS.test(paragraph));

/** Where the sentences of a paragraph begin. */
const beginsIn = (article: Readable, paragraph: Span): ReadonlySet<number> =>
  new Set(
    within(sentencesOf(article), paragraph).flatMap((each) =>
      [...unglued(article.text, each)].map(({ start }) => start),
    ),
  );

type Said = { readonly kind: Quote["kind"]; readonly named: Named; parts: readonly Span[]; readonly sentence: Span };

/**
 * What a quotation that stands alone belongs to: words that go on, somebody who is about to speak, or words of which nobody has
 * been said to speak them.
 */
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
  const read = (paragraph: Span) => itemsOf(text, paragraph, beginsIn(article, paragraph));
  const found: Said[] = [];
  const known: (readonly Item[])[] = [];
  const silent: Span[] = [];
  let open = NOTHING;
  for (const paragraph of paragraphsOf(text)) {
    if (found.length >= MOST_QUOTES) break;
    if (speaks(text.slice(paragraph.start, paragraph.end))) {
      const sentences = read(paragraph);
      open = readParagraph(text, sentences, open, found);
      known.push(...sentences);
    } else {
      silent.push(paragraph);
      open = NOTHING;
    }
  }
  const speakers = found.map(({ named }) => named);
  const short = speakers.flatMap(({ name, proper }) => (proper && !name.includes(" ") ? [name] : []));
  for (const paragraph of silent) {
    const own = text.slice(paragraph.start, paragraph.end);
    if (short.some((name) => own.includes(name))) known.push(...read(paragraph));
  }
  const full = inFull(text, known, speakers);
  return found
    .filter(({ parts }) => parts.every(({ start, end }) => end > start && end - start <= LONGEST_QUOTE))
    .slice(0, MOST_QUOTES)
    .map(({ kind, named, parts, sentence }) => {
      const { name: speaker, office } = full(named);
      return { kind, speaker, office, parts, sentence };
    });
}

/** Reads the sentences of a paragraph into `found`. Returns what is open where it ends. */
function readParagraph(text: string, sentences: readonly (readonly Item[])[], before: Open, found: Said[]): Open {
  const present = new Present();
  let open = before;
  for (const [at, items] of sentences.entries()) {
    if (items.length === 0) continue;
    if (items.every(({ quotation }) => quotation !== null)) open = readAlone(text, items, open, found);
    else {
      const meant = (pronoun: string) => present.meant(pronoun, text, sentences, at);
      open = readSentence(text, items, { present, meant, loose: at === 0 ? open.loose : [] }, found);
    }
  }
  return ended(text, sentences, open);
}

const spanOf = (items: readonly Item[]): Span => ({ start: items[0]!.start, end: items.at(-1)!.end });

/** A sentence that is a quotation and nothing else. */
function readAlone(text: string, items: readonly Item[], open: Open, found: Said[]): Open {
  const parts = items.map(({ quotation }) => quotation!.inner);
  const { said, named } = open;
  if (said?.kind === "verbatim") {
    if (said.parts.length + parts.length > MOST_PARTS) return NOTHING;
    said.parts = [...said.parts, ...parts];
    return open;
  }
  const speaker = said?.named ?? named;
  if (speaker === null) {
    const goesOn = items.at(-1)!.quotation!.goesOn && open.loose.length + parts.length <= MOST_PARTS;
    return { ...NOTHING, loose: goesOn ? [...open.loose, ...parts] : [] };
  }
  if (parts.every((part) => wordsIn(text, part) < FEWEST_WORDS)) return open;
  const alone: Said = { kind: "verbatim", named: speaker, parts, sentence: spanOf(items) };
  found.push(alone);
  return { ...NOTHING, said: alone };
}

type Around = {
  readonly present: Present;
  readonly meant: (pronoun: string) => Named | null;
  readonly loose: readonly Span[];
};

/** A sentence in which somebody may be said to speak. */
function readSentence(text: string, items: readonly Item[], { present, meant, loose }: Around, found: Said[]): Open {
  let last: Said | null = null;
  for (const { kind, speaker, parts, goesOn } of utterancesIn(text, items)) {
    const named = speaker.kind === "pronoun" ? meant(speaker.name) : speaker;
    last = null;
    if (named === null) continue;
    present.add(named);
    const before = items[0]!.quotation === null || found.at(-1)?.sentence.start === items[0]!.start ? [] : loose;
    const said: Said = { kind, named, parts: [...before, ...parts], sentence: spanOf(items) };
    found.push(said);
    last = goesOn || kind === "position" ? said : null;
  }
  return { ...NOTHING, said: last };
}

/** What is still open behind a paragraph: words that go on in the next, or who was announced there. */
function ended(text: string, sentences: readonly (readonly Item[])[], open: Open): Open {
  const items = sentences.at(-1) ?? [];
  const last = items.at(-1);
  if (last === undefined) return NOTHING;
  if (last.quotation !== null) return last.quotation.goesOn ? open : NOTHING;
  return text.charAt(last.end) === ":" ? { ...NOTHING, named: spokenAhead(text, items) } : NOTHING;
}
