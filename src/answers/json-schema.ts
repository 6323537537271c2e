import { z } from "zod";

export type JsonSchema = z.core.JSONSchema.BaseSchema;

/**
 * What may be asked, or what is answered, as JSON Schema 2020-12: open, so that what an answer comes to have besides breaks nobody. Formats
 * say in a word what their patterns do in a line.
 */
export function jsonSchema(schema: z.ZodType): JsonSchema {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, {
    io: "input",
    override: ({ jsonSchema }) => {
      if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
    },
  });
  return rest;
}
