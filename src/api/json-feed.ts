import { generateJsonFeed } from "feedsmith";
import type { View } from "./view.ts";

/** A view as JSON Feed 1.1. */
export const jsonFeed = ({ title, home, self, entries }: View): string =>
  JSON.stringify(
    generateJsonFeed({
      title,
      home_page_url: home,
      feed_url: self,
      items: entries.map((entry) => ({
        id: entry.id,
        url: entry.url,
        ...(entry.source !== null && { external_url: entry.source }),
        title: entry.title,
        content_html: entry.html,
        date_published: entry.published,
        date_modified: entry.updated,
        tags: entry.tags.map(({ name }) => name),
      })),
    }),
  );
