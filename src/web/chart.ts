import type { ChartWeek } from "#model/trend.ts";
import { topOf } from "#pipeline/trend/scale.ts";
import { type Html, html } from "./html.ts";

/** Pixels of the picture's height; its width is the page's, in hundredths, so that letters stay as large on a phone. */
const BARS = 180;
const ABOVE = 16;
const LABELS = 26;

/** Names of weeks that the narrowest phone has room for. */
const MOST_LABELS = 4;

const BASE = ABOVE + BARS;

/** Developments upwards from a line and movements downwards, week by week. */
export function chart(weeks: readonly ChartWeek[], alternative: string): Html {
  const top = topOf(Math.max(...weeks.map(({ developments }) => developments)));
  const scale = BARS / top;
  const below = Math.max(...weeks.map(({ movements }) => movements)) * scale;
  const height = Math.round(BASE + below + LABELS);
  return html`<svg class="chart" role="img" aria-label="${alternative}" width="100%" height="${height}" xmlns="http://www.w3.org/2000/svg">
${[1, 2, 3, 4].map((line) => gridLine((line * top) / 4, BASE - (line * BARS) / 4))}${weeks.map((week, at) => bars(week, at, weeks.length, scale))}
<line class="base" x1="0" x2="100%" y1="${BASE}" y2="${BASE}"/>${labels(weeks, height)}</svg>`;
}

const gridLine = (count: number, y: number): Html =>
  html`<line class="grid" x1="0" x2="100%" y1="${y}" y2="${y}"/><text x="0" y="${y - 4}">${count}</text>`;

function bars({ developments, movements, partial }: ChartWeek, at: number, of: number, scale: number): Html {
  const place = html`x="${hundredths(at + 0.15, of)}%" width="${hundredths(0.7, of)}%"`;
  const [up, down] = [developments * scale, movements * scale];
  return html`${up > 0 && html`<rect class="bar${partial && " partial"}" ${place} y="${rounded(BASE - up)}" height="${rounded(up)}"/>`}${
    down > 0 && html`<rect class="moved${partial && " partial"}" ${place} y="${BASE}" height="${rounded(down)}"/>`
  }`;
}

/** Of so many weeks that they fit, counted from the newest. */
function labels(weeks: readonly ChartWeek[], height: number): Html {
  const every = Math.ceil(weeks.length / MOST_LABELS);
  return html`${weeks.map(
    ({ label }, at) =>
      (weeks.length - 1 - at) % every === 0 &&
      html`<text x="${hundredths(at + 0.85, weeks.length)}%" y="${height - 6}" text-anchor="end">${label}</text>`,
  )}`;
}

const hundredths = (part: number, of: number): number => rounded((100 * part) / of);

const rounded = (value: number): number => Math.round(value * 100) / 100;
