/** English as the stages know it: its small words, its abbreviations, and its verbs by what they do to a claim. */

const words = (list: string): readonly string[] => list.split(" ");

/** A verb's own form, that of the present and those with -ed and -ing. */
export function formsOf(verb: string): readonly string[] {
  const short = /^[^aeiou]*[aeiou][bdgmnpt]$/.test(verb) ? verb + verb.at(-1) : verb.replace(/(?<!e)e$/, "");
  if (/[^aeiou]y$/.test(verb)) return [verb, verb.replace(/y$/, "ies"), verb.replace(/y$/, "ied"), `${verb}ing`];
  const present = /(?:s|sh|ch|x|o)$/.test(verb) ? `${verb}es` : `${verb}s`;
  return [verb, present, verb.endsWith("ee") ? `${verb}d` : `${short}ed`, `${short}ing`];
}

const allFormsOf = (verbs: string): readonly string[] => words(verbs).flatMap(formsOf);

/** Words that carry grammar and no matter. */
export const FUNCTION_WORDS: ReadonlySet<string> = new Set(
  words(
    "a about above after again all also am amid an and any are as at be because been before being below between " +
      "both but by can could did do does doing down during each few for from further get gets had has have having he " +
      "her here hers him his how i if in into is it its itself just may me might more most mr mrs ms must my new no " +
      "nor not now of off on once one only or other our out over own per s said same say says shall she should since " +
      "so some such t than that the their them then there these they this those through to told too two under until " +
      "up upon us very was we were what when where which while who whom whose why will with would you your",
  ),
);

/** Never end a sentence: a name or a number follows. */
export const TITLES = new Set(
  (
    "mr mrs ms mx dr prof rev hon pres gov sen sens rep reps gen col lt maj capt cmdr sgt adm amb supt atty messrs st mt ft fr " +
    "vs v cf al eg ie e.g i.e approx est figs fig nos art arts sec secs pt ch para paras cl reg regs dept univ assn bros ca viz"
  ).split(" "),
);

/** End a sentence unless a number follows: `No. 24-1689`, `Jan. 1`, `p. 12`. */
export const BEFORE_NUMBERS = new Set("no jan feb mar apr jun jul aug sep sept oct nov dec p pp vol rs pub".split(" "));

/** States as courts are cited by; they end a sentence unless a day or a number follows: `W.D. Wash. July 3, 2025`. */
export const STATES = new Set("ala ariz ark cal colo conn fla ill mich minn okla tenn tex va wash wis wyo".split(" "));

/** May end a sentence; what follows decides. */
export const EITHER = new Set(
  "u.s u.k u.n e.u d.c u.s.a u.s.c a.m p.m ph.d b.a m.a j.d n.y l.a inc corp co ltd llc plc jr sr etc rd ave blvd".split(
    " ",
  ),
);

/** Words that open a sentence far more often than they follow an abbreviation. */
export const OPENERS = new Set(
  (
    "a an the this that these those it its he she they his her their we our you i if in on at as by for from to with but and or " +
    "so yet now however meanwhile when while after before since although though because there here what who how why under both some " +
    "many most several no not one two all another other according last next"
  ).split(" "),
);

/** Words that must have another behind them: a text that ends on one was cut. */
export const DANGLING: ReadonlySet<string> = new Set(
  words(
    "a an the of to and or for from with by at as than that which who whose is are was were be their its our your if",
  ),
);

/** Words that begin a part about what stands before it. */
export const RELATIVES: ReadonlySet<string> = new Set(words("which who whose where"));

const CLAIMING = "say tell argue claim warn write contend maintain insist";
const IRREGULAR = "said told wrote";

/** Verbs by which a report says who said something, in the forms that go with a name. */
export const SAYING: readonly string[] = [
  ...allFormsOf(`${CLAIMING} add call counter reply urge testify note state respond object complain demand`),
  ...words(IRREGULAR),
].filter((form) => !/ing$|^(?:sayed|telled|writed)$/.test(form));

/** Words by which a source changes a figure, rather than giving its own. */
export const CHANGING: readonly string[] = [
  ...allFormsOf("raise cut increase reduce revise double halve"),
  ...words("lowers lowered lowering corrects corrected correcting"),
];

/** Words that turn a sentence round. */
const NEGATORS = [
  ...words(
    "no not never neither nor without cannot can't won't don't doesn't didn't isn't aren't wasn't weren't hasn't haven't hadn't wouldn't " +
      "couldn't shouldn't nobody none nothing unlikely",
  ),
  ...allFormsOf("refuse reject deny fail decline block stop halt lack exempt"),
];

/**
 * Words by which a part takes back, denies or doubts what stands before it. What failed, or was challenged (at law), was there
 * and is not denied.
 */
export const DENYING: ReadonlySet<string> = new Set([
  ...NEGATORS.filter((word) => !word.startsWith("fail")),
  ...allFormsOf(
    "dispute contest doubt question refute disavow disown retract recant correct contradict debunk disprove reverse overturn annul " +
      "quash void invalidate vacate rescind revoke repeal suspend cancel scrap abandon discredit dismiss disagree repudiate renounce " +
      "backtrack expire lapse",
  ),
  ...words(
    "challenge challenges challenging rebut rebuts rebutted rebutting annulled annulling cancelled cancelling withdraw withdraws withdrew withdrawn withdrawing drop drops " +
      "dropped dropping stay stayed struck strikes thrown threw undo undid undone overrule overruled overrules mistaken mistake mistakenly " +
      "erroneous erroneously error false falsely untrue wrong wrongly incorrect incorrectly inaccurate fabricated fake faked bogus baseless " +
      "unfounded unproven unverified unconfirmed doubtful dubious questionable moot hoax rumour rumor supposedly purportedly allegedly " +
      "hardly scarcely barely",
  ),
]);

/** Words that keep a claim from being an accomplished fact. */
const HEDGES = [
  ...words(
    "may might could would can if unless likely possible possibly potential potentially perhaps threat tentative tentatively pending " +
      "should sought proposal poised preliminary ought will shall must set due going",
  ),
  ...allFormsOf(
    "consider weigh mull threaten plan seek intend aim want propose draft prepare hope urge demand ask call expect",
  ),
];

/** Words that say how far, how long or for whom something holds, or set something against it. */
const BOUNDS = words(
  "until except excluding provided despite but however although though yet only temporarily temporary partly partially partial " +
    "provisional provisionally interim most many some several few half nearly almost least more less fewer up",
);

/** Words that say that somebody says so. */
const ATTRIBUTIONS = [
  ...allFormsOf(`${CLAIMING} allege accuse believe suggest estimate`),
  ...words(`${IRREGULAR} according allegedly reportedly familiar sources unconfirmed anonymous officials critics`),
];

/** Words on which the truth of what stands around them depends: it is denied, doubted, said by somebody, or only so far true. */
export const GUARDS: ReadonlySet<string> = new Set([...NEGATORS, ...HEDGES, ...BOUNDS, ...ATTRIBUTIONS]);

/** Acts and states of policy: they carry a sentence. */
export const ACTS: ReadonlySet<string> = new Set([
  ...allFormsOf(
    "adopt approve pass sign enact ratify ban prohibit fine penalise penalize sanction sue charge indict convict arrest order enjoin rule " +
      "overturn repeal suspend force finalise finalize settle agree reject veto appeal investigate audit require mandate confirm announce " +
      "resign fire kill increase raise decrease cut double halve",
  ),
  ...words(
    "adoption approval penalty lawsuit injunction ruling uphold upheld strike struck withdraw withdrew withdrawn shut effect effective " +
      "final settlement win won lose lost investigation probe guilty liable illegal unlawful died die rise rose fall fell unanimous " +
      "unanimously officially permanent permanently immediately mandatory voluntary",
  ),
]);

/** What a name ends on that is one of a law, an agreement or a meeting: people call a matter by it. */
export const INSTRUMENTS: ReadonlySet<string> = new Set(
  words(
    "Act Bill Directive Regulation Treaty Convention Code Order Rule Framework Declaration Accord Pact Compact Summit",
  ),
);
