import type { Block, Draft, Line, Span } from "#destinations/draft/draft.ts";

/** `[2]`, `[2, p. 3]`: its address stands with the name of the source. */
const CITATION = /^\[\d+(?:, pp?\. [\d–]+)?\]$/;

/** Underlines a title no further than a reading pane is wide. */
const WIDEST = 72;

/** The plain text of a mail: every address stands behind what it is linked to. */
export function mailText({ title, blocks }: Pick<Draft, "title" | "blocks">, foot: readonly Line[]): string {
  const head = [
    title.text,
    "=".repeat(Math.min(title.text.length, WIDEST)),
    ...(title.url === undefined ? [] : [title.url]),
  ];
  const paragraphs = blocks.map(paragraphOf);
  return `${[head.join("\n"), ...paragraphs, ["-- ", ...foot.map(lineText)].join("\n")].join("\n\n")}\n`;
}

function paragraphOf({ as, lines }: Block): string {
  const shown = lines.map(lineText).filter((line) => line !== "");
  if (as === "heading") return shown.map((line) => `${line}\n${"-".repeat(Math.min(line.length, WIDEST))}`).join("\n");
  return as === "item" ? shown.map((line, at) => `${at === 0 ? "* " : "  "}${line}`).join("\n") : shown.join("\n");
}

const lineText = (line: Line): string => line.map(spanText).join("");

/** An address that stands in the words is not said twice; nobody's program breaks these lines but where it likes. */
function spanText({ text: words, url }: Span): string {
  const text = words.replaceAll("\u00a0", " ");
  if (url === undefined || CITATION.test(text) || url.startsWith("mailto:")) return text;
  return `${text} <${url}>`;
}
