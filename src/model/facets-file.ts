import { z } from "zod";
import { day, FEED_KINDS, id, label, name, phrase, phrases, placeId } from "./pack-fields.ts";

const stage = z.strictObject({
  id,
  name,
  label,
  order: z.int().describe("A whole number that grows as a matter advances; no two stages share one."),
  cues: phrases,
  conditionalCap: z
    .boolean()
    .default(false)
    .describe("true on the one stage above which a conditional verb (`is considering`) lets nothing rise."),
  group: name
    .optional()
    .describe(
      "Stages that readers may take for each other share a group; those of the lowest stage's say that nothing is decided.",
    ),
  eases: z
    .boolean()
    .optional()
    .describe("true where reaching this stage eases the pressure: a settlement, a delay, a repeal."),
  once: z
    .boolean()
    .optional()
    .describe(
      "true where a matter reaches the stage once: who heard of it in a dispute and place needs no second post.",
    ),
  kind: z
    .enum(["court"])
    .optional()
    .describe(
      "`court` where a matter at this stage is before one: rulings are then kept apart from the orders they judge.",
    ),
  steps: z
    .array(z.strictObject({ id, name, cues: phrases.min(1) }))
    .optional()
    .describe("A list of further steps within the stage, each further than the one before."),
});

export const facetsFile = z
  .strictObject({
    places: z
      .array(
        z.strictObject({
          id: placeId,
          name,
          label,
          aliases: phrases,
          exclude: phrases.optional().describe("Phrases that are not this place, though an alias stands in them."),
        }),
      )
      .min(1)
      .describe("A list of one place or more."),
    actors: z
      .array(
        z.strictObject({
          id,
          name,
          aliases: phrases,
          dated: z
            .array(
              z.strictObject({
                alias: phrase,
                since: day.optional().describe("The first day of the articles in which it holds, such as 2025-09-05."),
                until: day.optional().describe("The first day on which it does not hold any more."),
              }),
            )
            .optional()
            .describe("A list of names that hold for a time."),
          government: z.boolean().default(false).describe("true for regulators, legislators, courts and officials."),
        }),
      )
      .describe("A list of actors. Names are never triggers."),
    instruments: z
      .array(
        z.strictObject({
          id,
          name,
          place: placeId.optional().describe("Where it is law: the id of a place in this file."),
          numbers: z
            .array(name)
            .optional()
            .describe(
              "Its numbers as texts write them, such as SB 53 or Regulation (EU) 2024/1689; see docs/matters.md.",
            ),
          aliases: phrases,
        }),
      )
      .describe("A list of laws, codes and standards."),
    remedies: z.array(z.strictObject({ id, name, cues: phrases })).describe("A list of remedies."),
    stages: z.array(stage).min(1).describe("A list of one stage or more."),
    certainties: z
      .array(
        z.strictObject({
          id,
          name,
          label: name.describe("What readers see after the stage, such as `reported, unconfirmed`."),
          order: z.int().describe("A whole number, lower for firmer knowledge; no two certainties share one."),
          cues: phrases,
          overrides: z
            .boolean()
            .optional()
            .describe("true where its cues count for more than those of the certainties without this."),
          publishers: z
            .array(z.enum(FEED_KINDS))
            .optional()
            .describe("Kinds of publishers that speak for themselves with this certainty, such as [regulator, court]."),
          firm: z
            .boolean()
            .optional()
            .describe("true where readers may take it as known: reaching it from one that is not is a confirmation."),
          comment: z
            .boolean()
            .optional()
            .describe("true for what only comments: who heard of the matter in its dispute needs no post of it."),
        }),
      )
      .min(1)
      .describe("A list of one certainty or more."),
  })
  .describe("The other axes of a pack: places, actors, instruments, remedies, stages and certainties.");
