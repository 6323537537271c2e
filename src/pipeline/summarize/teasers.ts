/*
 * Sentences that promise, ask or set a scene: what they tell is elsewhere, or nothing. Known by how they are built; false friends of each
 * kind stand in tests/fixtures/boilerplate.yaml, with how many are found.
 */

const any = (...patterns: readonly string[]) => new RegExp(patterns.join("|"), "iu");

const PARTS =
  "(?:edition|issue|instal?lment|episode|newsletter|round-?up|briefing|digest|podcast|series|explainer|video|interview|guide)";
const TIME = "(?:morning|afternoon|evening|night|day|monday|tuesday|wednesday|thursday|friday|saturday|sunday)";
const WEATHER =
  "(?:bright|sunny|cold|warm|hot|crisp|rainy|wet|grey|gray|dark|chilly|foggy|snowy|windy|stormy|balmy|sweltering|quiet|recent|typical|perfect|beautiful|lovely)";

/** A question that the text answers further on, or never. */
const ASKS = /\?["”’)\]]*$/u;

/** What the reader will find, and where. */
const PROMISES = any(
  "^(?:but |and |so )?here(?:[’']s| is| are) (?:what|why|how|who|when|where|everything|all|some|three|four|five|six|seven|ten|\\d+)\\b",
  "^(?:what|why|how|where|who) (?:to (?:know|expect|watch|look)|you (?:need|should|have|can)|we (?:know|learned)|it (?:works|matters|happened)|happens next|comes next)[^,]{0,60}$",
  "^(?:but |and )?(?:what|who|how)(?:[’']s| is| are| does| do| did) (?:it|this|that|all this|next|the catch)\\b[^,]{0,50}$",
  "^get up to (?:speed|date)\\b|^(?:everything|all) you (?:need|should|ever)\\b",
  "^(?:and |but |so )?(?:let[’']s (?:look|take|start|begin|dive|dig|talk|break|be)|let us know|take a (?:look|deep)|take our|test your|check out|tune in|stick around|buckle up|brace your|get ready|join us)\\b",
  "^discover (?:how|why|what|the)\\b|^(?:see|watch) (?:how|why|what|as|our|this|now)\\b|^explore (?:our|the|how)\\b",
  `^(?:in|on|for) (?:this|the latest|our latest|our new|his latest|her latest)(?: \\p{L}+)? ${PARTS}(?:,| we\\b| of our\\b)`,
  `\\b(?:this|today[’']s|tonight[’']s|this week[’']s|this month[’']s|the latest) (?:${PARTS}) (?:covers|looks|features|is|brings|examines|explores|rounds|comes)\\b`,
  `^(?:also|plus|elsewhere|coming up|later),? (?:in|on) (?:today|tonight|this (?:week|month|${PARTS}))`,
  "\\bnewsletter (?:gives|brings|offers|delivers|rounds|covers|looks|tracks|keeps)\\b",
  `^(?:an?|the|our|your|this) (?:weekly|daily|monthly|quick|complete|definitive|handy|essential) (?:${PARTS}|recap|rundown|primer|look|summary|overview|dose)\\b`,
  "\\b(?:and|plus) (?:(?:much|lots) )?(?:more|other) (?:top |of the )?(?:headlines|stories|news|highlights)\\.?$",
  "^(?:plus|also today|up first|first up|coming up|in other news|and finally|elsewhere)(?:[:,]| [—–-])",
  "^(?:presented|sponsored|brought to you|powered) by\\b[^,]{2,60}$",
);

/** Whoever writes or hosts speaks of the telling. */
const TELLERS = any(
  "^(?:last|this|earlier this) (?:week|month|year|morning),? (?:we|i)\\b|^(?:we|i) (?:spoke|talked|sat down|asked|rounded up|take a look|look at|look back|break down|wrote|explain|explore|examine|live in)\\b|^we[’']ve (?:rounded|collected|gathered|compiled|put)\\b",
  "\\b(?:joins|joined|sat down with|spoke (?:to|with)|told|tells) (?:me|us)\\b[^“”]{0,60}(?:\\bto (?:discuss|talk|explain)\\b|\\bon \\p{Lu})",
  "\\bexplains (?:how it works|what it means|why it matters|what happens next|what[’']s next|what you)\\b|\\bhas (?:more (?:details|on (?:this|that)|from)|the (?:latest|details|full story))\\b[^,]{0,60}$",
  "\\byou(?:[’']d| might| may| would)? (?:think|thought|expect|expected|imagine|guess|guessed)\\.?$",
);

const HOSTS =
  /^\p{Lu}[\p{L}.’'-]*(?: \p{Lu}[\p{L}.’'-]*){0,4} (?:breaks down|unpacks|takes a look at|walks us|takes us|weighs in on|looks back)\b/u;

/** A scene, a mood, a commonplace before the news. */
const OPENERS = any(
  `^(?:it was|it[’']s|it is|on|one) (?:an? )?(?:late |early |typically |unusually )?${WEATHER}(?:,| and)? (?:\\p{L}+ ){0,2}${TIME}\\b`,
  "^(?:imagine|picture this|picture an?|meet|remember when|think of|think about|suppose|say you|make no mistake|guess what|spoiler)\\b",
  "^(?:once upon a time|it used to be that|not (?:so|too) long ago|we live in|these days,? every(?:one|body|thing)?|in an age (?:of|when|where)|in a world (?:of|where|that)|there was a time)\\b",
  "^every(?:one|body)(?:[’']s| is| seems| has| wants| knows| agrees| loves)\\b|^(?:it[’']s|it is) (?:no secret|a truth|not (?:every day|for the reason)|hard to (?:believe|imagine)|easy to)\\b|^it goes without saying\\b",
  "^(?:but |and |so )?(?:don[’']t|do not) (?:roll|expect|panic|worry|be|hold|get|count|call|look|let)\\b",
  "^(?:if|when) you(?:[’']re|[’']ve| are| have| were| thought| think| use| want| live)\\b",
);

/** Does a sentence only lead up to a telling? */
export const isTeaser = (sentence: string): boolean =>
  ASKS.test(sentence) || [PROMISES, TELLERS, HOSTS, OPENERS].some((pattern) => pattern.test(sentence));
