import { isIP } from "node:net";

/**
 * Whether a request was meant for a server of this machine that may be asked for by `names`. A page in a browser that has its own name
 * lead to our address sends that name, and no page can have one without a dot. What sends none is no browser.
 */
export function isAskedFor(host: string | undefined, names: readonly string[]): boolean {
  if (host === undefined) return true;
  const name = URL.parse(`http://${host}`)?.hostname;
  if (name === undefined) return false;
  return !name.includes(".") || isIP(name) > 0 || names.includes(name);
}
