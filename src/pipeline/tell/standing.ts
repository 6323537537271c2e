import type { Certainty, Facets, Stage } from "#model/pack.ts";
import { idOn } from "#model/tag.ts";
import type { Member } from "./member.ts";

/** Stages and certainties in their order, from the pack. */
export type Ladder = Pick<Facets, "stages" | "certainties">;

/** How far a story has come, how sure that is, and the voice that brought it there. */
export type Standing = {
  readonly stage: Stage | null;
  readonly certainty: Certainty | null;
  readonly by: Member | null;
};

/**
 * The stage of a story: each voice in turn may carry it further. Reports recall earlier stages all the time, so it goes
 * back only from a stage that eased the pressure to one that does not (suspended, then in force again), and only when a
 * primary source says so or two voices do, firmly. Its certainty is the firmest of the voices that report that stage.
 */
export function standingOf(voices: readonly Member[], ladder: Ladder): Standing {
  let stage: Stage | null = null;
  let by: Member | null = null;
  let back = new Map<string, Member>();
  for (const voice of voices) {
    const told = ladder.stages.find(({ id }) => id === idOn(voice.tagging.tags, "stage"));
    if (!told || told === stage) continue;
    const further: boolean = stage === null || told.order > stage.order;
    const turned: boolean = stage?.eases === true && told.eases !== true;
    const seconded: boolean = back.has(told.id) && certaintyOf(voice, ladder)?.firm === true;
    if (further || (turned && (voice.primary || seconded))) [stage, by, back] = [told, voice, new Map()];
    else if (turned && certaintyOf(voice, ladder)?.firm === true) back.set(told.id, voice);
  }
  const holders = voices.filter(({ tagging }) => idOn(tagging.tags, "stage") === (stage?.id ?? null));
  const certainty = holders
    .flatMap((voice) => certaintyOf(voice, ladder) ?? [])
    .reduce<Certainty | null>(
      (firmest, each) => (firmest === null || each.order < firmest.order ? each : firmest),
      null,
    );
  return { stage, certainty, by };
}

const certaintyOf = ({ tagging }: Member, { certainties }: Ladder): Certainty | null =>
  certainties.find(({ id }) => id === idOn(tagging.tags, "certainty")) ?? null;
