import { withoutInvisible } from "#text/invisible.ts";
import { ELEMENT, type PageNode, TEXT } from "./dom.ts";

/** Elements that start a new paragraph. */
const BLOCKS = new Set(
  "P,DIV,SECTION,ARTICLE,MAIN,HEADER,BLOCKQUOTE,UL,OL,LI,DL,DT,DD,H1,H2,H3,H4,H5,H6,TABLE,TR,PRE,FIGURE,HR,ADDRESS,DETAILS,SUMMARY,BR".split(
    ",",
  ),
);

export type Paragraph = {
  readonly text: string;
  /** The share of its letters that are links. */
  readonly linked: number;
  readonly heading: boolean;
};

/** The paragraphs of an element, white space settled. */
export function paragraphsOf(root: PageNode): readonly Paragraph[] {
  const found: Paragraph[] = [];
  let line = "";
  let linked = 0;
  let heading = false;
  const flush = () => {
    const text = withoutInvisible(line).replace(/\s+/g, " ").trim();
    if (text !== "") found.push({ text, linked: Math.min(1, linked / text.length), heading });
    line = "";
    linked = 0;
  };
  const walk = (node: PageNode, inLink: boolean) => {
    if (node.nodeType === TEXT) {
      const text = node.textContent ?? "";
      line += text;
      if (inLink) linked += text.trim().length;
      return;
    }
    if (node.nodeType !== ELEMENT) return;
    const name = node.nodeName.toUpperCase();
    const block = BLOCKS.has(name);
    if (block) flush();
    if (/^H[1-6]$/.test(name)) heading = true;
    for (let child = node.firstChild; child !== null; child = child.nextSibling) walk(child, inLink || name === "A");
    if (block) flush();
    else if (name === "TD" || name === "TH") line += " ";
    if (/^H[1-6]$/.test(name)) heading = false;
  };
  walk(root, false);
  flush();
  return found;
}

/** Lines that are of the page and not of the article, whatever element they stand in. */
const OF_THE_PAGE: readonly RegExp[] = [
  /^(?:advert(?:isement)?s?|sponsored|share(?: tweet)?(?: submit)?|tweet|comments?|post comment.*|close|caption|print|email|subscribe|sign (?:in|up)|log ?in|breaking news|trending|latest|popular|warning|loading.*|skip to content|related(?: news| articles| stories)?|you (?:may|might) also like|see also|read (?:more|next)|more on this|like this (?:article|story)\b.*|view author archive|email the author|story continues below.*|getty images|associated press|reuters|recommended.*)$/iu,
  /^https?:\/\/\S+$/u,
  /^(?:image|photo|slide|picture)?\s*\d+ (?:of|\/)\s*(?:\/\s*)?\d+$/iu,
  /^image \d+ of/iu,
  /^\(?(?:image|photo|photograph|picture|illustration|video|credit)s?(?: (?:by|credit|courtesy(?: of)?|copyright))?\s*:/iu,
  /^image copyright\b|^(?:©|\(c\) )|^copyright (?:©|@|ⓒ|\(c\)|\d{4})|^copyright ⓒ/iu,
  /\((?:photo|image)(?: by|:| credit:)[^()]{2,80}\)$|\((?:credit|image credit|photo credit): [^()]{2,60}\)$/iu,
  /^(?:related|also on \S+|also|see|read|more|watch|listen|download|itunes|explore|discuss|quick links)(?: more| also| next| on)?\s*: ?\S/iu,
  /\bcontributed (?:to )?(?:this )?(?:report|reporting|story)\b.{0,40}$|^(?:additional )?(?:reporting|editing) by\b/iu,
  /^(?:by .{3,60}\| )?(?:first )?(?:published|updated|posted|last (?:modified|updated))\b.{0,90}\d/iu,
  /^(?:sign up|subscribe|click here|follow|join|get|want more|every day we send|have a (?:news )?tip|get access)\b.{0,120}\b(?:newsletters?|inbox|subscri\w+|app|on (?:twitter|facebook|instagram|x)|twitter\.?|facebook\.?|email|forums?|tips?|first year)\b/iu,
  /\b(?:this (?:web)?site uses cookies|javascript is (?:disabled|required)|requires javascript|media playback is unsupported|all rights reserved|may earn (?:an? )?(?:affiliate )?commission|make \w+ my homepage)\b/iu,
  /^[^\p{L}\p{N}]*$/u,
];

/** A date line: `Nov. 20, 2019 6:02 AM EST`. */
const DATE_LINE =
  /^(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,? |today,? )?(?:\d{1,2}[./ ](?:\d{1,2}|\p{L}{3,9})[./ ,]{1,3}\d{2,4}|\p{L}{3,9}\.? \d{1,2},? \d{4}|today|\d{4}-\d\d-\d\d)[\s,|@–—-]{0,9}(?:(?:at )?\d{1,2}[:.]\d{2}\s?(?:[ap]\.?m\.?)?)?[\s|]{0,9}(?:[A-Z]{2,4})?$|^today \d/iu;

/** A line this long that stands twice is a caption or a teaser; a shorter one may be an item of a list. */
const REPEATED_LETTERS = 40;

const ends = (text: string) => /[.!?。！？…:]["”’»)\]]*$/u.test(text);
const letters = (text: string) =>
  text
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim()
    .toLowerCase();

/** The paragraphs that tell the article: no page furniture, no link lists, nothing twice, no title again. */
export function articleParagraphs(paragraphs: readonly Paragraph[], title: string | null): readonly string[] {
  const seen = new Set<string>();
  const kept: string[] = [];
  const titleLetters = letters(title ?? "");
  for (const { text, linked, heading } of paragraphs) {
    const key = letters(text);
    if (seen.has(key) && key.length >= REPEATED_LETTERS) continue;
    seen.add(key);
    if (OF_THE_PAGE.some((pattern) => pattern.test(text)) || DATE_LINE.test(text)) continue;
    if (linked > 0.9 && !ends(text)) continue;
    if (heading && key === titleLetters) continue;
    if (kept.length === 0 && key === titleLetters) continue;
    kept.push(text.replace(/\s?Click To Tweet$/i, ""));
  }
  return kept;
}
