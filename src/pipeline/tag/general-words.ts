import { ACT_VERBS, KINDS } from "#text/acts.ts";
import { FUNCTION_WORDS } from "#text/english.ts";
import { fold, stem } from "#text/tokens.ts";

/** Stems of English words of acts, and of those who act and what is acted upon, in whatever field: but for names of systems, which are AI's. */
export const GENERAL_STEMS: ReadonlySet<string> = new Set(
  [...ACT_VERBS.keys(), ...[...KINDS].flatMap(([noun, kind]) => (kind === "system" ? [] : [noun]))]
    .filter((word) => !FUNCTION_WORDS.has(word))
    .map((word) => stem(fold(word))),
);
