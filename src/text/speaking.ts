import type { Form } from "./acts.ts";
import { KINDS } from "./acts.ts";
import { formsOf } from "./english.ts";

/** English as it says who said what: verbs, and the nouns of who can speak. Of no policy area. */

const setOf = (list: string): ReadonlySet<string> => new Set(list.split(" "));

/** With what follows them somebody takes a position; all of them go with words in marks, too. */
const POSITIONS =
  "say tell argue claim warn write contend maintain insist add note state stress emphasise emphasize explain acknowledge " +
  "concede admit announce declare suggest confirm predict caution counter testify complain respond reply conclude observe";
/** They go with words in marks, before or behind. */
const SPEECH = "ask remark joke continue shout tweet post vow pledge promise demand urge object";
/** With these somebody calls something what stands in marks behind them. */
const CALLS =
  "call describe dismiss criticise criticize condemn denounce brand hail praise accuse dub label welcome reject slam blast";

export type SpeakingVerb = {
  readonly verb: string;
  readonly form: Form;
  readonly use: "position" | "speech" | "calls";
};

const FORMS: readonly Form[] = ["base", "present", "past", "ongoing"];
const IRREGULAR: Readonly<Record<string, string>> = {
  said: "say",
  told: "tell",
  wrote: "write",
  admitted: "admit",
  slammed: "slam",
};
const WRONG = setOf("sayed telled writed admited admiting");

/** Every form of every verb by which a report says who said something. */
export const SPEAKING: ReadonlyMap<string, SpeakingVerb> = speakingVerbs();

function speakingVerbs(): ReadonlyMap<string, SpeakingVerb> {
  const verbs = new Map<string, SpeakingVerb>();
  for (const [use, list] of [
    ["position", POSITIONS],
    ["speech", SPEECH],
    ["calls", CALLS],
  ] as const) {
    for (const verb of list.split(" ")) {
      for (const [at, word] of formsOf(verb).entries()) {
        if (!WRONG.has(word)) verbs.set(word, { verb, form: FORMS[at]!, use });
      }
    }
  }
  for (const [word, verb] of Object.entries(IRREGULAR)) verbs.set(word, { ...verbs.get(verb)!, form: "past" });
  return verbs;
}

/** Forms that are nouns as often as verbs: `member states`, `a blog post`. */
export const ALSO_NOUNS = setOf(
  "states notes posts objects calls demands counters claims labels brands state note post object call demand counter claim label brand " +
    "hail tweet tweets joke jokes remark remarks promise promises pledge pledges vow vows welcome",
);

/** What somebody is, before or behind a name. */
export const OFFICES = setOf(
  "minister secretary commissioner senator sen sens representative rep reps congressman congresswoman congressperson president chair " +
    "chairman chairwoman chairperson director chief executive officer ceo cto spokesman spokeswoman spokesperson governor gov " +
    "mayor general judge justice professor prof dr lawyer attorney counsel founder co-founder head leader adviser advisor " +
    "lawmaker mp mep premier chancellor ambassador envoy deputy councillor councilman councilwoman commissioner lord baroness " +
    "sir dame king queen pope bishop captain colonel sergeant sheriff prosecutor solicitor clerk analyst economist engineer " +
    "researcher scientist author editor activist campaigner lobbyist manager partner member fellow boss aide treasurer rapporteur " +
    "administrator superintendent comptroller cm pm advocate emerita emeritus cfo coo cio ciso speaker whip organiser organizer nurse teacher parent student businessman businesswoman billionaire entrepreneur editor-in-chief vp " +
    "physicist historian philosopher psychologist sociologist mathematician biologist technologist novelist journalist columnist comedian " +
    "filmmaker actor actress singer musician artist",
);

/** Before a name, and no office. */
export const COURTESY = setOf("mr mrs ms mx miss");

const SPEAKING_KINDS = setOf("government legislature court regulator company people");

const OTHER_SPEAKERS = setOf(
  "person people source opponent supporter spokespeople association alliance federation charity body board panel forum league guild " +
    "house side bloc party campaigner defendant plaintiff victim resident voter observer diplomat negotiator advocate organisation " +
    "organization society institute university centre center foundation network trust committee team investor executive leader member " +
    "employer worker educator church democrat republican conservative liberal doctor patient lender bank retailer maker chipmaker giant startup up nation country state platform office",
);

/** Can somebody who is called so speak? Not a report, a law or a model. */
export function canSpeak(word: string): boolean {
  const one = word.replace(/s$/, "");
  if (SPEAKING_KINDS.has(KINDS.get(word) ?? "") || SPEAKING_KINDS.has(KINDS.get(one) ?? "")) return true;
  return OFFICES.has(word) || OFFICES.has(one) || OTHER_SPEAKERS.has(word) || OTHER_SPEAKERS.has(one);
}

const BODY_KINDS = setOf("government legislature court regulator company");
const BODIES = setOf(
  "association alliance federation charity body board panel forum league guild house bloc party organisation organization society " +
    "institute university centre center foundation network trust group coalition union council motors electric dynamics labs lab systems office inc corp ltd llc llp plc gmbh",
);

/** Does a noun name many, or a body, rather than one person? */
export const isBody = (word: string): boolean =>
  !OFFICES.has(word) && (BODIES.has(word) || BODY_KINDS.has(KINDS.get(word) ?? ""));

const WRITINGS = setOf(
  "report statement study survey letter document filing paper memo article email blog tweet text poll data figures notice opinion " +
    "annex clause section law book headline editorial sign motto phrase contract warning note page website draft plan strategy roadmap blueprint",
);

/** What newspapers are called: they pass on what others said. */
export const PAPERS = setOf(
  "times post journal tribune herald gazette guardian ledger courier news chronicle telegraph hill",
);

/** What has words and does not speak them. */
export function isWriting(word: string): boolean {
  const kind = KINDS.get(word);
  return WRITINGS.has(word) || WRITINGS.has(word.replace(/s$/, "")) || kind === "rule" || kind === "case";
}
