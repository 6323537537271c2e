import { escapeText, escapeWithin, link, timestamp } from "#discord/escape.ts";
import { stagesAndSteps } from "#model/pack.ts";
import { lawNames } from "#pipeline/filter-words.ts";
import { partText } from "#pipeline/matters/standing.ts";
import { type KnownMatter, matterKeysOf, mattersByKey, standingOf, stepsOf } from "#store/matters.ts";
import type { Context } from "./command.ts";

/** Matters of a story that are shown, those that most of its articles are about. */
const MOST_MATTERS = 3;
/** Steps of one, the latest. */
const MOST_STEPS = 6;
const MAX_NAME = 120;
const MAX_SENTENCE = 240;

/** The bills, acts and cases that a story is about: their pages, names and how far they came. None where it is about none. */
export async function matterLines(storyId: number, context: Context): Promise<string[]> {
  const { db } = context;
  const keys = (await matterKeysOf(db, storyId)).slice(0, MOST_MATTERS);
  const matters = (await mattersByKey(db, keys)).sort((a, b) => keys.indexOf(a.key) - keys.indexOf(b.key));
  const lines: string[] = [];
  for (const matter of matters)
    lines.push(
      headOf(matter, context),
      ...(await standingLines(matter, context)),
      ...(await stepLines(matter, context)),
    );
  return lines.length === 0 ? [] : ["**Law**", ...lines];
}

function headOf({ key, written, page, names: [name], articleCount }: KnownMatter, { pack }: Context): string {
  const [called = written] = lawNames([key], pack);
  const label = escapeWithin(called, MAX_NAME);
  const title = page === null ? label : link(label, page);
  const known = name === undefined || called.includes(name) ? "" : `, ${escapeWithin(name, MAX_NAME)}`;
  return `${title}${known} (${articleCount === 1 ? "1 article" : `${articleCount} articles`})`;
}

/** `Stands: in force; enforcement stayed`, and behind it each part's sentence. */
async function standingLines({ id }: KnownMatter, { db }: Context): Promise<string[]> {
  const parts = await standingOf(db, id);
  if (parts.length === 0) return [];
  const proofs = parts.map(
    ({ sentence, url }) => `“${escapeWithin(sentence, MAX_SENTENCE)}” ${link("\\[source\\]", url)}`,
  );
  return [`Stands: **${parts.map(partText).map(escapeText).join("; ")}**`, ...new Set(proofs)];
}

async function stepLines({ id }: KnownMatter, { db, pack }: Context): Promise<string[]> {
  const stages = stagesAndSteps(pack.facets);
  return (await stepsOf(db, id)).slice(-MOST_STEPS).map(({ at, stage, sentence, url }) => {
    const name = escapeWithin(stages.find((one) => one.id === stage)?.name ?? stage, MAX_NAME);
    return `• ${timestamp(at, "d")} ${name}: “${escapeWithin(sentence, MAX_SENTENCE)}” ${link("\\[source\\]", url)}`;
  });
}
