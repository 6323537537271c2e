import { formsOf, INSTRUMENTS } from "./english.ts";

/** What somebody does to a matter, with the verbs that say so. English, and of no policy area. */
const VERBS = {
  order: "order require mandate compel direct instruct oblige force demand subpoena summon",
  ban: "ban block bar prohibit outlaw halt suspend freeze forbid blacklist",
  restrict: "restrict curb limit tighten toughen",
  allow: "allow permit approve clear authorise authorize license grant greenlight exempt",
  lift: "lift ease loosen relax unblock restore reinstate resume",
  fine: "fine penalise penalize sanction",
  charge: "charge indict convict sentence jail arrest",
  sue: "sue countersue accuse allege litigate",
  appeal: "appeal challenge",
  rule: "rule uphold dismiss reject overturn strike toss vacate enjoin find",
  settle: "settle resolve",
  propose: "propose introduce table unveil draft file sponsor submit recommend",
  vote: "vote pass advance endorse",
  sign: "sign enact adopt ratify finalise finalize issue implement impose",
  delay: "delay postpone pause defer shelve stall extend adjourn",
  withdraw: "withdraw repeal rescind revoke scrap drop abandon veto cancel recall",
  investigate: "investigate probe examine scrutinise scrutinize inspect raid audit review",
  ask: "ask urge call seek press request lobby",
  consider: "consider mull weigh eye contemplate explore plan prepare study aim intend want",
  warn: "warn threaten caution",
  talk: "discuss meet negotiate consult debate testify convene gather hear",
  agree: "agree pledge commit promise",
  refuse: "refuse defy resist oppose decline deny",
  publish: "publish release launch announce",
  appoint: "appoint nominate hire name resign quit",
  say: "say tell argue claim believe insist add confirm suggest",
} as const;

export type Act = keyof typeof VERBS;

export const ACTS = Object.keys(VERBS) as readonly Act[];

/** Acts of speech alone: that somebody says a thing, or that it is made public, changes no matter. */
export const SPEECH: ReadonlySet<Act> = new Set<Act>(["say", "warn", "ask", "consider", "publish", "talk", "refuse"]);

/** Acts of one who is a party to a matter, and not its judge. */
export const PARTIES_ACTS: ReadonlySet<Act> = new Set<Act>(["sue", "appeal", "settle", "agree", "withdraw"]);

/** `present` is a form in -s, `ongoing` one in -ing. */
export type Form = "base" | "present" | "past" | "ongoing";

export type ActVerb = { readonly act: Act; readonly form: Form };

/** Forms that no rule makes, each with the verb's own form. */
const IRREGULAR: Readonly<Record<string, string>> = {
  struck: "strike",
  found: "find",
  withdrew: "withdraw",
  withdrawn: "withdraw",
  froze: "freeze",
  frozen: "freeze",
  forbade: "forbid",
  forbidden: "forbid",
  met: "meet",
  said: "say",
  told: "tell",
  sought: "seek",
  upheld: "uphold",
  overturned: "overturn",
  heard: "hear",
  permitted: "permit",
  submitted: "submit",
  committed: "commit",
};

const FORMS: readonly Form[] = ["base", "present", "past", "ongoing"];

/** Every form of every verb that says what somebody does. */
export const ACT_VERBS: ReadonlyMap<string, ActVerb> = verbForms();

function verbForms(): ReadonlyMap<string, ActVerb> {
  const verbs = new Map<string, ActVerb>();
  for (const act of ACTS) {
    for (const verb of VERBS[act].split(" ")) {
      for (const [at, word] of formsOf(verb).entries()) verbs.set(word, { act, form: FORMS[at]! });
    }
  }
  for (const [word, verb] of Object.entries(IRREGULAR)) {
    verbs.set(word, { act: verbs.get(verb)!.act, form: "past" });
  }
  return verbs;
}

/** Who can act, and what can be acted upon. A `name` may be either: nothing says what bears it. */
const NOUNS = {
  government:
    "government governments minister ministers ministry president administration cabinet premier mayor governor secretary " +
    "official officials department treasury kremlin authorities pentagon police military",
  legislature:
    "senate senator senators congress congressman congresswoman parliament lawmaker lawmakers legislature legislator " +
    "legislators mp mps mep meps committee subcommittee assembly council panel commons representatives democrats republicans",
  court: "court courts judge judges justice justices jury tribunal magistrate",
  regulator:
    "regulator regulators watchdog agency agencies commission commissioner authority prosecutor prosecutors attorney " +
    "attorneys inspectorate ombudsman bureau",
  company: "company companies firm firms startup startups maker makers developer developers lab labs chipmaker",
  people:
    "expert experts adviser advisers scientists researchers group groups union unions author authors artists writers campaigners activists " +
    "critics parents family families users workers employees publishers newspaper newspapers coalition",
  rule:
    "law laws bill bills act rule rules regulation regulations legislation order orders directive code guidelines guidance " +
    "framework treaty convention policy policies standards moratorium ordinance statute amendment resolution",
  case: "lawsuit lawsuits suit case complaint probe investigation inquiry hearing trial appeal verdict injunction settlement",
  system:
    "model models chatbot chatbots ai system systems tool tools app apps software algorithm algorithms deepfake deepfakes " +
    "technology chip chips semiconductors recognition robot robots data product products",
} as const;

export type Kind = keyof typeof NOUNS | "developer" | "name";

/** Nouns that say of what kind somebody or something is. */
export const KINDS: ReadonlyMap<string, Kind> = new Map(
  (Object.entries(NOUNS) as [Kind, string][]).flatMap(([kind, list]) => list.split(" ").map((noun) => [noun, kind])),
);

/** These stand for rules in general as well, or for what somebody does. */
const IN_GENERAL = new Set(["act", "rule", "regulation"]);

/** Nouns for what a matter turns on: one law, one case, one meeting. */
export const MATTERS: ReadonlySet<string> = new Set(
  [...NOUNS.case.split(" "), ...[...INSTRUMENTS].map((noun) => noun.toLowerCase())].filter(
    (noun) => !IN_GENERAL.has(noun),
  ),
);

/** Kinds of things: they do not act, but for a rule that bans or allows. */
export const THINGS: ReadonlySet<Kind> = new Set<Kind>(["case", "system"]);
