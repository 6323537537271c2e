import type { Occasion } from "#model/deadline.ts";

/**
 * How a day is tied to the words before it: as a limit ("by", "until"), as the time of an event ("on", "for"), as a beginning
 * ("from"), or by nothing ("due June 1").
 */
export type Link = "limit" | "event" | "start" | "bare";

/** Words that name an occasion, how a day may be tied to them, and what must stand beside them as well. */
export type Cue = {
  readonly occasion: Occasion;
  readonly words: RegExp;
  readonly links: ReadonlySet<Link>;
  /** Must stand between the words, or in front of them, and the day, or behind it, where the day is tied in one of `unless`' ways. */
  readonly needs?: RegExp;
  readonly unless?: Link;
};

const links = (...names: readonly Link[]): ReadonlySet<Link> => new Set(names);

const ENDS = /\b(?:due|clos(?:e|es|ing)|ends?|deadline|runs?|extend(?:s|ed|ing)?|postmarked)\b/i;
const TO_COME =
  /\b(?:will|would|shall|is|are|be|due|expect(?:s|ed)?|to|must|intends?|plans?|deadline|pushed|postponed|delayed)\b/i;

/** What is said of a day. Of those that fit, the one that stands nearest to the day counts. */
export const CUES: readonly Cue[] = [
  {
    occasion: "comments",
    words:
      /\b(?:(?:reply |public |written )?comments?|commenting|consultations?(?! with\b)|feedback|submissions|responses|(?:written )?statements|evidence|views|have (?:your|their|a) say|your response|objections|representations|weigh in|respond|docket)\b/gi,
    links: links("limit", "bare", "event"),
    needs: ENDS,
    unless: "limit",
  },
  {
    occasion: "hearing",
    words:
      /\b(?:hearings?|(?:oral )?arguments?|(?<!free |clinical |pre-)trial|jury selection|public meetings?|town halls?|listening sessions?|testif(?:y|ies)|back in court|(?:hears?|takes? up) (?:(?:the )?(?:case|appeal)|witnesses|testimony))\b/gi,
    links: links("event", "bare"),
  },
  {
    occasion: "hearing",
    words: /\b(?:meetings?|will meet|meets)\b/gi,
    links: links("event", "bare"),
    needs: /\b(?:(?:sub)?committee|open to the public)\b/i,
  },
  {
    occasion: "vote",
    words: /\b(?:votes?(?! to\b)|voting|voters (?:will |are to )?decide|ballot|referendum|mark[ -]?up)\b/gi,
    links: links("event", "bare"),
  },
  {
    occasion: "sunset",
    words:
      /\b(?:expires?|sunsets?|lapses?|terminates?|runs? out|ceases? to (?:apply|have effect)|(?:remains?|stays?) (?:in (?:force|effect)|available)|(?:is|are|stands?|will be) repealed|will end)\b/gi,
    links: links("event", "bare", "limit"),
  },
  {
    occasion: "effect",
    words:
      /\b(?:takes? effect|(?:comes?|goes?|go|enters?|put) into (?:force|effect)|effective date|effective(?=\W*$|\W+(?:on|as of|from|in|until)\b)|appl(?:y|ies|ying)|commences?|kicks? in|start(?:ing)? date|start of the (?:scheme|rules?|law|ban))\b/gi,
    links: links("event", "bare", "start"),
  },
  {
    occasion: "report",
    words: /\b(?:reports?(?! to (?:prison|jail|custody|duty|work)\b)|recommendations|findings)\b/gi,
    links: links("limit", "event", "bare"),
    needs:
      /\b(?:due|submit|deliver|transmit|present|publish|send|issue|expected(?! to (?!report\b))|report (?:to|by)|be (?:submitted|delivered|presented|published|sent|issued))\b/i,
  },
  {
    occasion: "decision",
    words:
      /\b(?:(?<!automated )decisions?|decides?|rulings?|verdict|judge?ment|rule on|(?<!\b(?:a|the|is|as|no|another) )sign(?! (?:up|of|that)\b)|veto|act on (?:the|it)|(?:issue|publish|adopt|release) (?:a|its|the) final rule|finali[sz]e)\b/gi,
    links: links("limit", "event", "bare"),
    needs: TO_COME,
  },
  {
    occasion: "compliance",
    words: /\b(?:compliance (?:dates?|deadlines?)|(?:transition(?:al)?|grace) period|deadline)\b/gi,
    links: links("limit", "event", "bare"),
    needs: /\b(?:compliance|deadline|ends?|expires?)\b/i,
  },
];

/** What binds somebody to something: a limit beside it is one to comply with. */
export const BINDING =
  /\b(?:must|shall|required|requires?|ha(?:s|ve) to|ordered|told|has until|have until|gave|gives|given|comply|compliance|deadline|needs? to)\b/i;

/** Who is given time: beside "until" nothing else binds. */
export const GIVEN = /\b(?:ha(?:s|ve|d) until|gave|gives?|given|deadline|compliance)\b/i;

/** What comes into effect when something begins for those whom it binds. */
export const BINDS =
  /\b(?:must|shall|will (?:have|be required|need|apply)|required|banned|barred|forbidden|prohibited|no longer)\b/i;

/** What a rule is called whose delay says nothing else. */
export const RULES = /\b(?:rules?|laws?|acts?|regulations?|bans?|schemes?|requirements|tariffs?|dut(?:y|ies))\b/i;

/** A day that stands before a noun: "the March 18 hearing". */
export const BEFORE_NOUN =
  /^ (?:(?:public|floor|committee|final|plenary|evidentiary) )?(?:(?<hearing>hearing|trial|arguments?)|(?<vote>vote|referendum|ballot)|(?<effect>effective date|start date)|(?<compliance>(?:compliance )?deadline)|(?<sunset>expir(?:y|ation)|sunset))\b/i;

export const MOVES =
  /\b(?:postpon(?:e|es|ed|ing)|delay(?:s|ed|ing)?|push(?:es|ed)?(?: [\p{L}'’]+){0,7} back|pushed|mov(?:ed|es|ing)|extend(?:s|ed|ing)?|reschedul(?:e|es|ed|ing)|adjourn(?:s|ed)?|(?:is|was|been) continued|slip(?:s|ped)|brought forward|put off|prolong(?:s|ed)?|reset|is now|instead of)\b/iu;

export const CANCELS =
  /\b(?:cancel(?:s|l?ed|ling)?|call(?:s|ed) off|scrap(?:s|ped)|vacat(?:es|ed)|dropp?(?:s|ed) plans)\b/i;

/** Words before a day by which it is only thought of: small letters, for May is a month. */
export const TENTATIVE = /\b(?:would|could|may|might|tentative(?:ly)?)\b|\b(?:[Ii]f|proposes? to) /;

/** Right behind a day: what it hangs on. */
export const CONDITION = /^,? (?:if|unless|provided) /;

/** Words by which a sentence speaks of what is to come. */
export const AHEAD =
  /\b(?:will|shall|must|is|are|to|due|set|scheduled|planned|slated|expected|until|by|has|have|may|can|would|votes?|takes|expires?|closes?|comes?|postponed|moved|extended|delayed|cancelled|canceled|now)\b/i;

/** Before a day that stands behind the one that took its place: "until May 9, later than the April 3 deadline". */
export const REPLACED =
  /\b(?:scheduled|planned|original(?:ly)?|previous(?:ly)?|(?:later|rather|other) than|instead of)\b/i;

/** Before a day that only names its week. */
export const WEEK = /\bweek (?:of|beginning|starting|commencing|ending)(?: on)? (?:\p{L}+,? )?$/iu;

/** Words by which a sentence speaks of what was. */
export const OVER =
  /\b(?:was|were|took|held|heard|voted|closed|expired|issued|returned|approved|began|ruled|lasted|ended|entered|came|passed|met)\b/i;

/** A sentence that begins with a year tells of that year. */
export const OF_YEAR = /^In (\d{4})\b/;

/** Before a day that another takes the place of. */
export const LEFT =
  /\b(?:from|schedul(?:e|ed)|planned|original(?:ly)?|set for|due|previous(?:ly)?|foreseen|had been|expires?|instead of)\b/i;

/** A vote for persons is none on a matter, and who is to be on the ballot is none either. */
export const ELECTION =
  /\b(?:elections?|polls|polling|candidates?|nominees?|primar(?:y|ies)|runoff|(?:(?:get|stay|remain|keep|kept) on|off|from) the (?:\p{L}+ )?ballot)\b/iu;

/** Voters decide there, on persons or parties. */
export const CHOICE = /\b(?:Election Day|nominees?|which party|runoff)\b/i;

/** What has a day of its own that is no matter of policy: places to be sought, gatherings, shows and offers, a term of office. */
export const ELSEWHERE =
  /\b(?:conference|webinar|summit|forum|festival|concerts?|tickets?|prizes?|awards?|fellowships?|internships?|scholarships?|jobs?|vacanc(?:y|ies)|exhibition|rally|hotel|discount|early-bird|resignation|offer is|free trial|mandate|term)\b/i;
