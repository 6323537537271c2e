import { dateOf, type StoredArticle } from "#model/article.ts";
import type { Matter, Sighting, StandingPart } from "#model/matter.ts";
import { type Facets, stageGroups } from "#model/pack.ts";
import { type Field, type Span, type Tag, type Tagging, tagsOn } from "#model/tag.ts";
import { dayOf } from "#text/calendar.ts";
import { identifiersOf } from "#text/identifiers.ts";
import { sentencesOf } from "#text/reading.ts";
import { keyOf, type Law, lawsByNumber, numberOfLaw } from "./keys.ts";
import { lawNamesIn, nameBeside } from "./names.ts";
import { pageOf } from "./pages.ts";
import { partsIn } from "./standing.ts";

/** Characters of a text that make its lede. */
const LEDE = 400;
/** What is read of a text: a notice cites the statutes it rests on at length. */
const READ = 20_000;
/** Matters of an article: past it, it is a list of numbers. */
const MOST_MATTERS = 12;
/** A sentence that says where a matter stands; a longer one is of a law. */
const LONGEST_PROOF = 600;

/** Where a matter is named, by its number, by a phrase of the pack or by its name. */
type Mention = { readonly field: Field; readonly span: Span; readonly sentence: string };

/** What a pack says of laws, and of the stages that a matter goes through. */
type SightedBy = Pick<Facets, "instruments" | "stages">;

type Seen = Matter & { readonly mentions: Mention[]; readonly names: Set<string> };

/**
 * The matters that an article is about: named in title or lede, or in two sentences; and the laws of the pack that it is tagged
 * with, also where it writes their numbers alone. `called` are those that are known by a name that the head of the article says,
 * by the name.
 */
export function sightingsIn(
  article: StoredArticle,
  tagging: Tagging,
  facets: SightedBy,
  called: ReadonlyMap<string, Matter> = new Map(),
): readonly Sighting[] {
  const seen = new Map<string, Seen>();
  const note = (matter: Matter, mention: Mention): Seen => {
    const one = seen.get(matter.key) ?? { ...matter, mentions: [], names: new Set<string>() };
    seen.set(matter.key, one);
    one.mentions.push(mention);
    return one;
  };
  const { instruments } = facets;
  const laws = lawsByNumber(instruments);
  for (const { found, mention, nearest } of numbersIn(article)) {
    const { start, end } = mention.span;
    const written = (mention.field === "title" ? article.title : article.text).slice(start, end);
    const key = keyOf(found, dateOf(article), nearest);
    if (key === null) continue;
    const law = laws.get(key) ?? laws.get(found.key);
    const own = { key, kind: found.kind, written, page: pageOf(key, written) };
    const { names } = note(law === undefined ? own : matterOf(law), mention);
    const at = mention.sentence.indexOf(written);
    const name = nameBeside(mention.sentence, { start: at, end: at + written.length });
    if (name !== null) names.add(name);
  }
  for (const { id, evidence } of tagsOn(tagging.tags, "instrument")) {
    const law = instruments.find((each) => each.id === id);
    for (const { field, start, end, sentence } of law === undefined ? [] : evidence) {
      const said = field === "title" ? article.title : article.text.slice(sentence.start, sentence.end);
      note(matterOf(law!), { field, span: { start, end }, sentence: said });
    }
  }
  for (const { name, ...mention } of namesInHead(article)) {
    const matter = called.get(name);
    if (matter !== undefined) note(matter, mention);
  }
  return [...seen.values()]
    .filter(isAbout)
    .slice(0, MOST_MATTERS)
    .map((one) => sightingOf(one, article, tagging, facets));
}

/** A law of the pack, under the first of its numbers where it has one. */
function matterOf(law: Law): Matter {
  const { id: key, name, numbers: [number] = [] } = law;
  const filed = number === undefined ? undefined : numberOfLaw(number)[0]?.key;
  return { key, kind: "law", written: number ?? name, page: filed === undefined ? null : pageOf(filed, number!) };
}

/** The numbers in an article, each with its sentence and what says whose it is, the nearest first. */
function* numbersIn(article: StoredArticle) {
  const { title } = article;
  const text = article.text.slice(0, READ);
  const lede = `${title} ${text.slice(0, LEDE)}`;
  const sentences = sentencesOf(article);
  const from = title.length + 1;
  let at = 0;
  // Read together: a word of law in the title vouches for a number in the text.
  for (const { start, end, ...found } of identifiersOf(`${title}\n${text}`)) {
    if (end <= title.length) {
      yield {
        found,
        mention: { field: "title", span: { start, end }, sentence: title } as const,
        nearest: [title, lede],
      };
      continue;
    }
    const span = { start: start - from, end: end - from };
    while (at < sentences.length - 1 && sentences[at]!.end < span.end) at++;
    const around = sentences[at] ?? span;
    const sentence = article.text.slice(around.start, around.end);
    yield { found, mention: { field: "text", span, sentence } as const, nearest: [sentence, lede, text] };
  }
}

const isAbout = ({ mentions }: Seen): boolean =>
  mentions.some(({ field, span }) => field === "title" || span.start < LEDE) ||
  new Set(mentions.map(({ sentence }) => sentence)).size > 1;

function sightingOf(seen: Seen, article: StoredArticle, { tags }: Tagging, facets: SightedBy): Sighting {
  const { mentions, names, ...matter } = seen;
  const stage = tagsOn(tags, "stage").find(({ primary }) => primary);
  const groups = stageGroups(facets);
  // A statement or talks are no step of a bill.
  const isStep = stage !== undefined && groups.of.get(stage.id) !== groups.open;
  const proof = isStep ? proofIn(stage, mentions, article) : undefined;
  const step = proof === undefined ? null : { stage: stage!.id, sentence: proof };
  return { ...matter, names: [...names], step, parts: partsOf(mentions, article) };
}

/** How the sentences that name a law say that it stands, the last of each part. */
function partsOf(mentions: readonly Mention[], article: StoredArticle): readonly StandingPart[] {
  const parts = new Map<string, StandingPart>();
  for (const { field, span, sentence } of mentions) {
    if (sentence.length > LONGEST_PROOF) continue;
    const named = sentence.indexOf((field === "title" ? article.title : article.text).slice(span.start, span.end));
    for (const one of partsIn(sentence, named, dayOf(dateOf(article)))) parts.set(one.part, one);
  }
  return [...parts.values()];
}

/** The sentence that shows a stage and names the matter, or that stands in the head of an article whose title names it. */
function proofIn({ evidence }: Tag, mentions: readonly Mention[], { title, text }: StoredArticle): string | undefined {
  const inTitle = mentions.some(({ field }) => field === "title");
  const said = evidence.flatMap(({ field, sentence }) => {
    const shown = field === "title" ? title : text.slice(sentence.start, sentence.end);
    const isNamed = mentions.some((mention) => mention.sentence === shown);
    return isNamed || (inTitle && (field === "title" || sentence.start < LEDE)) ? [shown] : [];
  });
  return said.find((sentence) => sentence.length <= LONGEST_PROOF);
}

/** The names of laws in title and lede, by which a matter may be known where its number does not stand. */
export function namesInHead(article: StoredArticle): readonly (Mention & { readonly name: string })[] {
  const { title, text } = article;
  const inTitle = lawNamesIn(title).map((span) => {
    return { field: "title" as const, span, sentence: title, name: title.slice(span.start, span.end) };
  });
  const inLede = lawNamesIn(text.slice(0, LEDE)).map((span) => {
    const { start, end } = sentencesOf(article).find((one) => one.end >= span.end) ?? span;
    return { field: "text" as const, span, sentence: text.slice(start, end), name: text.slice(span.start, span.end) };
  });
  return [...inTitle, ...inLede];
}
