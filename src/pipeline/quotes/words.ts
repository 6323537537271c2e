import { FUNCTION_WORDS } from "#text/english.ts";
import type { Item } from "./items.ts";

export const setOf = (list: string): ReadonlySet<string> => new Set(list.split(" "));

export const PRONOUNS = setOf("he she they it");
export const DETERMINERS = setOf("the a an its his her their our this that these those one another");
export const PREPOSITIONS = setOf("of for from at in on with by to into over under against about behind within per");
/** Words that part what somebody is from the clause around it: an attribution is never across them. */
const PREDICATES = setOf(
  "is are was were be been being am has have had having will would could can may might should must do does did not never no than who " +
    "which whose where when what how why if whether that because let lets make makes made help helps allow allows we i you there",
);
const DAYS = setOf("monday tuesday wednesday thursday friday saturday sunday");
/** Words of a name that have no capital. */
export const PARTICLES = setOf("de der den van von la le du da del di al el bin ibn and of for on the");
/** At the start of a sentence no part of a name. */
const STARTERS = setOf(
  "like unlike despite citing asked according via per amid among well yes no oh okay although though however meanwhile exclusive breaking",
);
/** Words of a name or of what somebody is; a title with everything runs to a dozen. */
export const LONGEST_NAME = 14;

/** "Recently", "Finally", "Reportedly". */
const ADVERB = /^.{3,}(?:ntly|ally|ously|edly|ately)$/;

export const isDay = (item: Item): boolean => DAYS.has(item.text);
/** Some are called Will, May or Nor. */
export const isName = (item: Item): boolean =>
  item.capital &&
  !isDay(item) &&
  !(item.initial && ADVERB.test(item.text)) &&
  !((FUNCTION_WORDS.has(item.text) || STARTERS.has(item.text)) && (item.initial || item.text === "i"));
export const isPredicate = (item: Item): boolean =>
  (PREDICATES.has(item.text) && !isName(item)) || item.text.endsWith("n't");
/** Verbs that a clause has, whatever it says. */
export const FINITE = setOf(
  "is are was were be been will would could can may might should must shall has have had does do did cannot can't won't isn't " +
    "aren't wasn't weren't wouldn't couldn't hasn't haven't doesn't didn't don't",
);

/** "Westmark Radio's Ora Lind": a name ends where a possessive stands, as what somebody is does not. */
export const isWhose = (text: string, { end }: Item): boolean => /^['’]s\b/.test(text.slice(end, end + 3));

/** Who took a picture stands behind these. */
export const CREDITS = setOf("image images illustration photo photograph photos picture credit credits graphic");

/** "they were wrong" */
export const FEWEST_OF_CLAUSE = 3;
