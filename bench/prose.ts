import type { Pack } from "#model/pack.ts";
import { everydayWord } from "./words.ts";

/** Sentences of 8 to 30 words, a fifth of them the words of the pack's own definitions. */
export function proseOf(pack: Pack, length: number, random: () => number): string {
  const own = pack.points.flatMap(({ definition }) => definition.split(/\s+/));
  const sentences: string[] = [];
  for (let size = 0; size < length; ) {
    const sentence = Array.from({ length: 8 + Math.floor(random() * 22) }, () =>
      random() < 0.2 ? own[Math.floor(random() * own.length)]! : everydayWord(random),
    ).join(" ");
    const ended = `${sentence[0]!.toUpperCase()}${sentence.slice(1)}.${random() < 0.2 ? "\n\n" : " "}`;
    sentences.push(ended);
    size += ended.length;
  }
  // Through bytes and back: a string that was joined is otherwise kept as a tree of pieces.
  return Buffer.from(sentences.join(""), "utf8").toString("utf8");
}
