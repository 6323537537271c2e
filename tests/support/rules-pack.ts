import type { Pack, Point } from "#model/pack.ts";
import { USUAL_SUPPORT } from "#model/weights.ts";

/** A pack about lifts with one point, for tests of the rules; what is given replaces its own. */
export function liftPack(point: Partial<Point> = {}, more: Partial<Pack> = {}): Pack {
  return {
    id: "lifts",
    name: "Lift safety",
    feeds: [],
    support: USUAL_SUPPORT,
    weights: null,
    glossaries: {},
    languages: [],
    lists: {},
    topic: { name: "lifts", terms: ["lift", "elevator"], exclude: [] },
    relevance: [{ name: "a point", weight: 1, found: "point" }],
    holds: [{ reason: "calls itself fiction", cues: ["fictional story"] }],
    presets: [],
    points: [
      {
        id: "inspections",
        name: "Inspections",
        definition: "Who inspects lifts.",
        sides: [],
        strong: ["yearly inspection", "inspect NEAR/4 cable"],
        weak: ["inspector", "certificate"],
        exclude: [{ phrase: "ticket inspector", reason: "trains" }],
        ...point,
      },
    ],
    facets: {
      places: [{ id: "UK", name: "United Kingdom", aliases: ["UK", "britain"] }],
      actors: [
        { id: "board", name: "Lift Board", government: true, aliases: ["lift board"] },
        {
          id: "guild",
          name: "Guild of Makers",
          government: false,
          aliases: [],
          dated: [
            { alias: "makers guild", until: "2025-01-01" },
            { alias: "makers union", since: "2025-01-01" },
          ],
        },
      ],
      instruments: [],
      remedies: [],
      stages: [
        { id: "statement", name: "Statement", order: 0, cues: ["say"], conditionalCap: false },
        { id: "threatened", name: "Threatened", order: 1, cues: ["consider"], conditionalCap: true },
        {
          id: "adopted",
          name: "Adopted",
          order: 2,
          cues: ["pass", "sign"],
          conditionalCap: false,
          steps: [{ id: "sealed", name: "Sealed", cues: ["sign NEAR/3 sealed"] }],
        },
      ],
      certainties: [
        { id: "official", name: "Official", label: "official", order: 1, cues: ["decree"], publishers: ["regulator"] },
        { id: "on-record", name: "On record", label: "on the record", order: 2, cues: ["say"], publishers: ["lab"] },
        { id: "anonymous", name: "Anonymous", label: "unconfirmed", order: 3, cues: ["sources"], overrides: true },
        { id: "analysis", name: "Analysis", label: "analysis", order: 4, cues: ["guide to"] },
      ],
    },
    ...more,
  };
}
