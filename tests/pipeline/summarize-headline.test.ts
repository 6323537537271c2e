import { describe, expect, it } from "vitest";
import type { Movement } from "#model/story.ts";
import { changeLine, mostTelling } from "#pipeline/summarize/change.ts";
import { headlineOf } from "#pipeline/summarize/headline.ts";
import { labelsOf } from "#pipeline/summarize/labels.ts";

const step = (id: string, name: string, order: number) => ({ id, name, order, cues: [], conditionalCap: false });
const point = (id: string, name: string) => ({
  id,
  name,
  definition: "",
  sides: [],
  strong: [],
  weak: [],
  exclude: [],
});

const PACK = {
  feeds: [],
  points: [point("audits", "Audits"), point("penalties", "Penalties")],
  facets: {
    places: [
      { id: "US-CO", name: "Colorado", aliases: [] },
      { id: "US", name: "United States", label: "US", aliases: [] },
    ],
    actors: [],
    instruments: [],
    remedies: [],
    stages: [
      { ...step("threatened", "Action threatened or considered", 1), label: "Threatened" },
      step("adopted", "Adopted", 2),
    ],
    certainties: [
      { id: "anonymous", name: "Anonymous sourcing", label: "reported, unconfirmed", order: 1, cues: [] },
      { id: "official", name: "Official act", label: "official", order: 2, cues: [], firm: true },
    ],
  },
};

describe("headlineOf", () => {
  const headline = (story: Parameters<typeof labelsOf>[0]) => headlineOf(labelsOf(story, PACK));

  it("says where a matter stands, what is not sure, where, and what it is about, in words for readers", () => {
    const places = ["US-CO", "US"];
    const story = { stage: "threatened", certainty: "anonymous", places, points: ["audits", "penalties"] };
    expect(headline(story)).toBe("Threatened · reported, unconfirmed · Colorado, US · audits, penalties");
  });

  it("has no word for what is known, and names three points at most", () => {
    const points = ["audits", "penalties", "third", "fourth"];
    expect(headline({ stage: "adopted", certainty: "official", places: [], points })).toBe(
      "Adopted · audits, penalties, third",
    );
  });

  it("leaves out what no source shows", () => {
    expect(headline({ stage: null, certainty: null, places: [], points: ["audits"] })).toBe("audits");
    expect(headline({ stage: null, certainty: null, places: [], points: [] })).toBe("");
  });
});

describe("what moved", () => {
  const moved = (kind: Movement["kind"], from: string | null, to: string | null): Movement => ({
    kind,
    from,
    to,
    articleId: 4,
    sentence: null,
  });

  it("is the movement that readers want to hear of first", () => {
    const stage = moved("stage", "threatened", "adopted");
    expect(mostTelling([moved("point", null, "penalties"), stage])).toBe(stage);
  });

  it.each([
    [moved("certainty", "anonymous", "official"), "reported, unconfirmed → official"],
    [moved("point", null, "penalties"), "Also about: Penalties"],
    [moved("stage", null, "adopted"), "Adopted"],
    [moved("date", "2027-03-01", "2027-05-01"), "Date: 1 Mar 2027 → 1 May 2027"],
    [moved("date", null, "2027-01-14"), "Date: 14 Jan 2027"],
    [moved("opened", null, "threatened"), "New story: Threatened"],
    [moved("opened", null, null), "New story"],
    [moved("reversal", "adopted", "threatened"), "Reversed: Adopted → Threatened"],
  ])("words %o", (movement, line) => {
    expect(changeLine(movement, PACK)).toBe(line);
  });

  it("has nothing to say of a story that only opened", () => {
    expect(mostTelling([moved("opened", null, "threatened")])).toBeNull();
    expect(mostTelling([])).toBeNull();
  });
});
