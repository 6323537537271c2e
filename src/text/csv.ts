/** What a spreadsheet takes for a formula when a cell begins with it. */
const FORMULA = /^[\s]*[=+\-@＝＋－＠|%]/u;

/** A cell: in quotation marks where it must be, and behind an apostrophe where a spreadsheet would run it. */
function cell(text: string): string {
  const inert = FORMULA.test(text) || /^[\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n;]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}

/** Rows as CSV (RFC 4180), the names of the columns first. No cell is a formula, whoever wrote what stands in it. */
export const csvOf = (columns: readonly string[], rows: readonly (readonly string[])[]): string =>
  [columns, ...rows].map((row) => `${row.map(cell).join(",")}\r\n`).join("");
