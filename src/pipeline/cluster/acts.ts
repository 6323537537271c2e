import { ACTS, type Act, PARTIES_ACTS, SPEECH, THINGS } from "#text/acts.ts";
import type { Frame, Party } from "#text/frames.ts";

/** What is done in an article, a bit for each act. */
export type Acts = number;

/** That somebody says something is in every report. */
const SAID: Act = "say";

const BITS = new Map(ACTS.map((act, at) => [act, act === SAID ? 0 : 1 << at]));

/** The acts that a title tells of; a lede tells of others besides, done by others and before. */
export const actsOf = (frames: readonly Frame[]): Acts => frames.reduce((acts, { act }) => acts | BITS.get(act)!, 0);

/** Whom and what the acts of a title concern: whoever they are done to, who sues or settles, and a system or a case that is named. */
export const partiesOf = (frames: readonly Frame[]): readonly Party[] =>
  frames.flatMap(({ act, actor, object }) => [
    ...(object !== null && !SPEECH.has(act) ? [object] : []),
    ...(actor !== null && (PARTIES_ACTS.has(act) || THINGS.has(actor.kind)) ? [actor] : []),
  ]);
