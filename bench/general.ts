import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { labelledOf } from "#cli/learn/labels.ts";
import { readLabels } from "#cli/learn/read-labels.ts";
import type { Pack } from "#model/pack.ts";
import { loadPack } from "#pack/pack.ts";
import { weightsText } from "#pack/weights.ts";
import { fitGeneral } from "#pipeline/tag/fit-general.ts";
import { forPack } from "#pipeline/tag/general.ts";
import { compileRules } from "#pipeline/tag/tag.ts";
import { readField } from "#support/fields.ts";

/** The fields beside AI policy that have headlines to judge by. */
const FIELDS = ["privacy", "payments"];

/**
 * Fits the general weights to labelled items of AI policy, and reads headlines of other fields with them, beside the rules alone:
 * `npm run bench -- general --data DIR [--out FILE]`. DIR is that of `judge`.
 */
export async function bench(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...args], options: { data: { type: "string" }, out: { type: "string" } } });
  if (values.data === undefined) throw new Error("Which data? --data DIR");
  const rules = compileRules(thinned(packOf("ai-policy")));
  const files = ["dev", "gold"].flatMap((part) =>
    readdirSync(join(values.data!, part))
      .filter((file) => /^tags-(stream-|news\.)/.test(file))
      .map((file) => join(values.data!, part, file)),
  );
  const lines = await readLabels(files, rules.pack);
  if (typeof lines === "string") throw new Error(lines);
  const { weights, heldOut } = await fitGeneral(
    lines.flatMap((line) => labelledOf(line, rules)),
    rules,
  );
  for (const field of FIELDS) {
    const pack = packOf(field);
    const [alone, taught] = [pack, { ...pack, weights: forPack(weights, pack) }].map((each) =>
      readField(field, compileRules(each)),
    );
    const change = (name: "relevance" | "points") => `${alone![name].toFixed(0)} -> ${taught![name].toFixed(0)}`;
    console.log(`${field}: F1 of relevance ${change("relevance")}, of points ${change("points")}`);
  }
  const share = (of: number) => (100 * of).toFixed(0);
  const { precision, recall } = heldOut.relevant;
  const note =
    `Fitted to ${lines.length} items of AI policy. On each third of their time, judged by what was fitted to the rest, and news and other ` +
    `items counting alike: relevance precision ${share(precision)}, recall ${share(recall)}.`;
  if (values.out !== undefined) writeFileSync(values.out, weightsText(weights, note));
}

/** A pack with as few phrases as one that somebody has just begun: weights that are to serve it must not lean on more. */
function thinned(pack: Pack): Pack {
  const { points, topic, facets } = pack;
  const some = <T>(all: readonly T[], most: number): readonly T[] => {
    const step = Math.max(1, all.length / most);
    return Array.from({ length: Math.min(most, all.length) }, (_, i) => all[Math.floor(i * step)]!);
  };
  return {
    ...pack,
    topic: { ...topic, terms: some(topic.terms, 16) },
    points: points.map((point) => ({ ...point, strong: some(point.strong, 8), weak: some(point.weak, 4) })),
    facets: {
      ...facets,
      places: facets.places.map((place) => ({ ...place, aliases: some(place.aliases, 3) })),
      actors: some(facets.actors, 24),
      instruments: some(facets.instruments, 8),
      stages: facets.stages.map((stage) => ({ ...stage, cues: some(stage.cues, 6) })),
      certainties: facets.certainties.map((each) => ({ ...each, cues: some(each.cues, 5) })),
    },
  };
}

function packOf(name: string) {
  const loaded = loadPack(`feeds/${name}`);
  if (!loaded.ok) throw new Error(loaded.problems.map(({ message }) => message).join("; "));
  return { ...loaded.pack, weights: null };
}
