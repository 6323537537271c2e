import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

/** What a reader makes of one item of a JSON feed. */
type Item = { readonly id: string; readonly url: string };

/** The items that `feedme` finds in a JSON feed. */
export function readJsonFeed(json: string): Promise<readonly Item[]> {
  const FeedMe = require("feedme") as typeof import("feedme").default;
  const parser = new FeedMe();
  const items: Item[] = [];
  return new Promise((resolve, reject) => {
    parser.on("item", (item: Item) => items.push(item));
    parser.on("finish", () => resolve(items));
    parser.on("error", reject);
    parser.end(json);
  });
}

/** JSON Feed as `jsonfeed-to-atom` rewrites it, which has no types and knows version 1, of which 1.1 has all. */
export function jsonFeedToAtom(json: string): string {
  const rewrite = require("jsonfeed-to-atom") as (feed: object) => string;
  return rewrite({ ...JSON.parse(json), version: "https://jsonfeed.org/version/1" });
}
