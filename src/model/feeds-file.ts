import { z } from "zod";
import { FEED_KEY, FEED_KINDS, id, name, placeId, url } from "./pack-fields.ts";

/** How a source publishes: a feed, a web page with a list of links, a JSON interface, or a sitemap. */
export const SOURCES = ["feed", "page", "json", "sitemap"] as const;

const selector = z.string().min(1);

const page = z
  .strictObject({
    item: selector.describe("A CSS selector of the elements that hold one entry each."),
    title: selector.optional().describe("Within an item, what holds the title. Left out: its heading, or its link."),
    link: selector.optional().describe("Within an item, the link that it is about. Left out: the first."),
    date: selector
      .optional()
      .describe("Within an item, what holds the date. Left out: the first that is written there."),
  })
  .describe("For `source: page` whose list is not found by itself: where it stands.");

const key = z
  .strictObject({
    env: z
      .string()
      .regex(FEED_KEY)
      .describe("The variable of the environment that holds it: its name begins with FEED_KEY_."),
    header: z
      .string()
      .regex(/^[A-Za-z0-9-]+$/)
      .optional()
      .describe("The HTTP header in which it is sent."),
    query: z
      .string()
      .regex(/^[\w.-]+$/)
      .optional()
      .describe("The parameter of the address in which it is sent, in place of a header."),
    prefix: z.string().optional().describe('What stands before it in the header, such as "Token ".'),
  })
  .refine(({ header, query }) => (header === undefined) !== (query === undefined), {
    message: "neither a header nor a query, or both",
  })
  .describe("A key that the interface asks for, sent to the host of `url` alone. Give `header` or `query`.");

const value = z
  .string()
  .regex(/^\$|\{\$[^{}]*\}/)
  .describe("A JSONPath within an item, such as `$.title`, or a text that holds some: `Case {$.number}: {$.title}`.");
const fieldOf = (what: string) => value.describe(`${what} ${value.description}`);

const json = z
  .strictObject({
    list: z
      .string()
      .regex(/^\$/)
      .describe("A JSONPath (RFC 9535) of the items in the document, such as `$.results[*]`."),
    title: fieldOf("The title of an item."),
    link: fieldOf("Its address, if need be against that of the document."),
    date: fieldOf("When it was published.").optional(),
    id: fieldOf("What identifies it for good. Left out: its address.").optional(),
    summary: fieldOf("What it says.").optional(),
    next: z
      .string()
      .regex(/^\$/)
      .optional()
      .describe("A JSONPath of the address of the next page of results, in the document."),
    key: key.optional(),
  })
  .describe("For `source: json`: how its answers are read.");

const sitemap = z
  .strictObject({
    under: url.optional().describe("Only what stands below this address is an entry: the news of a site."),
  })
  .describe("For `source: sitemap`: which part of it is read.");

const feed = z
  .strictObject({
    id,
    name,
    url,
    site: url.describe("The publisher's site, for people: a full address."),
    place: placeId.describe("The place whose policy it mainly reports: the id of a place in facets.yaml."),
    kind: z.enum(FEED_KINDS).describe(`What kind of publisher stands behind it: ${FEED_KINDS.join(", ")}.`),
    language: z
      .string()
      .regex(/^[a-z]{2}$/)
      .optional()
      .describe("The language that it publishes in, by ISO 639-1, such as `en`: that of texts too short to tell."),
    source: z
      .enum(SOURCES)
      .optional()
      .describe(`How it is read: ${SOURCES.join(", ")}. Left out: \`feed\`. See docs/feeds.md.`),
    page: page.optional(),
    json: json.optional(),
    sitemap: sitemap.optional(),
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
  })
  .superRefine((given, { addIssue }) => {
    const { source = "feed" } = given;
    for (const one of ["page", "json", "sitemap"] as const) {
      if (given[one] !== undefined && source !== one)
        addIssue({ code: "custom", path: [one], message: `for another source than \`source: ${source}\`` });
    }
    if (source === "json" && given.json === undefined)
      addIssue({ code: "custom", path: ["source"], message: "without `json`, which says how its answers are read" });
  });

export const feedsFile = z
  .strictObject({
    feeds: z.array(feed).min(1).describe("A list of one feed or more."),
  })
  .describe("The catalogue of a pack: the sources it polls.");
