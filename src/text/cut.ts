/** Room around a cut in which a letter with all its marks and joiners begins and ends; more marks than that are no letter. */
const AROUND = 32;

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

/** What turns the text behind it until its own end: embeddings and overrides, isolates. */
const OPENS: Readonly<Record<string, string>> = {
  "\u202a": "\u202c",
  "\u202b": "\u202c",
  "\u202d": "\u202c",
  "\u202e": "\u202c",
  "\u2066": "\u2069",
  "\u2067": "\u2069",
  "\u2068": "\u2069",
};

const CONTROLS = /[\u202a-\u202e\u2066-\u2069]/g;

/**
 * The beginning of a text, of at most `limit` characters, where it is longer: cut between letters, each with its marks, what turns the
 * text closed again, and an ellipsis to say so.
 */
export function cutText(text: string, limit: number): string {
  if (text.length <= limit) return text;
  let end = boundaryBefore(text, limit - 1);
  let closing = closersOf(text.slice(0, end));
  while (end > 0 && end + closing.length + 1 > limit) {
    end = boundaryBefore(text, end - 1);
    closing = closersOf(text.slice(0, end));
  }
  return `${text.slice(0, end).toWellFormed()}${closing}…`;
}

/** The last place at or before `at` where a letter ends. */
function boundaryBefore(text: string, at: number): number {
  const from = Math.max(0, at - AROUND);
  const { index = 0 } = graphemes.segment(text.slice(from, at + AROUND)).containing(at - from) ?? {};
  if (from + index > from) return from + index;
  // The letter has no beginning in sight: between two halves of a character at least nothing is cut.
  return /[\udc00-\udfff]/.test(text.charAt(at)) ? Math.max(0, at - 1) : at;
}

/** What closes whatever is open at the end of a text, the innermost first. */
function closersOf(text: string): string {
  const open: string[] = [];
  for (const [control] of text.matchAll(CONTROLS)) {
    const closer = OPENS[control];
    if (closer !== undefined) open.push(closer);
    else if (open.includes(control)) open.length = open.lastIndexOf(control);
  }
  return open.reverse().join("");
}
