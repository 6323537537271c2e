import { z } from "zod";
import { FEED_KINDS, id, name, placeId, url } from "./pack-fields.ts";

const feed = z.strictObject({
  id,
  name,
  url,
  site: url.describe("The publisher's site, for people: a full address."),
  place: placeId.describe("The place whose policy it mainly reports: the id of a place in facets.yaml."),
  kind: z.enum(FEED_KINDS).describe(`What kind of publisher stands behind it: ${FEED_KINDS.join(", ")}.`),
  primary: z
    .boolean()
    .optional()
    .describe(
      "true or false: whether it is the source itself. Regulators, courts and legislatures are unless this says false.",
    ),
  fullText: z
    .enum(["auto", "never"])
    .default("auto")
    .describe("`never` keeps us from fetching the article pages of this feed; `auto` is what happens otherwise."),
  notes: z.string().min(1).optional().describe("Facts that affect reading, for the people who keep the catalogue."),
});

export const feedsFile = z
  .strictObject({
    feeds: z.array(feed).min(1).describe("A list of one feed or more."),
  })
  .describe("The catalogue of a pack: the sources it polls.");
