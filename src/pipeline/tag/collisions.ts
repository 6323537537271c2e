import type { Pack } from "#model/pack.ts";
import { isSetApart, root } from "#text/roots.ts";
import { fold } from "#text/tokens.ts";
import { areUnlike } from "#text/unlike.ts";
import { wordVectors } from "#text/vectors.ts";
import { parsePhrase } from "./phrase.ts";
import { phrasesOf } from "./rules.ts";

/** A word of a phrase that stands for another word too, which has its stem and means something else. */
export type Collision = {
  /** Where the phrase is written that has the word first. */
  readonly path: readonly (string | number)[];
  readonly word: string;
  readonly others: readonly string[];
};

/** The words of a pack's phrases that stand for others too, of the 20,000 commonest, but for those that are known and borne. */
export function collisionsOf(pack: Pack): readonly Collision[] {
  const byRoot = Map.groupBy([...wordVectors().rank.keys()].map(fold), root);
  const seen = new Set<string>();
  const found: Collision[] = [];
  for (const { path, source } of phrasesOf(pack)) {
    const parsed = parsePhrase(source, pack.lists);
    if (!parsed.ok) continue;
    for (const { text, written } of parsed.phrase.operands.flatMap(({ sequences }) => sequences.flat())) {
      if (written === undefined || isSetApart(written) || seen.has(written)) continue;
      seen.add(written);
      const others = (byRoot.get(text) ?? []).filter((other) => !BORNE.has(other) && areUnlike(written, other));
      if (others.length > 0) found.push({ path, word: written, others });
    }
  }
  return found;
}

/** Words that share a root with others by chance and may: names, and what is too near or too rare to tag an article by itself. */
const BORNE: ReadonlySet<string> = new Set(
  (
    "aborted accounted advancers affection announcer billings bookings capitalize capitalized collectively condit develops directions dominic " +
    "equalized equalizer examines expectancy fairs federated federer forceful governorate industrials inside julie markings openness " +
    "promoters recorders seasonally secure securing seedings separately"
  ).split(" "),
);
