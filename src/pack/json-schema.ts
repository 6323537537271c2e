import { z } from "zod";
import { PACK_FILES } from "./schema.ts";

/** A JSON schema for editors, and the name of its file in feeds/schema. */
export type EditorSchema = { readonly name: string; readonly text: string };

/** The schemas of a pack's files, for the completion and checks of editors (draft 7 is what they all read). */
export function editorSchemas(): readonly EditorSchema[] {
  return Object.entries(PACK_FILES).map(([file, schema]) => {
    const json = z.toJSONSchema(schema, { target: "draft-7", io: "input", reused: "inline" });
    return { name: file.replace(/\.yaml$/, ".schema.json"), text: `${JSON.stringify(json, null, 2)}\n` };
  });
}
