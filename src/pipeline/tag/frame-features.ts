import { framesIn } from "#text/frames.ts";
import { titleFrames } from "#text/reading.ts";
import type { Document } from "./document.ts";

/** Units of a text that are read for their acts, beside the title: its first sentences. */
const LEDE_LENGTH = 350;

/**
 * Who does what to what in title and lede, by kinds: the act, whether it is done, who acts, what is acted upon. These are the acts of any
 * policy; whose they are in this pack is told by what else stands there.
 */
export function eachFrame({ article }: Document, visit: (name: string) => void): void {
  for (const [where, frames] of [
    ["title", titleFrames(article)],
    ["lede", framesIn(article.text.slice(0, LEDE_LENGTH))],
  ] as const) {
    for (const { act, modality, actor, object } of frames) {
      visit(`${where}:${act}`);
      visit(`${where}:${act}:${modality}`);
      if (actor !== null) visit(`${where}:${actor.kind}>${act}`);
      if (object !== null) visit(`${where}:${act}>${object.kind}`);
    }
  }
}
