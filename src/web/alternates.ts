import type { Alternate } from "./layout.ts";

/** What a view is called as a feed, by the path of its page. */
const FEEDS: ReadonlyMap<string, string> = new Map([["/", "latest"]]);

/** The same view for other programs. */
export function alternatesOf({ pathname, search }: URL): readonly Alternate[] {
  const feed = FEEDS.get(pathname);
  return feed === undefined ? [] : [{ type: "application/atom+xml", href: `/${feed}.atom${search}`, title: "Atom" }];
}
