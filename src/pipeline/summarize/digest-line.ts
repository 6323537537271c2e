import { type Card, citationUrl } from "#model/delivery.ts";
import type { Act } from "#text/acts.ts";
import { framesIn } from "#text/frames.ts";

/** A title that calls itself somebody's view, or a form of page, tells of no act. */
const GENRE =
  /^(?:opinion|analysis|comment|commentary|column|editorial|essay|explained|explainer|factbox|fact check|guest (?:essay|post)|interview|letters?|live|live ?blog|long read|newsletter|op-?ed|perspective|podcast|q ?& ?a|review|timeline|video|viewpoint|watch|webinar)\s?[:|–—-]|\|\s?(?:opinion|analysis|comment(?:ary)?|editorial|explainer|podcast|video)\s*$/i;

/** Asked, or promised to be told: `How …`, `What to know …`, `Here's why …`. */
const ASKS = /\?["”’)]?\s*$|^(?:here[’']s|how|inside|what|when|where|who|why)\b/i;

/** `Regulation |`, `Consultation:`: up to four words that name a kind of page. */
const LABEL = /^[^|:]{1,40}(?:\s?\||:)\s/;

/** Acts of which a sentence says that somebody spoke, not what happened. */
const SPOKEN: ReadonlySet<Act> = new Set<Act>(["say", "talk", "publish", "consider"]);

const tells = (text: string): boolean => framesIn(text).some(({ act }) => !SPOKEN.has(act));

/** Whether a title says what happened. */
function saysWhatHappened(title: string): boolean {
  if (GENRE.test(title) || ASKS.test(title)) return false;
  const label = LABEL.exec(title)?.[0];
  return label === undefined || tells(title.slice(label.length));
}

/**
 * What one line says of a development, and the page that it stands on: the title, or where that says nothing the first sentence of the
 * card that tells of an act, or of what somebody said, word for word.
 */
export function digestLine({
  title,
  url,
  sentences,
  sources,
}: Pick<Card, "title" | "url" | "sentences"> & { readonly sources: readonly { readonly url: string }[] }): {
  readonly text: string;
  readonly url: string;
} {
  if (saysWhatHappened(title)) return { text: title, url };
  const told = sentences.find(({ text }) => tells(text)) ?? sentences.find(({ text }) => framesIn(text).length > 0);
  const stands = told === undefined ? null : citationUrl(sources, told);
  return told === undefined || stands === null ? { text: title, url } : { text: told.text, url: stands };
}
