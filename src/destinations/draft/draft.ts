import { seenText } from "#text/seen.ts";
import { webAddress } from "#text/web-address.ts";

/**
 * Words of one look. What somebody else wrote stands in `text` alone, on one line, and no destination lets a program read anything in
 * it; `url` is none or an address of the web.
 */
export type Span = {
  readonly text: string;
  readonly strong?: true;
  readonly url?: string;
  /** The moment that `text` says, for a destination that shows it by its reader's clock. */
  readonly at?: Date;
};

export type Line = readonly Span[];

/** What belongs together: a paragraph, an item of a list, a heading, or what is said beside. */
export type Block = {
  readonly as: "text" | "heading" | "item" | "small";
  readonly lines: readonly Line[];
  /** Where not all fits, what weighs least is left out first, of the same weight the last. */
  readonly weight: number;
  /** What one of it is called, where readers are told how many are left out: `development`. */
  readonly counted?: string;
  /** What parts it from the block before it, on whose last line it goes on if both stand. */
  readonly joins?: string;
};

/** A message before it takes the form of a service: what each says, in its own form and as much of it as it takes. */
export type Draft = {
  /** What a notification or a subject line shows. */
  readonly notice: string;
  readonly title: Span;
  readonly blocks: readonly Block[];
  /** Its sources, by name, for a destination that shows them as buttons. */
  readonly sources?: readonly Span[];
};

/**
 * What is left out before what, of stories, digests and memos alike: that something moved stays longest, then what shows it; who else says so,
 * and what stands beside, goes first. Between two of a kind the later goes.
 */
export const WEIGHTS = {
  repeated: 11,
  state: 10,
  moved: 9,
  development: 8,
  about: 7.5,
  summary: 7,
  day: 6,
  sources: 5,
  dispute: 5,
  conflict: 4,
  voice: 3,
  quiet: 3,
  foot: 2,
  comment: 1,
} as const;

/** A longer address is left out: services refuse them, and no reader needs one. Slack takes 3,000 characters. */
const LONGEST_ADDRESS = 2_000;

/** Text of a source, linked where its address is one that a reader may be sent to. */
export function said(text: string, url?: string): Span {
  const shown = seenText(text) || "Untitled";
  const address = url === undefined ? null : webAddress(url);
  return address === null || address.length > LONGEST_ADDRESS ? { text: shown } : { text: shown, url: address };
}

export const strong = (text: string): Span => ({ text: seenText(text), strong: true });

/** Our own words, or words that stand between a source's. */
export const plain = (text: string): Span => ({ text });

/** What parts things of one line; no line begins with it where a narrow screen breaks them. */
export const DOT = "\u00a0· ";

/** One line of what is there, parted by dots. */
export const dotted = (parts: readonly Line[]): Line =>
  parts
    .filter((part) => part.some(({ text }) => text !== ""))
    .flatMap((part, at) => (at === 0 ? part : [plain(DOT), ...part]));

/** The same where it may be that nothing is said. */
export const words = (text: string): Line => (text === "" ? [] : [plain(seenText(text))]);

export const lengthOf = (line: Line): number => line.reduce((sum, { text }) => sum + text.length, 0);

/** Items that follow one another are one list. */
export function runsOf(blocks: readonly Block[]): readonly (readonly Block[])[] {
  const runs: Block[][] = [];
  for (const block of blocks) {
    const run = runs.at(-1);
    if (run !== undefined && block.as === "item" && run[0]?.as === "item") run.push(block);
    else runs.push([block]);
  }
  return runs;
}
