import { Buffer } from "node:buffer";
import { type Block, type Draft, type Line, runsOf, type Span } from "#destinations/draft/draft.ts";

/**
 * The HTML of a mail, read without a picture, a font or anything else from elsewhere: programs for mail drop what is linked and keep
 * inline styles; what cannot stand inline, the colours of a dark screen, stands in one style element, which some drop.
 */

const FONT = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;";

/** Colours by role, on a light screen; each at 4.5 to 1 or more against its ground, as are those of the dark. */
const STYLES = {
  body: `margin:0;padding:0;background:#ffffff;color:#1c1e21;${FONT}font-size:16px;line-height:1.5;-webkit-text-size-adjust:100%;`,
  page: "max-width:640px;margin:0 auto;padding:24px 16px;",
  title: "margin:0 0 16px;font-size:22px;line-height:1.3;font-weight:700;overflow-wrap:anywhere;",
  heading: "margin:28px 0 8px;font-size:18px;line-height:1.3;font-weight:700;overflow-wrap:anywhere;",
  text: "margin:0 0 12px;overflow-wrap:anywhere;",
  list: "margin:0 0 12px;padding:0 0 0 20px;",
  item: "margin:0 0 10px;overflow-wrap:anywhere;",
  small: "margin:0 0 12px;font-size:14px;color:#5b6168;overflow-wrap:anywhere;",
  foot: "margin:28px 0 0;padding:12px 0 0;border-top:1px solid #d5d9de;font-size:13px;color:#5b6168;overflow-wrap:anywhere;",
  link: "color:#0b57d0;",
  /** A headline that is a link: known by its line alone, as headlines are. */
  named: "color:inherit;",
} as const;

const DARK = `@media (prefers-color-scheme:dark){.page,.page body{background:#17191c!important;color:#e6e8eb!important}a{color:#8ab4f8!important}h1 a,h2 a{color:inherit!important}.dim{color:#a7adb5!important;border-color:#3c4147!important}}`;

export function mailHtml({ title, blocks, notice }: Draft, foot: readonly Line[]): string {
  const parts = [
    `<h1 dir="auto" style="${STYLES.title}">${spanHtml(title, STYLES.named)}</h1>`,
    ...runsOf(blocks).map(runHtml),
    `<p class="dim" style="${STYLES.foot}">${foot.map((line) => lineHtml(line)).join("<br>")}</p>`,
  ];
  return [
    '<!doctype html><html lang="en" class="page"><head><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width,initial-scale=1">',
    '<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">',
    `<title>${escaped(notice)}</title><style>:root{color-scheme:light dark}${DARK}</style></head>`,
    `<body style="${STYLES.body}"><div style="${STYLES.page}">`,
    ...parts,
    "</div></body></html>",
  ].join("\n");
}

/** How many bytes a block takes. */
export const htmlSize = (block: Block): number => Buffer.byteLength(runHtml([block])) + 1;

function runHtml(run: readonly Block[]): string {
  const [first] = run;
  if (first === undefined) return "";
  const { as } = first;
  if (as === "item") {
    const items = run.map((block) => `<li dir="auto" style="${STYLES.item}">${linesHtml(block)}</li>`);
    return `<ul style="${STYLES.list}">${items.join("\n")}</ul>`;
  }
  if (as === "heading") return `<h2 dir="auto" style="${STYLES.heading}">${linesHtml(first, STYLES.named)}</h2>`;
  return `<p dir="auto"${as === "small" ? ' class="dim"' : ""} style="${STYLES[as]}">${linesHtml(first)}</p>`;
}

const linesHtml = ({ lines }: Block, link?: string): string =>
  lines
    .map((line) => lineHtml(line, link))
    .filter((line) => line !== "")
    .join("<br>");

const lineHtml = (line: Line, link?: string): string => line.map((span) => spanHtml(span, link)).join("");

function spanHtml({ text, strong, url }: Span, link: string = STYLES.link): string {
  const shown = strong === true ? `<strong>${escaped(text)}</strong>` : escaped(text);
  return url === undefined ? shown : `<a href="${escaped(url)}" style="${link}">${shown}</a>`;
}

/** Text as HTML shows it to the letter, in an attribute too. */
const escaped = (text: string): string => text.replace(/[&<>"']/g, (mark) => `&#${mark.charCodeAt(0)};`);
