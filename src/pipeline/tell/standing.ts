import type { Certainty, Facets, Stage, Step } from "#model/pack.ts";
import { idOn, tagsOn } from "#model/tag.ts";
import { once } from "#text/once.ts";
import type { Member } from "./member.ts";

/** Stages and certainties in their order, from the pack. */
export type Ladder = Pick<Facets, "stages" | "certainties">;

/** How far a story has come, how sure that is, and the voices that say so. */
export type Standing = {
  readonly stage: Stage | null;
  /** The step within the stage; null where the stage has none, or none was reported. */
  readonly step: Step | null;
  readonly certainty: Certainty | null;
  /** The voice that brought it there. */
  readonly by: Member | null;
  /** The voices that report this stage and step, or none where there is none. */
  readonly holders: readonly Member[];
};

/** A rung of the ladder: a stage, and how many steps into it. */
type Rung = { readonly stage: Stage; readonly steps: number };

/**
 * The stage of a story: each voice in turn may carry it further, to another stage or by a step within one. Reports recall
 * earlier stages all the time, so it goes back only from a stage that eased the pressure to one that does not (suspended,
 * then in force again), and only when a primary source says so or two voices do, firmly. Its certainty is the firmest of
 * the voices that report where it stands.
 */
export function standingOf(voices: readonly Member[], ladder: Ladder): Standing {
  let rung: Rung | null = null;
  let by: Member | null = null;
  let back = new Map<string, Member>();
  const rungOf = rungsOf(ladder);
  for (const voice of voices) {
    const told = rungOf(voice);
    if (!told || isSame(told, rung)) continue;
    const { stage } = told;
    const turned: boolean = rung?.stage.eases === true && stage.eases !== true;
    const first = back.get(stage.id);
    const seconded: boolean =
      first !== undefined && first.article.feedId !== voice.article.feedId && certaintyOf(voice, ladder)?.firm === true;
    if (isFurther(told, rung) || (turned && (voice.primary || seconded))) [rung, by, back] = [told, voice, new Map()];
    else if (turned && first === undefined && certaintyOf(voice, ladder)?.firm === true) back.set(stage.id, voice);
  }
  const holders = voices.filter((voice) => isSame(rungOf(voice), rung));
  const certainty = holders
    .flatMap((voice) => certaintyOf(voice, ladder) ?? [])
    .reduce<Certainty | null>(
      (firmest, each) => (firmest === null || each.order < firmest.order ? each : firmest),
      null,
    );
  const step = rung === null ? null : (rung.stage.steps?.[rung.steps - 1] ?? null);
  return { stage: rung?.stage ?? null, step, certainty, by, holders };
}

/** Where each voice says that the matter stands, found once. */
const rungsOf = once((ladder: Ladder) => once((voice: Member) => rungIn(voice, ladder)));

/** The step is known by the cue that found the stage. */
function rungIn({ tagging }: Member, { stages }: Ladder): Rung | null {
  const tag = tagsOn(tagging.tags, "stage").find(({ primary }) => primary);
  const stage = stages.find(({ id }) => id === tag?.id);
  if (!tag || !stage) return null;
  const rule = tag.evidence[0]?.rule ?? "";
  return { stage, steps: (stage.steps ?? []).findIndex(({ cues }) => cues.includes(rule)) + 1 };
}

const isSame = (a: Rung | null, b: Rung | null): boolean => a?.stage === b?.stage && a?.steps === b?.steps;

const isFurther = (told: Rung, rung: Rung | null): boolean =>
  rung === null || told.stage.order > rung.stage.order || (told.stage === rung.stage && told.steps > rung.steps);

/** How firmly a voice knows what it reports. */
export const certaintyOf = ({ tagging }: Member, { certainties }: Ladder): Certainty | null =>
  certainties.find(({ id }) => id === idOn(tagging.tags, "certainty")) ?? null;
