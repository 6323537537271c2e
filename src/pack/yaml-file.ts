import { readFileSync } from "node:fs";
import { type Document, isMap, isNode, LineCounter, parseDocument, type Range } from "yaml";
import type { Problem } from "#settings/problem.ts";

export type Path = readonly PropertyKey[];

/** A YAML file as read, which remembers on which line each value stands. */
export type YamlFile = {
  readonly file: string;
  readonly value: unknown;
  /** The line of the value at `path`, else of the nearest value around it. */
  readonly lineOf: (path: Path) => number;
  /** The line of a key of the map at `path`. */
  readonly lineOfKey: (path: Path, key: string) => number;
};

/** Reads a YAML file, or tells why it cannot be: missing, empty, not YAML. */
export function readYaml(file: string): YamlFile | readonly Problem[] {
  const text = textOf(file);
  if (text === null) {
    return [whole(file, "the file is missing or cannot be read", "Write it; feeds/privacy is a small pack to copy.")];
  }
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  if (document.errors.length > 0) {
    return document.errors.map((error) => ({
      file,
      line: lines.linePos(error.pos[0]).line,
      path: null,
      message: `not YAML: ${error.message.replace(/\.$/, "")}`,
      remedy: "Mend the indentation, quotes or colons there.",
    }));
  }
  if (document.contents === null) {
    return [whole(file, "the file is empty", "Fill it, or copy the file of the same name from feeds/privacy.")];
  }
  const lineAt = (range: Range | null | undefined) => lines.linePos(range?.[0] ?? 0).line;
  const lineOf = (path: Path) => lineAt(nearestNode(document, path)?.range);
  const lineOfKey = (path: Path, key: string) => lineAt(keyNode(document, path, key)?.range) || lineOf(path);
  try {
    return { file, value: document.toJS(), lineOf, lineOfKey };
  } catch (error) {
    // Only an alias without its anchor, or one that unfolds without end, gets here.
    return [whole(file, `not YAML: ${(error as Error).message}`, "Write the values out instead of using aliases.")];
  }
}

function textOf(file: string): string | null {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return null;
  }
}

function whole(file: string, message: string, remedy: string): Problem {
  return { file, line: null, path: null, message, remedy };
}

function nearestNode(document: Document, path: Path) {
  for (let length = path.length; length > 0; length -= 1) {
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node)) return node;
  }
  return isNode(document.contents) ? document.contents : null;
}

function keyNode(document: Document, path: Path, key: string) {
  const map = path.length === 0 ? document.contents : document.getIn(path, true);
  const pair = isMap(map) ? map.items.find((item) => isNode(item.key) && item.key.toJSON() === key) : undefined;
  return isNode(pair?.key) ? pair.key : null;
}

/** `["feeds", 3, "url"]` as people write it: `feeds[3].url`. */
export function pathText(path: Path): string {
  return path
    .map((step, at) => (typeof step === "number" ? `[${step}]` : `${at > 0 ? "." : ""}${String(step)}`))
    .join("");
}
