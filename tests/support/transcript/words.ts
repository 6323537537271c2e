import type { Json, Message, World } from "#support/discord/world.ts";

/** A message as people see it: Discord's markup read, ids resolved, times told from `now`. */
export type Shown = {
  readonly author: string;
  readonly content: readonly Line[];
  readonly embeds: readonly {
    readonly title: string;
    readonly lines: readonly Line[];
    readonly footer: string | null;
    readonly colour: string;
    /** The title leads to a page. */
    readonly linked: boolean;
    readonly image: Picture | null;
  }[];
  /** Row by row. */
  readonly buttons: readonly (readonly { readonly label: string; readonly menu: boolean }[])[];
  readonly ephemeral: boolean;
};

/** A PNG that came with the message, and the words that stand for it. */
export type Picture = { readonly alt: string; readonly png: Buffer };

export type Run = {
  readonly text: string;
  readonly bold: boolean;
  readonly kind: "text" | "link" | "code" | "mention" | "time";
};
export type Line = readonly Run[];

export function shownAs(message: Message, world: World, now: Date): Shown {
  const containers = message.components.filter(({ type }) => type === CONTAINER);
  return {
    author: "policywire",
    content: linesOf(message.content, world, now),
    embeds: [
      ...message.embeds.map((embed) => ({
        title: plain(String(embed.title ?? ""), world, now),
        lines: linesOf(String(embed.description ?? ""), world, now),
        footer: embed.footer === undefined ? null : String((embed.footer as Json).text),
        linked: embed.url !== undefined,
        image: pictureOf(embed, message),
        colour: `#${Number(embed.color ?? 0x4e5058)
          .toString(16)
          .padStart(6, "0")}`,
      })),
      ...containers.map((one) => containerAs(one, world, now)),
    ],
    buttons: [...message.components, ...containers.flatMap(partsOf)]
      .filter(({ type }) => type === ACTION_ROW)
      .map((row) =>
        partsOf(row).map((one) => ({ label: String(one.label ?? one.placeholder), menu: one.type !== BUTTON })),
      ),
    ephemeral: (message.flags & 64) !== 0,
  };
}

const ACTION_ROW = 1;
const BUTTON = 2;
const TEXT_DISPLAY = 10;
const CONTAINER = 17;

const partsOf = (component: Json) => (component.components as Json[] | undefined) ?? [];

function pictureOf(embed: Json, { files }: Message): Picture | null {
  const address = String((embed.image as Json | undefined)?.url ?? "");
  const file = files.find(({ name }) => address === `attachment://${name}`);
  return file === undefined ? null : { alt: file.description ?? "", png: file.bytes };
}

/** A container of components looks like an embed whose first text is its title, and whose small print its foot. */
function containerAs(container: Json, world: World, now: Date): Shown["embeds"][number] {
  const texts = partsOf(container).flatMap(({ type, content }) => (type === TEXT_DISPLAY ? [String(content)] : []));
  const small = texts.find((text) => text.startsWith("-# ")) ?? null;
  const [title = "", ...others] = texts.filter((text) => text !== small);
  return {
    title: plain(title, world, now),
    lines: others.flatMap((text) => linesOf(text, world, now)),
    footer: small === null ? null : small.slice(3),
    linked: title.includes("]("),
    image: null,
    colour: `#${Number(container.accent_color ?? 0x4e5058)
      .toString(16)
      .padStart(6, "0")}`,
  };
}

const linesOf = (text: string, world: World, now: Date): readonly Line[] =>
  text === "" ? [] : text.split("\n").map((line) => runsOf(line.replace(/^- /, "• "), world, now));

/** The text of a line, without markup. */
const plain = (text: string, world: World, now: Date) =>
  runsOf(text, world, now)
    .map((run) => run.text)
    .join("");

const TOKEN =
  /\\(?<escaped>.)|\[(?<label>(?:\\.|[^\]\\])*)\]\((?<address>[^)\s]+)\)|<t:(?<time>\d+):(?<style>\w)>|<#(?<channel>\d+)>|<@&?(?<person>\d+)>|(?<bold>\*\*)|`(?<code>[^`]*)`/gu;

function runsOf(line: string, world: World, now: Date): Run[] {
  const runs: Run[] = [];
  let bold = false;
  const add = (text: string, kind: Run["kind"] = "text") => {
    if (text !== "") runs.push({ text, bold, kind });
  };
  let from = 0;
  for (const found of line.matchAll(TOKEN)) {
    add(line.slice(from, found.index));
    from = found.index + found[0].length;
    const { escaped, label, address, time, style, channel, person, code } = found.groups ?? {};
    if (escaped !== undefined) add(escaped);
    else if (address !== undefined) add((label ?? "").replace(/\\(.)/g, "$1"), "link");
    else if (time !== undefined) add(timeText(new Date(Number(time) * 1_000), style ?? "R", now), "time");
    else if (channel !== undefined) add(`#${world.channels.get(channel)?.name || "direct message"}`, "mention");
    else if (person !== undefined) add("@someone", "mention");
    else if (code !== undefined) add(code, "code");
    else bold = !bold;
  }
  add(line.slice(from));
  return runs;
}

function timeText(at: Date, style: string, now: Date): string {
  if (style === "d") return at.toLocaleDateString("en-GB", { timeZone: "UTC" });
  if (style !== "R") return at.toISOString().slice(0, 16).replace("T", " ");
  const hours = Math.round((now.getTime() - at.getTime()) / 3_600_000);
  const size = Math.abs(hours);
  const text =
    size < 1 ? "a moment" : size < 48 ? `${size} ${size === 1 ? "hour" : "hours"}` : `${Math.round(size / 24)} days`;
  return hours < 0 ? `in ${text}` : `${text} ago`;
}
