import { withoutQuotations } from "./speech.ts";
import { isTeaser } from "./teasers.ts";

/*
 * What a page says of itself, of its maker or to its reader is no part of the telling. It is known by how the sentence is built: an order
 * to the reader, a subject that is the page itself, a label with its value, a credit with a slash, a scene with its day. Every kind has
 * false friends in tests/fixtures/boilerplate.yaml, which also says how many are found.
 */

/** What a page calls itself. A report is none: that is what news is about. */
const ITSELF =
  "(?:article|story|post|piece|column|essay|interview|page|site|website|web page|newsletter|live ?blog|podcast|episode|transcript|content)";
const NAME = "\\p{Lu}[\\p{L}.’'-]*";
const NAMES = `${NAME}(?: ${NAME}){1,3}`;
const TITLE = `${NAME}(?: ${NAME}){0,5}`;
const WRITERS = "(?:reporter|correspondent|journalist|columnist|editor|writer|contributor|blogger)";
const PICTURE = "(?:photo|photograph|image|picture|illustration|graphic|video|artwork|cartoon|screenshot)";
/** `on Jan. 14, 2026.`, `Tuesday, March 3, 2026. (A. Name/Agency)`, `on 14 January 2026`. */
const DATED =
  "(?:on |(?:on )?\\p{Lu}\\p{Ll}{5,8}, )(?:\\p{Lu}\\p{Ll}{2,8}\\.? \\d{1,2}, |\\d{1,2} \\p{Lu}\\p{Ll}{2,8} )\\d{4}\\.?(?: ?\\([^()]{0,80}\\))?$";

const any = (...patterns: readonly string[]) => new RegExp(patterns.join("|"), "iu");
const exact = (...patterns: readonly string[]) => new RegExp(patterns.join("|"), "u");

/** The page is what the sentence is about: where it stood first, who made it, what was wrong in it. */
const OF_ITSELF = [
  any(
    `^\\(?(?:this|an? (?:earlier |previous |longer |shorter )?version of this) (?:(?:breaking|developing|live) (?:news )?)?${ITSELF}\\b`,
    `^this is an? (?:breaking|developing|live)\\b`,
    "^the post\\b.{1,300}\\bappeared first on\\b",
    `^the (?:original|full|whole) ${ITSELF} (?:can be|is available)\\b`,
    "^republished (?:from|with)\\b",
    "\\bcreative commons licen[cs]e\\b",
    "\\b(?:views|opinions) expressed\\b.{0,60}\\b(?:own|alone|necessarily|those of)\\b",
    "^(?:in|on) (?:today|tonight|this week|this month)[’']s (?:newsletter|edition|issue|episode|briefing|podcast|show|digest)\\b",
    "^today[’']s (?:newsletter|edition|issue|episode|briefing|podcast|show|digest)\\b",
    "^the page you\\b",
  ),
  exact(`\\b(?:first appeared|appeared first|originally appeared) (?:on|in|at) ${TITLE} ?\\.?$`),
];

/** The reader is greeted, thanked, told to do something or asked for something. */
const TO_THE_READER = [
  any(
    "^(?:good (?:morning|afternoon|evening)|hello|hi|hey|greetings|welcome(?: back)? to|thanks for|thank you for|that[’']s (?:all|it) (?:from|for)|you[’']re reading)\\b",
    "^happy (?:[a-z]{3,6}day|new year|holidays)\\b",
    "^here(?:[’']s| is| are) (?:what|why|how|everything|all|where|the (?:top|latest|main|biggest)|a (?:look|recap|roundup)|your|our)\\b",
    "^(?:stay (?:tuned|with us|up to date|informed)|check back|watch this space|more (?:details )?(?:to (?:follow|come)|soon|below))\\b",
    "^(?:please )?(?:subscribe|sign up|sign in|log ?in|register|donate|become an? (?:member|patron|subscriber|supporter)|create an? (?:free )?account)\\b",
    "^(?:please )?(?:join|support|download|read|see|follow|try) (?:us|our)\\b",
    "^get (?:our|your|unlimited|full access|free access)\\b|^get\\b.{1,80}\\b(?:inbox|delivered)\\b",
    "^(?:support (?:independent|quality|public|local)|unlock (?:this|all|unlimited|the full)|don[’']t miss|never miss|start your|enter your|choose your)\\b",
    "^(?:read|see|view|watch|listen to|share|print|hear) (?:more|next|also|this|on|full|the (?:full|original|rest|entire|whole|video|interview|episode|podcast))\\b",
    "^(?:continue|keep) reading\\b|^(?:find out|learn) (?:more|how|why|what)\\b|^(?:click|tap|swipe|scroll) |^(?:skip|jump|back) to\\b",
    "\\b(?:click|tap) (?:here|on|below)\\b|^follow (?:us|me|along|live)\\b|\\bfollow (?:us|me|him|her) on\\b",
    "^(?:want|got|looking for|interested in|enjoying|enjoyed|have an?)\\b[^.?]{0,80}\\?$|^already an?\\b[^.?]{0,40}\\?",
    "\\bto continue reading\\b|\\bfree articles? (?:this|left|remaining)\\b",
    "^by (?:clicking|continuing|using|signing|subscribing|submitting|entering|browsing)\\b.{0,80}\\byou (?:agree|accept|consent|acknowledge)\\b",
    "^(?:please )?enable (?:javascript|cookies)\\b",
  ),
];

/** The maker speaks of what is theirs, or of what is yours with them. Not looked for in quotations: there others speak. */
const OURS = any(
  "\\b(?:our|your)(?: \\p{L}+){0,2} (?:inbox|newsletters?|subscription|reporting|journalism|coverage|podcast|app|browser|live ?blog|cookies|privacy policy|terms|website|channel|reporters?|journalists?|newsroom|readers|editors?)\\b",
  "\\bthis live ?blog\\b",
  "\\bwe (?:and our partners )?(?:use cookies|store)\\b|^we and our partners\\b",
  "\\bwe (?:may )?(?:earn|receive)\\b.{0,40}\\bcommissions?\\b",
  `\\b(?:email|reach|contact|follow) (?:the |our )?(?:${WRITERS}|author|newsroom|him|her|them|me|us) (?:at|on|via)\\b`,
);

/** A label with its value: an address, a day, a duration, a list of tags. */
const LABELLED = [
  any(
    "^[#\\p{L} ]{2,30}: ?https?://|\\bURL: ?https?://|^submitted by /?u/|\\[(?:link|comments)\\]",
    "^(?:related|see also|read (?:next|more|also)|more on this|advertisement|sponsored|recommended|topics?|tags?|categor(?:y|ies)|filed under|share|print|comments?|correction)\\s*(?::|$)",
    "^\\d{1,3} min(?:ute)?s? read\\b|^reading time\\b|\\(\\d{1,3} min(?:ute)?s?\\)$",
    "\\ball rights reserved\\b|©|\\bcopyright \\d{4}\\b|\\bterms of (?:use|service)\\b.{0,40}\\bprivacy\\b",
  ),
  exact(
    "^(?:[Ll]ast |[Ff]irst )?(?:[Uu]pdated|[Pp]ublished|[Pp]osted|[Mm]odified)(?:[\\s,:]+(?:on|at|in|by|am|pm|\\p{Lu}[\\p{L}.]*|\\d[\\d.]*))+$",
  ),
];

/** Who made the words or the picture. */
const CREDITS = [
  any(
    `^[(|\\s]{0,3}${PICTURE}s?(?: (?:credit|source|illustration))?s?\\s*[:/]|^(?:credit|source)s?\\s*[:/]`,
    `^[(|\\s]{0,3}${PICTURE}s? (?:by|courtesy)\\b`,
    "\\bvia (?:getty|ap|afp|reuters|epa|alamy|shutterstock)\\b|\\bap photo\\b",
    `\\bcontributed (?:to this (?:report|${ITSELF})|(?:\\p{L}+ )?reporting)\\b`,
    "^(?:the )?(?:author|writer)s? (?:is|are) (?:an?|the)\\b",
    `^(?:she|he|they) (?:previously|formerly|also|has) \\p{L}+(?: as| for| at)\\b.{0,40}\\b${WRITERS}\\b`,
  ),
  exact(
    `\\b${NAMES} ?/ ?${TITLE}\\)?\\.?$`,
    `^By ${NAMES}(?: \\||,? [\\p{L} ]{0,30}\\b(?:[Ee]ditor|[Rr]eporter|[Ww]riter|[Cc]orrespondent)\\b|$| and ${NAMES}$)`,
    `^By ${NAMES},[^.!?]{0,80}$`,
    `^\\(?(?:Additional r|R)eporting by ${NAMES}(?: (?:in|and)\\b|[;,.)]|$)`,
    `^${NAMES} is (?:an?|the|our|${NAME}[’']s) (?:[\\p{L}-]+ ){0,4}${WRITERS}\\b`,
    `^(?:${NAMES}|She|He|They) (?:covers|writes|reports|edits|hosts)\\b.{1,100} (?:for|at) ${NAME}`,
  ),
];

/** What is to be seen in a picture. */
const CAPTIONS = [
  any(
    "\\b(?:is|are) (?:seen|pictured|shown|photographed) (?:here|above|below|left|right|in|at|on|outside|during|near|displayed)\\b(?!.{0,60} as\\b)",
    `\\bin this (?:file |undated |handout )?${PICTURE}\\b`,
    ", (?:from left|(?:far |second |third )?(?:left|right|cent(?:er|re))(?: from (?:left|right))?)[,)]",
  ),
];
/** A scene has its day at the end, and what goes on in it, or nothing. */
const SCENE = exact(DATED);
const POSING =
  /\b(?:walk|speak|stand|sit|pose|gesture|arrive|attend|listen|wave|smile|rall(?:y|ies)|chant|gather|hold|leave|watch(?:e)?|talk|testif(?:y|ie)|appear|look)s?\b(?! that\b)/u;
const VERBLESS_SCENE = exact(`\\b(?:in|at|outside|near) ${TITLE}(?:, (?:\\p{Ll}+ )?${TITLE})?, ${DATED}`);
/** Somebody in the middle of something, with no verb that tells: `Ora Lind appearing before the committee.` */
const STILL = exact(
  `^(?:${NAME} ){1,8}(?:on stage|onstage|appearing|speaking|standing|sitting|leaving|arriving|walking|posing|testifying|waving|gesturing|listening|attending)\\b`,
  `^${NAME}(?: \\p{L}+){1,8} (?:on stage|onstage)\\b`,
);
const FINITE =
  /\b(?:will|would|has|have|had|was|were|is|are|said|says|did|does|can|could|may|must|should|\p{Ll}+ed)\b/u;

/** What a law says of itself only. */
const FORMULA =
  /\bmay be cited as\b|\bbe it enacted\b|\bthe people of the state of .{3,20} do enact\b|\bintroduced the following (?:bill|resolution)\b|\bread (?:twice|the first time)\b/i;

const PATTERNS: readonly RegExp[] = [...OF_ITSELF, ...TO_THE_READER, ...LABELLED, ...CREDITS, ...CAPTIONS, FORMULA];

/** Letters that must be lower case for a sentence to be prose: a heading or a list of links has few. */
const PROSE_SHARE = 0.6;

/** Is this sentence no part of the article's telling: a byline, credit, caption, plea, greeting, heading or list of links? */
export function isBoilerplate(sentence: string): boolean {
  return (
    isHeading(sentence) ||
    PATTERNS.some((pattern) => pattern.test(sentence)) ||
    OURS.test(withoutQuotations(sentence)) ||
    isScene(sentence) ||
    isTeaser(sentence)
  );
}

function isHeading(sentence: string): boolean {
  let lower = 0;
  let cased = 0;
  for (let i = 0; i < sentence.length; i++) {
    const unit = sentence.charCodeAt(i);
    if (unit >= 97 && unit <= 122) lower += 1;
    else if (unit >= 65 && unit <= 90) cased += 1;
  }
  if (cased + lower > 12 && lower / (cased + lower) < PROSE_SHARE) return true;
  return (sentence.match(/ [|•·»›] /g)?.length ?? 0) >= 2;
}

const isScene = (sentence: string): boolean =>
  !FINITE.test(sentence) &&
  (STILL.test(sentence) || (SCENE.test(sentence) && (POSING.test(sentence) || VERBLESS_SCENE.test(sentence))));
