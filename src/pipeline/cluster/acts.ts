import { ACTS, type Act } from "#text/acts.ts";
import { framesIn } from "#text/frames.ts";

/** What is done in an article, a bit for each act. */
export type Acts = number;

/** That somebody says something is in every report. */
const SAID: Act = "say";

const BITS = new Map(ACTS.map((act, at) => [act, act === SAID ? 0 : 1 << at]));

/** The acts that a title tells of; a lede tells of others besides, done by others and before. */
export const actsOf = (title: string): Acts => framesIn(title).reduce((acts, { act }) => acts | BITS.get(act)!, 0);
