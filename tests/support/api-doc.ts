import type { Library } from "#answers/question.ts";
import { apiAnswer } from "#api/api.ts";
import { openApi } from "#api/openapi.ts";
import { NOON } from "./stored.ts";

const BEGIN = "<!-- rendered: npx vitest run tests/api/api-doc.test.ts -u -->";
const END = "<!-- end of rendered -->";

const EXAMPLES = [
  "/api/v1/latest?law=Idaho+SB+77",
  "/api/v1/deadlines?within=8w",
  "/api/v1/quotes?who=holt",
  "/api/v1/matters/US-ID%20bill%20SB77",
  "/api/v1/latest?point=audits&limit=0",
];

type Operation = { readonly summary: string; readonly parameters: readonly { readonly name: string }[] };

/** docs/api.md with its rendered part made anew: all addresses, and examples out of a store of made-up news. */
export async function withExamples(doc: string, library: Library): Promise<string> {
  const begin = doc.indexOf(BEGIN) + BEGIN.length;
  const end = doc.indexOf(END);
  if (end < begin || begin < BEGIN.length) throw new Error("docs/api.md has lost its markers");
  const examples = [];
  for (const path of EXAMPLES) examples.push(await exampleOf(path, library));
  return `${doc.slice(0, begin)}\n\n${addresses()}\n\n${examples.join("\n\n")}\n\n${doc.slice(end)}`;
}

function addresses(): string {
  const { paths } = openApi("", "") as { readonly paths: Readonly<Record<string, { readonly get: Operation }>> };
  const rows = Object.entries(paths).map(([path, { get }]) => {
    const names = get.parameters.map(({ name }) => name).filter((name) => !path.includes(`{${name}}`));
    return `| \`${path}\` | ${get.summary} | ${names.map((name) => `\`${name}\``).join(" ")} |`;
  });
  return ["| address | answers | parameters |", "|---|---|---|", ...rows].join("\n");
}

async function exampleOf(path: string, library: Library): Promise<string> {
  const reply = await apiAnswer(new URL(path, "http://127.0.0.1"), library, NOON);
  if (reply === null) throw new Error(`nothing stands at ${path}`);
  const body = JSON.stringify(JSON.parse(reply.body), null, 2);
  return `\`GET ${path}\` (${reply.status}, \`${reply.headers["content-type"]}\`):\n\n\`\`\`json\n${body}\n\`\`\``;
}
