import { buffer } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { createCanvas, GlobalFonts, type SKRSContext2D } from "@napi-rs/canvas";
import type { ChartWeek } from "#model/trend.ts";
import { topOf } from "./scale.ts";

/*
 * The other side of `chart.ts`: weeks as JSON come in, a PNG goes out, and the process with all its memory ends. The picture stands on a
 * ground of its own, so that it reads the same in a dark and in a light client, and its letters are a package's, so that no machine needs
 * fonts. Names stand outside it: they may be of any script.
 */

const [WIDTH, HEIGHT] = [1_000, 520];
/** What is drawn within: between the legend and the names of weeks. */
const [LEFT, RIGHT, TOP, BOTTOM] = [66, 980, 104, 400];
/** Where the movements of a week stand, below its bar. */
const MOVED_AT = 432;
const LABELS_AT = 496;

/** Every colour has a contrast of at least 4.5 on the ground, but for the lines and what is partial. */
const COLOURS = {
  ground: "#2b2d31",
  text: "#dbdee1",
  line: "#45484f",
  bar: "#8ea1ff",
  partial: "#5a6290",
  moved: "#f0b232",
  onMoved: "#1e1f22",
} as const;

const SMALL = "24px Chart";
const LARGE = "28px Chart";

/** Names of weeks beside each other need so much room. */
const LABEL_WIDTH = 96;

/** Bars at least so wide have their number above them. */
const NUMBERED = 30;

function draw(weeks: readonly ChartWeek[]): Promise<Buffer> {
  const font = fileURLToPath(import.meta.resolve("@expo-google-fonts/roboto/400Regular/Roboto_400Regular.ttf"));
  if (GlobalFonts.registerFromPath(font, "Chart") === null) throw new Error("the font cannot be read");
  const canvas = createCanvas(WIDTH, HEIGHT);
  const on = canvas.getContext("2d");
  on.fillStyle = COLOURS.ground;
  on.beginPath();
  on.roundRect(0, 0, WIDTH, HEIGHT, 16);
  on.fill();
  drawLegend(on);
  const top = topOf(Math.max(...weeks.map(({ developments }) => developments)));
  drawScale(on, top);
  const step = (RIGHT - LEFT) / weeks.length;
  const every = Math.ceil(LABEL_WIDTH / step);
  for (const [at, week] of weeks.entries()) {
    const middle = LEFT + (at + 0.5) * step;
    drawBar(on, week, middle, step, top);
    drawMoved(on, week, middle, step);
    // Counted from the newest, which always has its name.
    if ((weeks.length - 1 - at) % every === 0)
      write(on, week.label, Math.min(middle, WIDTH - LABEL_WIDTH / 2), LABELS_AT, SMALL, "center");
  }
  return canvas.encode("png");
}

const heightOf = (count: number, top: number) => (count / top) * (BOTTOM - TOP);

function drawLegend(on: SKRSContext2D): void {
  on.fillStyle = COLOURS.bar;
  on.fillRect(LEFT, 30, 22, 22);
  write(on, "developments", LEFT + 34, 41, LARGE, "left");
  const second = LEFT + 34 + on.measureText("developments").width + 48;
  drawDisc(on, second, 41, 12);
  write(on, "movements", second + 24, 41, LARGE, "left");
  const third = second + 24 + on.measureText("movements").width + 48;
  on.fillStyle = COLOURS.partial;
  on.fillRect(third, 30, 22, 22);
  write(on, "not all of the week", third + 34, 41, LARGE, "left");
}

function drawScale(on: SKRSContext2D, top: number): void {
  for (let line = 0; line <= 4; line++) {
    const count = (line * top) / 4;
    const y = BOTTOM - heightOf(count, top);
    on.fillStyle = COLOURS.line;
    on.fillRect(LEFT, y - 1, RIGHT - LEFT, 2);
    write(on, String(count), LEFT - 12, y, SMALL, "right");
  }
}

function drawBar(
  on: SKRSContext2D,
  { developments, partial }: ChartWeek,
  middle: number,
  step: number,
  top: number,
): void {
  const [width, height] = [step * 0.7, heightOf(developments, top)];
  on.fillStyle = partial ? COLOURS.partial : COLOURS.bar;
  on.fillRect(middle - width / 2, BOTTOM - height, width, height);
  if (step >= NUMBERED && developments > 0)
    write(on, String(developments), middle, BOTTOM - height - 16, SMALL, "center");
}

/** A disc with the number of movements, as large as the week is wide. */
function drawMoved(on: SKRSContext2D, { movements }: ChartWeek, middle: number, step: number): void {
  if (movements === 0) return;
  const radius = Math.min(18, step / 2 - 1);
  drawDisc(on, middle, MOVED_AT, radius);
  if (radius >= 10)
    write(
      on,
      String(movements),
      middle,
      MOVED_AT + 1,
      `${Math.round(radius * 1.2)}px Chart`,
      "center",
      COLOURS.onMoved,
    );
}

function drawDisc(on: SKRSContext2D, x: number, y: number, radius: number): void {
  on.fillStyle = COLOURS.moved;
  on.beginPath();
  on.arc(x, y, radius, 0, 2 * Math.PI);
  on.fill();
}

function write(
  on: SKRSContext2D,
  text: string,
  x: number,
  y: number,
  font: string,
  align: SKRSContext2D["textAlign"],
  colour: string = COLOURS.text,
): void {
  on.font = font;
  on.textAlign = align;
  on.textBaseline = "middle";
  on.fillStyle = colour;
  on.fillText(text, x, y);
}

// Only as a process of its own: what loads all modules must not wait for weeks.
if (import.meta.main) {
  const weeks = JSON.parse((await buffer(process.stdin)).toString("utf8")) as readonly ChartWeek[];
  process.stdout.write(await draw(weeks));
}
