/**
 * What no reader sees, and what turns, hides or pads a line: controls, all that Unicode lets a renderer ignore (joiners,
 * direction marks, tags, fillers), notes between lines, Braille's blank. An emoji's own selector stays.
 */
const UNSEEN = /(?:(?!\ufe0f)[\p{Cc}\p{DI}\u2028\u2029\u2800\ufff9-\ufffb])+/gu;

/** Living scripts put four marks on a letter at most; more of them grow into the lines around. */
const STACKED = /(\p{M}{4})\p{M}+/gu;

/** Text of a source as one line that shows all that it holds. */
export const seenText = (text: string): string =>
  text.toWellFormed().replace(UNSEEN, " ").replace(STACKED, "$1").replace(/\s+/g, " ").trim();
