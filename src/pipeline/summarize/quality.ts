import { withoutQuotations } from "./speech.ts";

/** A trait that makes a sentence worse to stand alone, and what its score is multiplied by. */
type Trait = { readonly trait: RegExp; readonly factor: number };

/**
 * Found by search on public summaries of news, laws and bills; see docs/summaries.md. A definition or an amending
 * clause says little to those who have not read the rest; a pronoun at the start points at a sentence that is not shown.
 */
const TRAITS: readonly Trait[] = [
  { trait: /^\p{Ll}/u, factor: 0.8 },
  { trait: /(?<![.!?。！？…])(?<![.!?…]["”’')\]])$/u, factor: 0.85 },
  { trait: /\?["”’]?$/u, factor: 0.8 },
  { trait: /^["“«]/u, factor: 0.9 },
  { trait: /^["“«][^"”»]*$/u, factor: 0.8 },
  {
    trait:
      /^(?:but|and|so|he|she|they|it|that|this|these|those|his|her|their|its|such|however|meanwhile|yet|still|also|then|there|here)\b/iu,
    factor: 0.8,
  },
  { trait: /\bis amended\b|^(?:by )?(?:inserting|striking)\b/iu, factor: 0.7 },
];

/** A law's definition: `the term … means`. Looked for in two steps, as one pattern would look for the end anew at each beginning. */
function defines(sentence: string): boolean {
  const at = sentence.search(/\bthe term\b/iu);
  if (at !== -1 && /\bmeans?\b/iu.test(sentence.slice(at))) return true;
  return /\bhas the meaning\b|\bincludes?—/iu.test(sentence);
}
const DEFINITION_FACTOR = 0.6;

/** The writer speaks of themselves or to the reader: comment, not report. */
const VOICE = /\b(?:I|[Ww]e|[Yy]ou|[Oo]ur|[Mm]y|[Yy]our)\b/u;
const VOICE_FACTOR = 0.6;

/** Shorter sentences say too little: a tag line, an aside. */
const SHORT_WORDS = 15;

/** How well a sentence stands alone, from 0 to 1. */
export function quality(sentence: string, words: number): number {
  let factor = Math.sqrt(Math.min(1, words / SHORT_WORDS));
  for (const { trait, factor: worse } of TRAITS) if (trait.test(sentence)) factor *= worse;
  if (defines(sentence)) factor *= DEFINITION_FACTOR;
  if (VOICE.test(withoutQuotations(sentence))) factor *= VOICE_FACTOR;
  return factor;
}
