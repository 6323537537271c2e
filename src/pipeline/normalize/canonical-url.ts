import { MOST_PARAMETERS } from "#model/limits.ts";

/** Parameters that say how a reader came, not what is read. */
const TRACKING =
  /^(?:utm_.*|ga_.*|mc_[ce]id|fbclid|gclid|gclsrc|dclid|msclkid|yclid|igshid|twclid|ttclid|li_fat_id|_hsenc|_hsmi|hsctatracking|mkt_tok|oly_(?:anon|enc)_id|vero_(?:id|conv)|wickedid|s_cid|ncid|cmpid|cmp|icid|ito|ns_(?:campaign|source|mchannel|linkname|fee)|at_(?:medium|campaign|custom\d|link_.*|ptr_name|format|bbc_team)|pk_.*|mtm_.*|piwik_.*|sr_share|smid|smtyp|partner|guccounter|guce_.*|spm|feature=share|rss|source=rss|ref_src|ref_url|referrer|trk|trkinfo|originalreferer|_ga|_gl|xtor|wt\.(?:mc|rss)_.*|ftag|taid|mod=rss.*|ocid|cid=rss)$/i;

/** Parameters that name a visit: by their names, or, where legislatures have sessions too, with a value that only chance makes. */
const SESSION =
  /^(?:phpsessid|jsessionid|aspsessionid[a-z]*|asp\.net_sessionid|cfid|cftoken|oscsid|zenid|(?:s|sid|sess|session|session_?id)=(?=[a-z-]*\d)[\da-z-]{20,})$/i;
/** The same within a path, as Java and ASP.NET write it. */
const SESSION_IN_PATH = /;(?:jsessionid|phpsessid|sid)=[^/;]*|\/\((?:[a-z]\([\da-z]{24}\))+\)(?=\/)/gi;

const isTracking = (name: string, value: string): boolean =>
  [name, `${name}=${value}`].some((text) => TRACKING.test(text) || SESSION.test(text));

/**
 * One spelling for the addresses of one page: https, no `www.`, no session or tracking parameters, parameters in order, no fragment
 * and no closing slash. For comparing, never for visiting. Canonicalising twice changes nothing; null when it is no web address.
 */
export function canonicalUrl(address: string): string | null {
  const url = URL.parse(address.trim());
  if (url === null || (url.protocol !== "http:" && url.protocol !== "https:") || url.hostname === "") return null;
  // Each setter has the whole address read again: only what differs is set.
  if (url.protocol !== "https:") url.protocol = "https:";
  if (url.port === "80") url.port = "";
  if (url.username !== "") url.username = "";
  if (url.password !== "") url.password = "";
  // A fragment names a part of a page, except where `#!` or `#/` names the page itself.
  if (url.href.includes("#") && !/^#[!/]/.test(url.hash)) url.hash = "";
  const bare = withoutEndDots(url.hostname).replace(/^(?:www\d?\.)+(?=[^.]+\.)/, "");
  if (bare !== url.hostname) url.hostname = bare;
  if (url.href.includes("?") && url.search.split("&", MOST_PARAMETERS + 1).length <= MOST_PARAMETERS)
    url.search = untracked(url.searchParams);
  const path = url.pathname
    .replace(SESSION_IN_PATH, "")
    .replace(/\/{2,}/g, "/")
    .replace(/(?<=.)\/$/, "");
  if (path !== url.pathname) url.pathname = path;
  return url.href;
}

/** A name that ends in a dot is the same name. */
function withoutEndDots(hostname: string): string {
  let end = hostname.length;
  while (hostname.charAt(end - 1) === ".") end--;
  return hostname.slice(0, end);
}

/** The parameters that say what is read, in order. */
function untracked(all: URLSearchParams): string {
  const parameters = [...all].filter(([name, value]) => !isTracking(name, value));
  parameters.sort(([a, x], [b, y]) => (a === b ? (x < y ? -1 : x > y ? 1 : 0) : a < b ? -1 : 1));
  return new URLSearchParams(parameters).toString();
}
