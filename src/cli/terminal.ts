import { mkdirSync, readFileSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as afterMs } from "node:timers/promises";
import { styleText } from "node:util";
import {
  type Card,
  type CitedText,
  type Claim,
  citationText,
  type DatedText,
  type Digest,
  HEADLINE_ONLY,
  type PostOutcome,
  sourcesText,
} from "#model/delivery.ts";
import { digestLine } from "#pipeline/summarize/digest-line.ts";
import { statusText } from "#pipeline/words.ts";
import { dateText, dayText } from "#text/calendar.ts";

/** Longer lines tire the eye; typographers put the limit at 75 to 100 characters. */
const WIDEST = 100;

export type Look = { readonly colour: boolean; readonly width: number };

/** How a stream wants to be written to: colour only on a terminal that has not refused it (NO_COLOR). */
export function lookOf(stream: NodeJS.WriteStream): Look {
  return { colour: stream.isTTY === true && stream.hasColors(), width: Math.min(stream.columns ?? WIDEST, WIDEST) };
}

/** A card as text, ending in a blank line; `tracks` are lines about what runs beside it. */
export function cardText(card: Card, { colour, width }: Look, tracks: readonly string[] = []): string {
  const style = (format: Parameters<typeof styleText>[0], text: string) =>
    colour ? styleText(format, text, { validateStream: false }) : text;
  const more =
    card.moreSources > 0 ? `also: ${card.moreSources} more ${card.moreSources === 1 ? "source" : "sources"}` : null;
  const numbered = card.sources.map(({ name, url, primary }, index) => {
    const label = `[${index + 1}] ${plain(name)}${primary ? " (primary source)" : ""}`;
    return `  ${style("dim", label)}  ${plain(url)}`;
  });
  const cited = (text: string, by: CitedText) => `${text} [${citationText(by)}]`;
  const claim = (said: DatedText) =>
    `${said.text} (${cited(`${plain(card.sources[said.source - 1]?.name ?? "")}, ${dayText(said.at)}`, said)})`;
  return [
    ...wrap(card.title, width, "").map((line) => style("bold", line)),
    ...(card.saga === null ? [] : wrap(card.saga, width, "")),
    ...wrap(card.headline, width, "").map((line) => style("cyan", line)),
    ...(card.change === null ? [] : wrap(`What changed: ${card.change}`, width, "  ")),
    ...wrap(
      card.sentences.length === 0
        ? HEADLINE_ONLY
        : card.sentences.map((sentence) => cited(sentence.text, sentence)).join(" "),
      width,
      "  ",
    ),
    ...card.conflicts.flatMap(({ figures: [a, b] }) => wrap(`Sources differ: ${claim(a)} or ${claim(b)}`, width, "  ")),
    ...numbered,
    ...tracks.flatMap((track) => wrap(track, width, "  ")),
    style("dim", `  ${[more, dateText(card.at), `story ${card.storyId}`].filter(Boolean).join(" · ")}`),
    "",
    "",
  ].join("\n");
}

/** A digest as text, a development a line with its address below it, ending in a blank line. */
export function digestText({ mode, cards, folded }: Digest, { width }: Look): string {
  const lines = cards.flatMap((card) => {
    const { places, storyId } = card;
    const { text, url } = digestLine(card);
    const parts = [statusText(card), text, places.join(", "), sourcesText(card), `story ${storyId}`];
    return [...wrap(parts.filter((part) => part !== "").join(" · "), width, ""), `  ${plain(url)}`];
  });
  const developments = cards.length === 1 ? "1 development" : `${cards.length} developments`;
  const heading = `${mode} digest: ${developments} in ${cards.length + folded} articles`;
  return [heading, ...lines, "", ""].join("\n");
}

/**
 * Prints cards on a file descriptor. The number of the last card printed is kept in the data folder: a process that
 * died between printing and settling finds there that the post was seen, as a bot would by reading the channel.
 */
export function createTerminal(descriptor: number, dataDir: string, look: Look) {
  mkdirSync(dataDir, { recursive: true });
  const journal = join(dataDir, "terminal.last");
  return async (claim: Claim, card: Card): Promise<PostOutcome> => {
    const messageId = `${claim.storyId}.${claim.revision}`;
    // Ids begin anew with a new database, times do not.
    const post = `${claim.deliveryId} ${messageId} ${card.at.getTime()}`;
    if (lastPrinted(journal) !== post) {
      // Formed first: between these two system calls lies the only moment at which a kill could lose a line.
      const text = cardText(card, look);
      writeFileSync(journal, post);
      await writeAll(descriptor, text);
    }
    return { kind: "posted", messageId };
  };
}

function lastPrinted(journal: string): string | null {
  try {
    return readFileSync(journal, "utf8");
  } catch {
    return null;
  }
}

/** How long to wait for a reader (`| less`) that takes no more for now. */
const READER_PAUSE_MS = 20;

/** A pipe may take only part of a write, or none for a moment (EAGAIN). */
async function writeAll(descriptor: number, text: string): Promise<void> {
  let rest = Buffer.from(text);
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(descriptor, rest));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN") throw error;
      await afterMs(READER_PAUSE_MS);
    }
  }
}

/** Text from outside without control characters: a feed must not move the cursor or recolour the screen. */
export function plain(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\s]+/gu, " ").trim();
}

export function wrap(text: string, width: number, indent: string): string[] {
  const lines: string[] = [];
  for (const word of plain(text).split(" ")) {
    const line = lines.at(-1);
    if (line !== undefined && line.length + 1 + word.length <= width) lines[lines.length - 1] = `${line} ${word}`;
    else if (word !== "") lines.push(indent + word);
  }
  return lines;
}
