import { compile, selectAll, selectOne } from "css-select";
import { parseDocument } from "htmlparser2";
import { withoutInvisible } from "#text/invisible.ts";
import { isReadable } from "#text/page-bounds.ts";

type Root = ReturnType<typeof parseDocument>;
export type Node = Root["children"][number];
export type Element = Extract<Node, { attribs: unknown }>;
export type Tree = Root | Element;

export const isElement = (node: Tree | Node | null): node is Element => node !== null && "attribs" in node;

/** A page as a tree; null when it is too large or too deep for a list. */
export const readTree = (html: string): Root | null => (isReadable(html) ? parseDocument(html) : null);

/** What is wrong with a CSS selector, or null. */
export function selectorFault(selector: string): string | null {
  try {
    compile(selector);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** All elements below a node that a CSS selector means, in order. */
export const all = (selector: string, within: Tree): Element[] => selectAll<Node, Element>(selector, within);
export const first = (selector: string, within: Tree): Element | null => selectOne<Node, Element>(selector, within);

/** Elements that nobody reads. */
const UNSEEN = new Set("script style noscript template iframe svg head".split(" "));

/** Elements that begin a line of their own. */
const LINES = new Set(
  (
    "address article aside blockquote br button caption dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 " +
    "header hr label li main nav ol option p pre section summary table tbody td tfoot th thead time tr ul"
  ).split(" "),
);

/** The lines of text below some nodes, as a browser would break them, white space settled. */
export function linesOf(...nodes: readonly (Node | Root)[]): string[] {
  const lines: string[] = [];
  let line = "";
  const flush = () => {
    const text = withoutInvisible(line).replace(/\s+/g, " ").trim();
    if (text !== "") lines.push(text);
    line = "";
  };
  const walk = (node: Node | Root): void => {
    if ("data" in node && node.type === "text") line += node.data;
    if (!("children" in node)) return;
    const name = isElement(node) ? node.name : "";
    if (UNSEEN.has(name)) return;
    if (LINES.has(name)) flush();
    for (const child of node.children) walk(child);
    if (LINES.has(name)) flush();
  };
  for (const node of nodes) walk(node);
  flush();
  return lines;
}

/** The text of an element in one line. */
export const lineOf = (node: Node | Root): string => linesOf(node).join(" ");
