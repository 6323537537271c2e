/** Schemes that browsers and podcast players give feeds, before an address or in place of its own scheme. */
const FEED_SCHEME = /^(?:feed|rss|pcast|podcast|itpc):(?:\/\/)?(?:(https?):?(?=\/\/))?(?:\/\/)?/i;

/** The web address of a feed that may be written with a feed's scheme, or with a place in the page. */
export function feedAddress(written: string): string {
  const text = written.trim().replace(FEED_SCHEME, (_, scheme = "http") => `${scheme.toLowerCase()}://`);
  const url = URL.parse(text);
  if (url === null) return text;
  url.hash = "";
  return url.href;
}

/** The same as a person types it, who may leave the scheme out. */
export const typedAddress = (typed: string): string =>
  feedAddress(
    /^\s*[a-z][a-z\d+.-]*:(?!\d)/i.test(typed) ? typed : `https://${typed.trim().replace(/^https?\/\//i, "")}`,
  );

/** What two addresses of one feed have in common: a place in a page and how it is asked for make no other feed. */
export const feedKey = (address: string): string => feedAddress(address).replace(/^https?:/, "");
