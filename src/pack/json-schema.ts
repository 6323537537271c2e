import { z } from "zod";
import { languageFile } from "#model/language-file.ts";
import { PACK_FILES } from "#model/pack-files.ts";

/** A file of feeds/schema, written from the schema of a pack's files. */
export type Written = { readonly name: string; readonly text: string };

type Json = z.core.JSONSchema.JSONSchema;

/**
 * For the completion and checks of editors a JSON schema a file (draft 7 is what they all read); for people, a list of all
 * fields.
 */
export function editorSchemas(): readonly Written[] {
  const files = { ...PACK_FILES, "language.yaml": languageFile };
  const schemas = Object.entries(files).map(([file, schema]) => ({
    file,
    json: z.toJSONSchema(schema, { target: "draft-7", io: "input", reused: "inline" }) as Json,
  }));
  const fields = schemas.map(
    ({ file, json }) => `\n## ${file}\n\n${json.description}\n\n${HEAD}${rowsOf(json, "").join("")}`,
  );
  return [
    ...schemas.map(({ file, json }) => ({
      name: file.replace(/\.yaml$/, ".schema.json"),
      text: `${JSON.stringify(json, null, 2)}\n`,
    })),
    { name: "fields.md", text: `# Every field of a pack\n\nWritten by \`npm run schema\`.\n${fields.join("")}` },
  ];
}

const HEAD = "| field | left out | means |\n| --- | --- | --- |\n";

/** A row a field, its own fields after it; `[]` stands for each of a list. */
function rowsOf({ properties = {}, required = [] }: Json, within: string): string[] {
  return Object.entries(properties).flatMap(([key, value]) => {
    const field = value as Json & { items?: Json };
    const usual = field.default === undefined ? "" : `\`${JSON.stringify(field.default).replaceAll('"', "")}\``;
    const leftOut = required.includes(key) ? "never" : usual;
    const path = within + key + (field.items === undefined ? "" : "[]");
    return [`| \`${path}\` | ${leftOut} | ${field.description} |\n`, ...rowsOf(field.items ?? field, `${path}.`)];
  });
}
