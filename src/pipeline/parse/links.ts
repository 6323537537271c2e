import { isTagAt, readAttributes, readTag } from "#text/markup.ts";

/** A web address whose scheme was written twice, or with too few or too many marks. */
const SCHEME = /^(?:https?:?\/\/)*(https?)(?::[\\/]*|\/\/)(?=[^\\/\s])/i;
const SCHEMES = /^[a-z][a-z\d+.-]*:/i;

/**
 * An address as a document means it: without the breaks and blanks that editors leave in, escaped once, with the scheme that
 * was forgotten, absolute where a base is known. Null for none.
 */
export function addressIn(raw: string | null | undefined, base: string | null): string | null {
  const lines = (raw ?? "").split(/[\r\n\t]/).map((line) => line.trim());
  const text = lines
    .join("")
    .replace(/&(?:amp;)+/gi, "&")
    .replace(SCHEME, "$1://");
  if (text === "") return null;
  if (SCHEMES.test(text) && !isHost(text, base)) return text;
  if (isHost(text, base)) return `${base?.startsWith("http:") ? "http" : "https"}://${text}`;
  return (base === null ? null : URL.parse(text, base)?.href) ?? text;
}

/** `www.agency.example/a`, or the host of the base itself, without a scheme. */
function isHost(text: string, base: string | null): boolean {
  if (/^www\.[^\s/]+\.[^\s/]/i.test(text)) return true;
  const host = base === null ? "" : (URL.parse(base)?.host ?? "");
  return host.includes(".") && text.toLowerCase().startsWith(`${host}/`);
}

/** Attributes of HTML that hold an address. */
const ADDRESSES = /(\s(?:href|src|cite|action|poster|data)\s*=\s*)(?:"([^"<>]*)"|'([^'<>]*)'|([^\s"'<>=`]+))/gi;

/** A base is read anew for each link: one that is longer than any page's address would cost its length each time. */
const LONGEST_BASE = 1_000;

const within = (given: string, around: string | null): string | null =>
  given.length > LONGEST_BASE ? around : (URL.parse(given, around ?? undefined)?.href ?? around);

const rebased = (markup: string, base: string): string =>
  markup.replace(ADDRESSES, (whole, start, double, single, bare) => {
    const address: string = (double ?? single ?? bare).trim().replace(/&amp;/g, "&");
    if (SCHEMES.test(address) || address.startsWith("#")) return whole;
    const absolute = URL.parse(address, base)?.href.replace(/&/g, "&amp;");
    return absolute === undefined ? whole : `${start}"${absolute}"`;
  });

/** HTML with its links made absolute, by the bases that stand in it and the one around it. Linear in its length. */
export function absoluteLinks(html: string, address: string | null): string {
  if (!html.includes("<")) return html;
  const base = address === null ? null : within(address, null);
  if (!/\sxml:base\s*=|<base\s/i.test(html)) return base === null ? html : rebased(html, base);
  const parts: string[] = [];
  const bases: { readonly name: string; readonly base: string | null; open: number }[] = [];
  let own = base;
  let done = 0;
  for (let at = html.indexOf("<"); at !== -1; at = html.indexOf("<", at)) {
    const tag = isTagAt(html, at) ? readTag(html, at) : null;
    if (tag === null) {
      at++;
      continue;
    }
    const name = tag.name.toLowerCase();
    const last = bases.at(-1);
    const { "xml:base": given, href = "" } = tag.closing ? {} : readAttributes(html, tag);
    const around = last === undefined ? own : last.base;
    const here = given === undefined ? around : within(given, around);
    if (name === "base" && href !== "") own = within(href, own);
    else if (tag.closing && last?.name === name && --last.open === 0) bases.pop();
    else if (!tag.closing && !tag.selfClosing) {
      if (given !== undefined) bases.push({ name, base: here, open: 1 });
      else if (last?.name === name) last.open++;
    }
    const markup = html.slice(at, tag.end);
    parts.push(html.slice(done, at), tag.closing || here === null || name === "base" ? markup : rebased(markup, here));
    done = tag.end;
    at = tag.end;
  }
  return parts.join("") + html.slice(done);
}
