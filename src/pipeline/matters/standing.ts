import type { StandingPart } from "#model/matter.ts";
import { daysIn, isoDay } from "#text/calendar.ts";

type Rule = Pick<StandingPart, "part" | "says"> & {
  readonly cue: RegExp;
  /** The day that the sentence names is the one from which it is so. */
  readonly dated?: true;
};

const STOPPED = "stayed|paused|suspended|halted|blocked|enjoined|delayed|postponed|put on hold|on hold";

/** What sentences say of a law in force, of its enforcement and of what comes after it, as people write it; the first of a part counts. */
const RULES: readonly Rule[] = [
  {
    part: "force",
    says: "no longer in force",
    cue: /\bno longer in (?:force|effect)\b|\b(?:was|were|has been|have been|is) (?:repealed|rescinded|revoked|struck down|annulled|vacated)\b/i,
  },
  {
    part: "force",
    says: "in force",
    cue: /\b(?:takes|will take|is to take) effect\b|\b(?:comes|enters|will come|will enter) into (?:force|effect)\b|\bapplies from\b/i,
    dated: true,
  },
  {
    part: "force",
    says: "in force",
    cue: /\b(?:is|are|remains?|stays?|been) (?:still |now |already )?in (?:force|effect)\b|\b(?:came|entered|went) into (?:force|effect)\b|\btook effect\b/i,
  },
  {
    part: "enforcement",
    says: "enforcement stayed",
    cue: new RegExp(
      `\\benforcement\\b[^.;]{0,60}\\b(?:${STOPPED})\\b|\\b(?:blocks|pauses|halts|stays|suspends|barred|${STOPPED})\\b[^.;]{0,40}\\b(?:enforcement|enforcing|being enforced)\\b`,
      "i",
    ),
  },
  {
    part: "enforcement",
    says: "enforced",
    cue: /\benforcement\b[^.;]{0,40}\b(?:began|begins|started|resumed|resumes)\b|\blift(?:s|ed) the stay\b/i,
  },
  {
    part: "replacement",
    says: "replaced",
    cue: /\b(?:is|was|will be|are|were|to be|been) (?:replaced|superseded)\b/i,
    dated: true,
  },
];

/**
 * What a sentence says for certain of how the law stands that it names at `named`, by part: what is replaced stands before the verb,
 * by what behind it. `written` is the day it is from, counted from 1970.
 */
export function partsIn(sentence: string, named: number, written: number): readonly StandingPart[] {
  if (DENIED.test(sentence)) return [];
  const parts = new Map<string, StandingPart>();
  for (const { part, says, cue, dated } of RULES) {
    const found = parts.has(part) ? null : cue.exec(sentence);
    if (found === null || (part !== "enforcement" && named > found.index)) continue;
    // The day stands behind what begins on it.
    const day = daysIn(sentence.slice(found.index), { written })[0]?.day ?? null;
    parts.set(part, { part, says, day: dated ? day : null, sentence });
  }
  return [...parts.values()];
}

/** `in force`, `replaced from 2027-01-01`. */
export const partText = ({ says, day }: Pick<StandingPart, "says" | "day">): string =>
  day === null ? says : `${says} from ${isoDay(day)}`;

/** What takes back what it says, only asks for it, or asks whether it is so. */
const DENIED =
  /\b(?:not|never|would|could|might|may|should|if|unless|until|whether|wants?|seeks?|sought|urges?d?|asks?|asked|proposes?d?|calls? for)\b|n['’]t\b|\?/i;
