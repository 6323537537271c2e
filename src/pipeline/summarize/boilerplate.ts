const PATTERNS: readonly RegExp[] = [
  // Pleas and paywalls.
  /^.{0,60}\b(?:subscribe|sign up|log ?in|sign in|create an? (?:free )?account|already a (?:member|subscriber)|newsletters?|donate|support our (?:journalism|work))\b.{0,80}\b(?:now|today|here|below|our|your|for|to|free|inbox|newsletter|access|read|continue)\b.{0,60}$/i,
  /\b(?:click|tap) (?:here|on|below)\b|\bfollow (?:us|me) on\b|^share (?:this|on)\b|^read (?:more|next|also|the full)\b|\blisten to this\b/i,
  /\ball rights reserved\b|©|\bcopyright \d{4}\b|\bterms of (?:use|service)\b.{0,40}\bprivacy\b|\bthis (?:site|website) uses cookies\b/i,
  // Credits and bylines.
  /^(?:photo|image|photograph|picture|credit|illustration|video|source)s?(?: by| credit| courtesy)?\s*[:/]|\b(?:getty images|shutterstock|ap photo|afp via)\b/i,
  /^By \p{Lu}[\p{L}.’'-]+(?: \p{Lu}[\p{L}.’'-]+){1,3}(?: \||,? [\p{L} ]{0,30}\b(?:[Ee]ditor|[Rr]eporter|[Ww]riter|[Cc]orrespondent)\b|$|\s+and \p{Lu}[\p{L}.’'-]+ \p{Lu}[\p{L}.’'-]+$)/u,
  /\bcontributed (?:to )?(?:this )?(?:report|reporting)\b|\(?(?:reporting|editing|writing) by \p{Lu}/iu,
  /^(?:updated|published|posted|last modified|first published)\b.{0,60}\d.{0,20}$/i,
  /^(?:related|see also|more on this|advertisement|sponsored|recommended|topics?|tags?|filed under|share|print|comments?|correction)\s*(?::|$)/i,
  // What a law says of itself only.
  /\bmay be cited as\b|\bbe it enacted\b|\bthe people of the state of .{3,20} do enact\b|\bintroduced the following (?:bill|resolution)\b|\bread (?:twice|the first time)\b/i,
];

/** Letters that must be lower case for a sentence to be prose: a heading or a list of links has few. */
const PROSE_SHARE = 0.6;

/** Is this sentence no part of the article's telling: a byline, credit, plea, heading or list of links? */
export function isBoilerplate(sentence: string): boolean {
  let lower = 0;
  let cased = 0;
  for (let i = 0; i < sentence.length; i++) {
    const unit = sentence.charCodeAt(i);
    if (unit >= 97 && unit <= 122) lower += 1;
    else if (unit >= 65 && unit <= 90) cased += 1;
  }
  if (cased + lower > 12 && lower / (cased + lower) < PROSE_SHARE) return true;
  if ((sentence.match(/ [|•·»›] /g)?.length ?? 0) >= 2) return true;
  return PATTERNS.some((pattern) => pattern.test(sentence));
}
