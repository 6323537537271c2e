import type { Source } from "#model/feed.ts";
import type { Origin, ParseOutcome } from "../outcome.ts";

/** What of its fields no reader understands (a selector, a path), in a sentence; null when all is well. */
export async function faultIn({ page, json }: Source): Promise<string | null> {
  if (page !== undefined) return (await import("./page.ts")).faultInSelectors(page);
  return json === undefined ? null : (await import("./json.ts")).faultInPaths(json);
}

/** Reads a document of a source that is no feed. What one kind needs, no other loads. */
export async function readSource(body: Uint8Array, origin: Origin, source: Source): Promise<ParseOutcome> {
  switch (source.source) {
    case "page":
      return (await import("./page.ts")).readPageSource(body, origin, source.page);
    case "json":
      return (await import("./json.ts")).readJsonSource(body, origin, source.json!);
    default:
      return (await import("./sitemap.ts")).readSitemapSource(body, origin, source.sitemap);
  }
}
