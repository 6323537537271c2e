/** Parameters that say how a reader came, not what is read. */
const TRACKING =
  /^(?:utm_.*|ga_.*|mc_[ce]id|fbclid|gclid|gclsrc|dclid|msclkid|yclid|igshid|twclid|ttclid|li_fat_id|_hsenc|_hsmi|hsctatracking|mkt_tok|oly_(?:anon|enc)_id|vero_(?:id|conv)|wickedid|s_cid|ncid|cmpid|cmp|icid|ito|ns_(?:campaign|source|mchannel|linkname|fee)|at_(?:medium|campaign|custom\d|link_.*|ptr_name|format|bbc_team)|pk_.*|mtm_.*|piwik_.*|sr_share|smid|smtyp|partner|guccounter|guce_.*|spm|feature=share|rss|source=rss|ref_src|ref_url|referrer|trk|trkinfo|originalreferer|_ga|_gl|xtor|wt\.(?:mc|rss)_.*|ftag|taid|mod=rss.*|ocid|cid=rss)$/i;

const isTracking = (name: string, value: string): boolean => TRACKING.test(name) || TRACKING.test(`${name}=${value}`);

/**
 * One spelling for the addresses of one page: https, no `www.`, no tracking parameters, parameters in order, no fragment
 * and no closing slash. For comparing, never for visiting. Canonicalising twice changes nothing; null when it is no web address.
 */
export function canonicalUrl(address: string): string | null {
  const url = URL.parse(address.trim());
  if (url === null || (url.protocol !== "http:" && url.protocol !== "https:") || url.hostname === "") return null;
  url.protocol = "https:";
  if (url.port === "80") url.port = "";
  url.username = "";
  url.password = "";
  // A fragment names a part of a page, except where `#!` or `#/` names the page itself.
  if (!/^#[!/]/.test(url.hash)) url.hash = "";
  const bare = url.hostname.replace(/^(?:www\d?\.)+(?=[^.]+\.)/, "").replace(/\.$/, "");
  url.hostname = bare;
  const parameters = [...url.searchParams].filter(([name, value]) => !isTracking(name, value));
  parameters.sort(([a, x], [b, y]) => (a === b ? (x < y ? -1 : x > y ? 1 : 0) : a < b ? -1 : 1));
  url.search = new URLSearchParams(parameters).toString();
  url.pathname = url.pathname.replace(/\/{2,}/g, "/").replace(/(?<=.)\/$/, "");
  return url.href;
}
