import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import type { Source } from "#model/feed.ts";

/** A feed of a test pack; the rest of it is filled in. */
export type TestFeed = Source & {
  readonly id: string;
  readonly url: string;
  readonly kind?: string;
  readonly fullText?: "auto" | "never";
};

/** Writes a small pack of AI policy into `dir`: three points, the facets they need, and the feeds given. */
export function writePack(dir: string, feeds: readonly TestFeed[]): string {
  mkdirSync(dir, { recursive: true });
  const write = (name: string, content: object) => writeFileSync(join(dir, name), stringify(content));
  write("feeds.yaml", {
    feeds: feeds.map(({ id, url, kind = "press", fullText = "never", ...source }) => ({
      ...source,
      id,
      name: `The ${id}`,
      url,
      site: new URL(url).origin,
      place: "US",
      kind,
      fullText,
    })),
  });
  const sides = [
    { name: "Oversight", argues: "More of it." },
    { name: "Developers", argues: "Less of it." },
  ];
  const point = (id: string, name: string, strong: string[]) => ({ id, name, definition: name, sides, strong });
  write("points.yaml", {
    name: "Test policy",
    topic: { name: "AI", terms: ["ai", "artificial intelligence", "frontier model"] },
    relevance: [
      { name: "a friction point", weight: 1, found: "point" },
      { name: "policy", weight: 1, phrases: ["department", "senate", "court", "regulator", "commission"] },
    ],
    holds: [{ reason: "calls itself fiction", cues: ["work of fiction"] }],
    points: [
      point("audit-scope", "Audit scope", ["audit*"]),
      point("incident-reporting", "Incident reporting", ["incident NEAR/6 report"]),
      point("penalties", "Penalties", ["civil penalty", "penalty", "fine of"]),
    ],
  });
  write("facets.yaml", {
    places: [{ id: "US", name: "United States", aliases: ["united states", "washington"] }],
    actors: [{ id: "commerce", name: "Department of Commerce", aliases: ["department of commerce"], government: true }],
    instruments: [],
    remedies: [],
    stages: [
      { id: "threatened", name: "Threatened", order: 3, cues: ["weighs", "considering"], conditionalCap: true },
      { id: "enforcement", name: "Enforcement", order: 8, cues: ["imposes", "fined"] },
    ],
    certainties: [
      { id: "anonymous", name: "Anonymous", label: "reported, unconfirmed", order: 3, cues: ["people familiar"] },
      { id: "official", name: "Official", label: "official", order: 1, cues: ["statement"] },
    ],
  });
  return dir;
}

export type Item = { readonly id: string; readonly title: string; readonly text: string; readonly at: Date };

/** An RSS 2.0 document of `items`. */
export function rss(origin: string, items: readonly Item[]): string {
  const each = items.map(
    ({ id, title, text, at }) =>
      `<item><title>${title}</title><link>${origin}/${id}</link><guid>${origin}/${id}</guid>` +
      `<pubDate>${at.toUTCString()}</pubDate><description>${text}</description></item>`,
  );
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>Test</title><link>${origin}</link>${each.join("")}</channel></rss>`;
}
