import { isFunctionWord, type Word } from "./gate-words.ts";

const stems = (list: string): ReadonlySet<string> => new Set(list.split(" "));

/** Words that turn a sentence round. */
const NEGATORS = stems(
  "no not never neither nor without cannot can't won't don't doesn't didn't isn't aren't wasn't weren't hasn't haven't hadn't wouldn't couldn't " +
    "shouldn't nobody none nothing refuse refuses refused refusing reject rejects rejected rejecting deny denies denied denying fail fails failed " +
    "failing decline declines declined block blocks blocked stop stopped halt halted against unlikely lack lacks lacked exempt exempts exempted",
);

/**
 * Words that keep a claim from being an accomplished fact, by how near to one it is: 1 it is possible or thought of,
 * 2 it is planned or asked for, 3 it will come.
 */
const HEDGES: readonly ReadonlySet<string>[] = [
  stems(
    "may might could would can if unless likely possible possibly potential potentially perhaps consider considers considered considering weigh weighs " +
      "weighed weighing mull mulls mulled mulling threaten threatens threatened threat tentative tentatively pending",
  ),
  stems(
    "should plan plans planned planning seek seeks sought seeking intend intends intended aim aims aimed want wants wanted propose proposes proposed proposing " +
      "proposal draft drafted drafting bill prepare prepares prepared preparing hope hopes hoped urge urges urged demand demands demanded ask asks asked " +
      "call calls called expected expects expect poised preliminary introduce introduces introduced ought",
  ),
  stems("will shall must set due going"),
];

/** Words that say that somebody says so. */
const ATTRIBUTIONS = stems(
  "said says say saying told tells according argued argues argue claimed claims claim alleged alleges allegedly reportedly accuse accused accuses " +
    "warned warns wrote writes contends contended maintains insisted insists believes believe believed suggests suggested estimated estimates " +
    "familiar sources unconfirmed anonymous officials critics",
);

/** Words that say that nobody gave a name. */
const ANONYMITY = stems("familiar sources anonymous anonymously unnamed unconfirmed reportedly");

/** Acts and states of policy: one that the source does not name is invented, or a step too far. */
const ACTS = stems(
  "adopt adopted adopts adoption approve approved approves approval pass passed passes sign signed signs enact enacted enacts ratify ratified ban banned bans " +
    "banning prohibit prohibited prohibits fine fined fines penalise penalised penalize penalized penalty sanction sanctioned sanctions sue sued sues " +
    "lawsuit charge charged charges indict indicted convict convicted arrest arrested order ordered orders injunction enjoin enjoined rule ruled " +
    "ruling overturn overturned uphold upheld strike struck repeal repealed withdraw withdrew withdrawn suspend suspended suspends shut force " +
    "effect effective final finalise finalised finalize finalized settle settled settlement agree agreed agrees agreement win won lose lost " +
    "reject rejected veto vetoed appeal appealed investigate investigated investigation probe audit audited require required requires mandate " +
    "mandated mandates confirm confirmed confirms announce announced guilty liable illegal unlawful resign resigned fire fired kill killed die died " +
    "increase increased rise rose raise raised decrease decreased fall fell cut double doubled halve halved unanimous unanimously officially " +
    "permanent permanently immediately mandatory voluntary",
);

/** Words that a claim must be checked against in their own neighbourhood. */
const REACH = 4;

type Kind = (word: Word) => boolean;
export const isNegator: Kind = ({ lower }) => NEGATORS.has(lower);
export const isHedge: Kind = ({ lower }) => HEDGES.some((level) => level.has(lower));
/** How near the most careful hedge of a text leaves its claim to a fact: 1 to 3, or 4 where nothing hedges. */
export const closeness = (words: readonly Word[]): number => {
  const level = HEDGES.findIndex((hedges) => words.some(({ lower }) => hedges.has(lower)));
  return level < 0 ? HEDGES.length + 1 : level + 1;
};
export const isAttribution: Kind = ({ lower }) => ATTRIBUTIONS.has(lower);
export const isAnonymity: Kind = ({ lower }) => ANONYMITY.has(lower);
export const isAct: Kind = ({ lower }) => ACTS.has(lower);

/** The stems within a few words of a word of the kind: after it, or on both sides. */
export function reached(words: readonly Word[], kind: Kind, bothSides: boolean): ReadonlySet<string> {
  const found = new Set<string>();
  for (const [i, word] of words.entries()) {
    if (!kind(word)) continue;
    const from = bothSides ? Math.max(0, i - REACH) : i + 1;
    for (const near of words.slice(from, i + 1 + REACH)) {
      if (near !== word && !isFunctionWord(near) && !kind(near)) found.add(near.stem);
    }
  }
  return found;
}

/** Whether the text has a word of the kind. */
export const has = (words: readonly Word[], kind: Kind): boolean => words.some(kind);
