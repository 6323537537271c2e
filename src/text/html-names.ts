/** Elements of HTML, those of old among them: https://html.spec.whatwg.org/multipage/indices.html#elements-3 and obsolete.html. */
const ELEMENTS = new Set(
  [
    "a abbr acronym address applet area article aside audio b base basefont bdi bdo bgsound big blink blockquote body br",
    "button canvas caption center cite code col colgroup command content data datalist dd del details dfn dialog dir div dl",
    "dt em embed fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i",
    "iframe image img input ins isindex kbd keygen label legend li link listing main map mark marquee math menu menuitem",
    "meta meter multicol nav nextid nobr noembed noframes noscript object ol optgroup option output p param picture",
    "plaintext pre progress q rb rbc rp rt rtc ruby s samp script search section select selectedcontent shadow slot small",
    "source spacer span strike strong style sub summary sup svg table tbody td template textarea tfoot th thead time title",
    "tr track tt u ul var video wbr xmp",
  ].flatMap((line) => line.split(" ")),
);

/** Elements that a line of text is set with; another one in a title is more likely spoken of. */
const OF_LINES = new Set(
  "a abbr b big br center cite code del div em font h1 h2 h3 h4 h5 h6 i img ins mark nobr p q s small span strike strong sub sup tt u wbr".split(
    " ",
  ),
);

/** Whether a name in angle brackets is an element's: HTML's own, or one that somebody made, which has a hyphen or a prefix. */
export const isElement = (name: string): boolean => ELEMENTS.has(name.toLowerCase()) || /[-:]/.test(name);

const END_TAG = /<\/([a-z][^\s/<>]*)/gi;

/**
 * Tells which names in angle brackets are tags in this HTML: those of elements, in a line only those that lines are set with, and
 * whatever has an end tag somewhere. Others are words: `Cap <EUR 5m`, `a guide to <head>`.
 */
export function tagsOf(html: string, { line = false } = {}): (name: string) => boolean {
  let ended: ReadonlySet<string> | null = null;
  return (name) => {
    const lower = name.toLowerCase();
    if (line ? OF_LINES.has(lower) : isElement(lower)) return true;
    ended ??= new Set([...html.matchAll(END_TAG)].map(([, one = ""]) => one.toLowerCase()));
    return ended.has(lower);
  };
}

/** A start tag without attributes, or what looks like one. */
const BARE_TAG = /<([a-z][^\s/<>="']*)(?:[\s/][^<>=]*)?(?=[<>]|$)/gi;

/** HTML with the angle brackets of such words escaped, for a parser that would take them for tags. */
export function withWordsEscaped(html: string): string {
  const isTag = tagsOf(html);
  return html.replace(BARE_TAG, (found, name: string) => (isTag(name) ? found : `&lt;${found.slice(1)}`));
}
