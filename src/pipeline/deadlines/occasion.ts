import type { Occasion } from "#model/deadline.ts";
import { BEFORE_NOUN, BINDING, BINDS, CUES, type Cue, GIVEN, type Link, RULES } from "./cues.ts";
import { linkOf } from "./link.ts";

/** A day in its sentence. */
export type Window = {
  /** From the day before it, or from the sentence's beginning. */
  readonly before: string;
  /** What of the sentence stands before it. */
  readonly lead: string;
  /** The words that name it. */
  readonly name: string;
  /** To the day behind it, or to the sentence's end. */
  readonly after: string;
  /** It is counted from another day. */
  readonly counted: boolean;
  /** Something is moved in front of it. */
  readonly moves: boolean;
};

/** "the January 6 attack": the day names something else. */
const ATTRIBUTE = /\b(?:the|an?|his|her|their|its|this|that) $/i;

/** A day that begins a clause: its occasion stands behind it. */
const FRONTED =
  /(?:^|[,;:–—] ?(?:and |or )?)(?:by|on or before|no later than|not later than|within|on|from|starting|beginning|as of|before|until)?\s*$/i;

/** What a day is for, or null where the sentence does not say. */
export function occasionOf(window: Window): Occasion | null {
  const { before, lead, after } = window;
  const link = linkTo(window);
  if (link === "since") return null;
  const noun = BEFORE_NOUN.exec(after)?.groups;
  if (noun !== undefined) return Object.keys(noun).find((name) => noun[name] !== undefined) as Occasion;
  if (ATTRIBUTE.test(before) && /^ \p{Ll}/u.test(after)) return null;
  const near = nearest(before, link, window);
  if (near !== null) return near;
  const fronted = FRONTED.test(before) && link !== "bare";
  const purpose = (link === "limit" || window.counted) && /^ to \p{L}/u.test(after);
  if (fronted || purpose) {
    const behind = nearest(after, link, window, "behind");
    if (behind !== null) return behind;
  }
  if (link === "limit" || window.moves) {
    const far = nearest(lead, link, window);
    if (far !== null) return far;
  }
  if (link === "start" && fronted) return BINDS.test(after) ? "effect" : null;
  if (link === "limit" && isBinding(window, fronted)) return "compliance";
  return window.moves && RULES.test(lead) ? "effect" : null;
}

function isBinding({ before, lead, after }: Window, fronted: boolean): boolean {
  if (/\b(?:until|till)\b/i.test(before.slice(-TYING))) return GIVEN.test(lead);
  return BINDING.test(fronted ? after : lead);
}

/** Characters before a day in which the word that ties it stands, with the hour. */
const TYING = 24;

function linkTo({ before, name, moves }: Window): Link | "since" {
  if (/^(?:by|until) /i.test(name)) return "limit";
  const { link } = linkOf(before);
  if (link !== "to") return link;
  return moves ? "event" : "limit";
}

/** The occasion of the cue that stands nearest to the day in a part before it, or `behind` it, and that fits how the day is tied. */
function nearest(part: string, link: Link, window: Window, side: "before" | "behind" = "before"): Occasion | null {
  const fits = CUES.flatMap((cue) =>
    [...part.matchAll(cue.words)].flatMap(({ index, 0: { length } }) =>
      isMet(cue, link, window, part) ? [{ cue, index, end: index + length }] : [],
    ),
  ).sort((a, b) => (side === "before" ? b.end - a.end || a.index - b.index : a.index - b.index || b.end - a.end));
  return fits[0]?.cue.occasion ?? null;
}

function isMet({ links, needs, unless }: Cue, link: Link, { moves, before, after }: Window, part: string): boolean {
  if (!moves && !links.has(link)) return false;
  if (needs === undefined || (unless !== undefined && link === unless)) return true;
  return needs.test(part) || needs.test(`${before} ${after}`);
}
