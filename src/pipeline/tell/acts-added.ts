import type { Movement } from "#model/story.ts";
import { type Act, PARTIES_ACTS } from "#text/acts.ts";
import type { Member } from "./member.ts";
import {
  actsOf,
  addTo,
  changes,
  isNewTo,
  nothingTold,
  OFFICES,
  supposes,
  type Told,
  type ToldAct,
  undoes,
} from "./told-acts.ts";

/** Acts that say themselves that something is taken back. */
const UNDOING: ReadonlySet<Act> = new Set<Act>(["lift", "withdraw", "delay", "allow"]);

/** What new voices tell that nobody told before, one for each voice. Stages are told elsewhere. */
export const actsAdded = (fresh: readonly Member[], told: Told): Movement[] =>
  fresh.flatMap((voice) => addedBy(voice, told)?.movement ?? []);

/**
 * What a voice adds to what was told, and the act by which it does. The first primary source, by an act of its own. The
 * press, in its headline: by an act that takes an earlier one back; or by one of somebody who has not acted, an office of
 * another kind than those that have, the authority of a place that the story had nothing of, whatever it does, or a company
 * that goes to court or comes to terms. Where no act was told before, none tells what is new.
 */
function addedBy(voice: Member, told: Told): { readonly movement: Movement; readonly act: Act } | null {
  const { id: articleId, feedId, title } = voice.article;
  const isElsewhere = ({ place }: ToldAct) => place !== null && !told.places.has(place);
  const added = actsOf(voice).filter((act) => changes(act) && (isNewTo(told, act) || isElsewhere(act)));
  const [own] = added;
  if (voice.primary && own !== undefined && !told.spoken)
    return { movement: { kind: "primary", from: null, to: feedId, articleId, sentence: own.sentence }, act: own.act };
  if (told.actors.size === 0 || supposes(title)) return null;
  const inTitle = added.filter(({ sentence }) => sentence === null);
  const undoing = inTitle.find((act) => UNDOING.has(act.act) && undoes(told, act));
  if (undoing !== undefined)
    return { movement: { kind: "reversal", from: null, to: null, articleId, sentence: null }, act: undoing.act };
  const party = inTitle.find((act) => isParty(act, told) && (isElsewhere(act) || isAnother(act, told)));
  if (party === undefined) return null;
  return { movement: { kind: "party", from: null, to: party.actor, articleId, sentence: null }, act: party.act };
}

const isParty = ({ actorStems }: ToldAct, { actors }: Told): boolean =>
  actorStems.size > 0 && ![...actorStems].some((stem) => actors.has(stem));

/** An office that publishes has acted, whatever the press calls it. */
const isAnother = ({ act, kind }: ToldAct, { spoken, kinds }: Told): boolean =>
  (OFFICES.has(kind) && !spoken && !kinds.has(kind)) || PARTIES_ACTS.has(act);

/** Which voice told the latest act that added something, and those from it on that tell it; null where none did. */
export function latestAct(
  voices: readonly Member[],
): { readonly at: number; readonly tellers: readonly Member[] } | null {
  const told = nothingTold();
  let latest: { at: number; act: Act } | null = null;
  for (const [at, voice] of voices.entries()) {
    const added = addedBy(voice, told);
    if (added !== null) latest = { at, act: added.act };
    addTo(told, voice);
  }
  if (latest === null) return null;
  const { at, act } = latest;
  const tells = (voice: Member) => actsOf(voice).some((one) => one.act === act && one.modality === "done");
  return { at, tellers: voices.slice(at).filter(tells) };
}
