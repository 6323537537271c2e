import type { Word } from "./gate-words.ts";

const stems = (list: string): ReadonlySet<string> => new Set(list.split(" "));

/** Words that turn a sentence round. */
const NEGATORS = stems(
  "no not never neither nor without cannot can't won't don't doesn't didn't isn't aren't wasn't weren't hasn't haven't hadn't wouldn't couldn't " +
    "shouldn't nobody none nothing refuse refuses refused refusing reject rejects rejected rejecting deny denies denied denying fail fails failed " +
    "failing decline declines declined block blocks blocked stop stopped halt halted unlikely lack lacks lacked exempt exempts exempted",
);

/** Words that keep a claim from being an accomplished fact. */
const HEDGES = stems(
  "may might could would can if unless likely possible possibly potential potentially perhaps consider considers considered considering weigh weighs " +
    "weighed weighing mull mulls mulled mulling threaten threatens threatened threat tentative tentatively pending should plan plans planned planning seek " +
    "seeks sought seeking intend intends intended aim aims aimed want wants wanted propose proposes proposed proposing proposal draft drafted drafting " +
    "prepare prepares prepared preparing hope hopes hoped urge urges urged demand demands demanded ask asks asked call calls called expected expects " +
    "expect poised preliminary ought will shall must set due going",
);

/** Words that say how far, how long or for whom something holds, or set something against it. */
const BOUNDS = stems(
  "until except excluding provided despite but however although though yet only temporarily temporary partly partially partial provisional provisionally interim most many some several few half nearly " +
    "almost least more less fewer up",
);

/** Words that say that somebody says so. */
const ATTRIBUTIONS = stems(
  "said says say saying told tells according argued argues argue claimed claims claim alleged alleges allegedly reportedly accuse accused accuses " +
    "warned warns wrote writes contends contended maintains insisted insists believes believe believed suggests suggested estimated estimates " +
    "familiar sources unconfirmed anonymous officials critics",
);

/** Acts and states of policy: they carry a sentence. */
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

const GUARDS: readonly ReadonlySet<string>[] = [NEGATORS, HEDGES, ATTRIBUTIONS, BOUNDS];

/** A word on which the truth of what stands around it depends: it is denied, doubted, said by somebody, or only so far true. */
export const isGuard = ({ lower }: Word): boolean => GUARDS.some((words) => words.has(lower));

export const isAct = ({ lower }: Word): boolean => ACTS.has(lower);
