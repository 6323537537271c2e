/** Enough for a safe answer; more only costs time. */
const ENOUGH = 600;

/**
 * Words that carry a language's grammar, of which every few words of a text are one. Those that name a language alone count the
 * most.
 */
const FUNCTION_WORDS: Readonly<Record<string, string>> = {
  en: "the of and to in is that for on with as was at by from are be this it an or which has have not will its their been after who would says said more than into over new how you your we can about a here there some all any if when one also could other out up may they them these those his her she he do does did being such between through per after before only where while should no so just most my",
  fr: "le la les de des du et à un une en que qui dans pour sur pas est au aux par plus ce cette ces il elle ont sont avec d'une d'un l'on qu'il c'est être leur leurs mais ou où après entre nous vous sa son ses",
  de: "der die das und in zu den von mit sich des auf für ist im dem nicht ein eine einer eines einem einen als auch es an nach wie aus bei hat dass sie werden wird oder über vor zur zum gegen durch noch um am sind war",
  es: "el la los las de del y en que un una por con para se al es lo más su sus como no pero o este esta ha han fue son entre sobre sin también desde hasta muy ya años según",
  it: "il lo la gli le di del della dei delle dello degli e è che un una in per con non si da dal dalla nel nella al alla sul sulla sono come più anche ha ma questo questa i o dopo tra fra suo sua ad ed",
  pt: "o a os as de do da dos das e em no na nos nas que um uma para com por se ao à não mais como foi mas ou são tem sua seu pelo pela entre sobre é ser também já anos até",
  nl: "de het een van en in is dat op te voor met zijn die niet aan er om ook als dan maar bij naar uit nog door wordt werd hebben heeft deze over tot meer of geen ze wij hij kan worden tegen",
  da: "og i at er en et til af det de på den for med der som ikke har fra blev var efter ved kan om vil skal bliver også men eller sig hun mod jeg hvor nu deres over",
  no: "og i er en et til av det de på den for med som ikke har fra ble var etter ved kan om vil skal blir også men eller seg hun mot jeg hvor nå sine mer over",
  sv: "och i att är en ett till av det de på den för med som inte har från blev var efter vid kan om vill ska blir också men eller sig hon mot jag nu sina mer över under",
  fi: "ja on ei että se hän ovat oli myös mutta tai kun joka jotka sekä sen ole vain kuin mukaan niin nyt jo ovat voi hänen olisi tämä jossa koska",
  pl: "w i na z do się nie że to jest o za od po przez dla jak oraz przy który która które są ma ale co tym tego już był być jego także pod ze",
  cs: "a v na se je že z do s o k za pro ve by jsou jako který která které od po při ale podle jeho byl bylo být také než již není jen této",
  sk: "a v na sa je že z do s o k za pre vo by sú ako ktorý ktorá ktoré od po pri ale podľa jeho bol bolo byť aj než už nie len tejto",
  hu: "a az és hogy nem egy is meg de ez van volt el ki csak mint már vagy még lesz szerint által lehet kell azt ezt után pedig amely",
  ro: "și în de la cu pe că nu un o este pentru din care mai au fost prin ce sau al ale sunt după între până acest această lui sa său ca",
  hr: "i u je na se da za od su s o koji koja koje ne kao iz do po bi ili što nije će sam bio prema samo te već",
  sl: "in v je na se da za so z o ki ne kot iz do po bi ali pa ni bo s pri še tudi le ter že kar bil",
  et: "ja on ei et see ka oma mis kui või aga ning selle seda olid oli veel välja kes nii siis pärast üle",
  lv: "un ir ka no par ar uz kas tika lai nav gan arī vai pēc bet savu jau tas šis līdz kā pie",
  lt: "ir yra kad į su iš tai kaip bet ar nuo už dėl jo apie buvo po tik jau savo šis bus kuri kuris",
  tr: "ve bir bu için ile da de olarak çok daha olan gibi kadar sonra ancak göre var ne ya en ise tarafından",
  id: "yang dan di dari untuk dengan pada ini itu dalam tidak akan ke adalah oleh juga atau telah karena bisa mereka kata",
  vi: "và của là các có được cho trong một những với không người này đã khi để từ đến về như",
  ru: "и в на не что с по это как из для от его к но за также был о при до только она они все уже или которые",
  uk: "і в на не що з до та це як від для про його але за також був у при її є або які після",
  bg: "и в на не че с по това как от за се е да са ще но след към при които или който до през като",
};

/** The languages of a word, which share its weight. */
const LANGUAGES_OF = new Map<string, readonly string[]>();
for (const [language, words] of Object.entries(FUNCTION_WORDS)) {
  for (const word of new Set(words.split(" "))) {
    LANGUAGES_OF.set(word, [...(LANGUAGES_OF.get(word) ?? []), language]);
  }
}

/** Scripts that name a language; kana before Han, which Japanese writes too. */
const SCRIPTS: readonly (readonly [string, RegExp])[] = [
  ["ja", /[\p{Script=Hiragana}\p{Script=Katakana}]/gu],
  ["ko", /\p{Script=Hangul}/gu],
  ["zh", /\p{Script=Han}/gu],
  ["el", /\p{Script=Greek}/gu],
  ["ar", /\p{Script=Arabic}/gu],
  ["he", /\p{Script=Hebrew}/gu],
  ["hi", /\p{Script=Devanagari}/gu],
  ["th", /\p{Script=Thai}/gu],
];

/** Has a character that may be of one of these scripts; most texts have none, and are spared the counting. */
const MAY_BE_SCRIPT = /[\u0370-\u1fff\u2126\u2c00-\uffff]/;

/** Share of a text's letters from which a script settles it; Japanese mixes kana with Han. */
const SCRIPT_SHARE = 0.25;

/** Fewer letters are a number of a bill, or a name. */
const FEWEST_LETTERS = 6;
const LETTERED = new RegExp(`^(?:\\P{L}*\\p{L}){${FEWEST_LETTERS}}`, "u");

/** Function words that the likeliest language needs, what they must weigh, and how far it must be ahead of the next. */
const FEWEST_WORDS = 2;
const LEAST_WEIGHT = 1;
const AHEAD = 1.4;

const WORDS = /[\p{L}\p{M}]+(?:['’]\p{L}+)*/gu;

/**
 * The language of a text as ISO 639-1, or null when the text is too short or too mixed to tell. By its script, else by its
 * function words: a detector that knows every language takes 80 MB and is asked about thirty.
 */
export function languageOf(text: string): string | null {
  const opening = text.slice(0, ENOUGH);
  if (!LETTERED.test(opening)) return null;
  const script = MAY_BE_SCRIPT.test(opening) ? scriptOf(opening) : null;
  if (script !== null) return script;
  const said = new Map<string, { words: number; weight: number }>();
  for (const [word] of opening.toLowerCase().replaceAll("’", "'").matchAll(WORDS)) {
    const languages = LANGUAGES_OF.get(word) ?? [];
    for (const language of languages) {
      const heard = said.get(language) ?? { words: 0, weight: 0 };
      heard.words += 1;
      heard.weight += 1 / languages.length;
      said.set(language, heard);
    }
  }
  const [first, second] = [...said].sort(([, a], [, b]) => b.weight - a.weight);
  if (first === undefined) return null;
  const [language, { words, weight }] = first;
  const sure = words >= FEWEST_WORDS && weight >= LEAST_WEIGHT && weight >= AHEAD * (second?.[1].weight ?? 0);
  return sure ? language : null;
}

/** The language that a text's script names. */
function scriptOf(opening: string): string | null {
  const letters = opening.match(/\p{L}/gu)?.length ?? 0;
  for (const [language, script] of SCRIPTS) {
    if ((opening.match(script)?.length ?? 0) >= SCRIPT_SHARE * letters) return language;
  }
  return null;
}

/** What English calls a language: `German` for `de`. */
export const nameOfLanguage = (language: string): string => names.of(language) ?? language;

const names = new Intl.DisplayNames("en", { type: "language" });
