import type { Line, Run, Shown } from "./words.ts";

const WIDTH = 640;
const LINE = 20;
const PER_LINE = 82;
const FONT = "system-ui, sans-serif";

/** A message drawn as an SVG, roughly as Discord's dark theme has it. `asked` is what the person typed or pressed. */
export function pictureOf(asked: string, shown: Shown): string {
  const parts: string[] = [];
  let y = 26;
  const text = (x: number, at: number, body: string, attributes = "") =>
    parts.push(`<text x="${x}" y="${at}" ${attributes}>${body}</text>`);
  const lines = (wrapped: readonly Line[], x: number) => {
    for (const line of wrapped) {
      text(x, y, line.map(spanOf).join(""));
      y += LINE;
    }
  };
  text(16, y, escaped(asked), 'fill="#949ba4" font-size="13"');
  y += LINE + 4;
  text(16, y, escaped(shown.author), 'fill="#f2f3f5" font-weight="600"');
  y += LINE + 2;
  lines(wrap(shown.content), 16);
  for (const embed of shown.embeds) {
    const top = y - 10;
    const at = parts.length;
    y += 12;
    lines(wrap([[{ text: embed.title, bold: true, link: false, code: false }]]), 32);
    y += 4;
    lines(wrap(embed.lines), 32);
    if (embed.footer !== null) {
      text(32, y + 2, escaped(embed.footer), 'fill="#949ba4" font-size="12"');
      y += LINE;
    }
    parts.splice(
      at,
      0,
      `<rect x="16" y="${top}" width="${WIDTH - 32}" height="${y - top}" rx="4" fill="#2b2d31"/><rect x="16" y="${top}" width="4" height="${y - top}" rx="2" fill="${embed.colour}"/>`,
    );
    y += 16;
  }
  for (const row of shown.buttons) {
    let x = 16;
    for (const label of row) {
      const width = label.length * 7.4 + 24;
      parts.push(`<rect x="${x}" y="${y - 8}" width="${width.toFixed(0)}" height="30" rx="4" fill="#4e5058"/>`);
      text(x + 12, y + 12, escaped(label), 'fill="#ffffff" font-weight="500"');
      x += Math.ceil(width) + 8;
    }
    y += 38;
  }
  if (shown.ephemeral) {
    text(16, y + 4, "Only you can see this", 'fill="#949ba4" font-size="12"');
    y += LINE;
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${y + 6}" font-family="${FONT}" font-size="14" fill="#dbdee1"><title>${escaped(asked)}</title><rect width="100%" height="100%" fill="#313338"/>${parts.join("")}</svg>\n`;
}

function spanOf({ text, bold, link, code }: Run): string {
  const attributes = [
    bold ? 'font-weight="700"' : "",
    link ? 'fill="#00a8fc"' : "",
    code ? 'font-family="monospace"' : "",
  ].filter((one) => one !== "");
  return attributes.length === 0 ? escaped(text) : `<tspan ${attributes.join(" ")}>${escaped(text)}</tspan>`;
}

/** Breaks lines between words; what is drawn has no measure of its own, so characters are counted. */
function wrap(lines: readonly Line[]): Line[] {
  return lines.flatMap((line) => {
    const wrapped: Run[][] = [[]];
    let length = 0;
    for (const run of line) {
      for (const word of run.text.split(/(?<= )/)) {
        if (length + word.trimEnd().length > PER_LINE && length > 0) {
          wrapped.push([]);
          length = 0;
        }
        wrapped.at(-1)?.push({ ...run, text: word });
        length += word.length;
      }
    }
    return wrapped;
  });
}

const escaped = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
