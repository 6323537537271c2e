import type { Line, Run, Shown } from "./words.ts";

/** How Discord looks in a theme: its own colours, as its client has them. */
const THEMES = {
  dark: {
    ground: "#313338",
    text: "#dbdee1",
    strong: "#f2f3f5",
    faint: "#949ba4",
    embed: "#2b2d31",
    edge: "#3f4147",
    link: "#00a8fc",
    code: "#1e1f22",
    button: "#4e5058",
    label: "#ffffff",
    mention: "#3c4270",
    named: "#c9cdfb",
    time: "#3f4147",
  },
  light: {
    ground: "#ffffff",
    text: "#313338",
    strong: "#060607",
    faint: "#5c5e66",
    embed: "#f2f3f5",
    edge: "#e3e5e8",
    link: "#006ce7",
    code: "#e3e5e8",
    button: "#6d6f78",
    label: "#ffffff",
    mention: "#e6e8fd",
    named: "#505cdc",
    time: "#ebedef",
  },
} as const;

export type Theme = keyof typeof THEMES;

/** A message as a page of its own, as a browser of this width in pixels shows it in Discord. `asked` is what was typed or pressed. */
export function htmlOf(asked: string, shown: Shown, theme: Theme, width: number): string {
  const narrow = width < 500;
  const { author, content, embeds, buttons, ephemeral } = shown;
  const said = content.length === 0 ? "" : `<div class="said">${linesHtml(content)}</div>`;
  const rows = buttons.map((row) => `<div class="row">${row.map(buttonHtml).join("")}</div>`);
  return `<!doctype html><html lang="en"><meta charset="utf-8"><style>${styleOf(theme, narrow)}</style><body>
<div class="asked">${escaped(asked)}</div>
<div class="message"><div class="face">P</div><div class="body">
<div class="who">${escaped(author)}<span class="app">APP</span></div>
${said}${embeds.map(embedHtml).join("")}${rows.join("")}
${ephemeral ? '<div class="only">👁 Only you can see this · <span class="a">Dismiss message</span></div>' : ""}
</div></div></body></html>`;
}

function embedHtml({ title, lines, footer, colour, linked, image }: Shown["embeds"][number]): string {
  const foot = footer === null ? "" : `<div class="foot">${escaped(footer)}</div>`;
  const picture =
    image === null
      ? ""
      : `<img class="image" alt="${escaped(image.alt)}" src="data:image/png;base64,${image.png.toString("base64")}">`;
  return `<div class="embed" style="border-left-color:${colour}"><div class="title${linked ? " link" : ""}">${escaped(title)}</div><div>${linesHtml(lines)}</div>${picture}${foot}</div>`;
}

const buttonHtml = ({ label, menu }: Shown["buttons"][number][number]): string =>
  menu ? `<span class="menu">${escaped(label)}<span>⌄</span></span>` : `<span class="button">${escaped(label)}</span>`;

const linesHtml = (lines: readonly Line[]): string => lines.map(lineHtml).join("");

/** A line of a list hangs behind its dot. */
function lineHtml(line: Line): string {
  const [first] = line;
  if (first === undefined) return '<div class="gap"></div>';
  const listed = first.kind === "text" && first.text.startsWith("• ");
  return `<div${listed ? ' class="item"' : ""}>${line.map(runHtml).join("")}</div>`;
}

function runHtml({ text, bold, kind }: Run): string {
  const body = bold ? `<b>${escaped(text)}</b>` : escaped(text);
  return kind === "text" ? body : `<span class="${kind}">${body}</span>`;
}

function styleOf(theme: Theme, narrow: boolean): string {
  const at = THEMES[theme];
  const size = narrow ? 15 : 16;
  return `
* { box-sizing: border-box; }
body { margin: 0; padding: 12px ${narrow ? 10 : 16}px; background: ${at.ground}; color: ${at.text}; font: ${size}px/1.375 "gg sans", "Noto Sans", sans-serif, "Noto Color Emoji"; overflow-wrap: anywhere; }
.asked { color: ${at.faint}; font-size: 13px; margin: 0 0 8px ${narrow ? 46 : 56}px; }
.message { display: flex; gap: ${narrow ? 10 : 16}px; }
.face { flex: none; width: ${narrow ? 36 : 40}px; height: ${narrow ? 36 : 40}px; border-radius: 50%; background: #2f5d8a; color: #fff; font-weight: 600; display: flex; align-items: center; justify-content: center; }
.body { min-width: 0; flex: 1; }
.who { color: ${at.strong}; font-weight: 600; margin-bottom: 2px; }
.app { background: #5865f2; color: #fff; font-size: 10px; font-weight: 600; border-radius: 3px; padding: 1px 4px; margin-left: 6px; vertical-align: 2px; }
.embed { max-width: 516px; background: ${at.embed}; border: 1px solid ${at.edge}; border-left: 4px solid; border-radius: 4px; padding: 8px 16px 14px 12px; margin-top: 4px; font-size: ${narrow ? 14 : 14}px; line-height: 1.3; }
.title { font-weight: 600; font-size: 16px; color: ${at.strong}; margin: 4px 0 8px; }
.image { display: block; width: 100%; border-radius: 4px; margin-top: 12px; }
.foot { font-size: 12px; color: ${at.faint}; margin-top: 8px; }
.item { padding-left: 14px; text-indent: -12px; margin: 3px 0; }
.gap { height: 10px; }
.link, .title.link, .a { color: ${at.link}; }
.code { font-family: "Noto Sans Mono", "DejaVu Sans Mono", monospace; font-size: 85%; background: ${at.code}; border-radius: 3px; padding: 1px 3px; }
.mention { background: ${at.mention}; color: ${at.named}; border-radius: 3px; padding: 0 2px; font-weight: 500; }
.time { background: ${at.time}; border-radius: 3px; padding: 0 2px; }
.row { display: flex; flex-wrap: wrap; gap: 8px; margin-top: 8px; max-width: ${narrow ? "none" : "600px"}; }
.button { background: ${at.button}; color: ${at.label}; border-radius: 4px; padding: 6px 16px; font-size: 14px; font-weight: 500; line-height: 20px; }
.menu { flex: 1; max-width: 400px; background: ${at.code}; color: ${at.faint}; border: 1px solid ${at.edge}; border-radius: 4px; padding: 8px 10px; display: flex; justify-content: space-between; }
.only { font-size: 12px; color: ${at.faint}; margin-top: 6px; }
`;
}

const escaped = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
