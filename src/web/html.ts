/** Markup that stands in a page as it is: only `html` makes it, out of literals of this program. */
class Markup {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  toString(): string {
    return this.#text;
  }
}

export type Html = Markup;

/** What may be put into markup: text is escaped, markup stands as it is, a list is joined, nothing is left out. */
export type Piece = Html | string | number | null | false | readonly Piece[];

/** A page or a part of one: html`<p>${title}</p>`. An attribute needs its quotes: html`<a href="${url}">`. */
export const html = (literals: TemplateStringsArray, ...pieces: readonly Piece[]): Html =>
  new Markup(literals.reduce((text, literal, at) => `${text}${written(pieces[at - 1] ?? null)}${literal}`));

function written(piece: Piece): string {
  if (piece === null || piece === false) return "";
  if (piece instanceof Markup) return piece.toString();
  if (typeof piece === "object") return piece.map(written).join("");
  return escaped(String(piece));
}

/** What ends a text or the value of an attribute, and controls, which no page may hold. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: those are what is left out.
const ACTIVE = /[&<>"'\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g;

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

const escaped = (text: string): string => text.toWellFormed().replace(ACTIVE, (one) => ENTITIES[one] ?? "");
