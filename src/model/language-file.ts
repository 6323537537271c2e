import { z } from "zod";

const letters = z.string().regex(/^\p{L}*$/u, "not letters alone");

/**
 * What is known of a language beside English: how its words change, and what they are in English. The program has a file a language
 * (src/text/languages); a pack may have one of its own (languages/de.yaml), whose words count before those.
 */
export const languageFile = z
  .strictObject({
    endings: z
      .array(letters)
      .default([])
      .describe("Endings in which the forms of a word differ: `[en, er, e, s]`. Four letters of a word always stay."),
    joints: z
      .array(letters)
      .default([])
      .describe("Letters between the parts of words written as one: `[s, n]`. Left out, words are not taken apart."),
    elided: z
      .array(letters)
      .default([])
      .describe("Words that stand before an apostrophe and the next word: `[l, d, qu]` for l'IA."),
    abbreviations: z
      .array(z.string().min(1))
      .default([])
      .describe("What ends in a full stop and ends no sentence, without that stop: `[Art, z.B]`."),
    capitalNouns: z
      .boolean()
      .default(false)
      .describe("true where every noun has a capital, so that a capital behind an article makes no name."),
    words: z
      .record(
        z.string(),
        z.array(z.string().min(1)).min(1, "no word").describe("A list of words or phrases, as docs/packs.md says."),
      )
      .describe(
        "By English words, as the pack's phrases have them, what says the same: `fine: [Bußgeld, Geldstrafe]`.",
      ),
  })
  .describe("Words and phrases of a language with what they are in English.");

export type LanguageFile = z.output<typeof languageFile>;

/** What a pack says of languages, by ISO 639-1 code. */
export type Glossaries = Readonly<Record<string, LanguageFile>>;
