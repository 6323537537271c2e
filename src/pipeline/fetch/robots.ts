import { LONGEST_RULE, MOST_RULES } from "#model/limits.ts";
import { decode } from "#text/decode.ts";
import { inThread } from "#text/in-thread.ts";

/** Whether a page may be asked for. */
export type Allows = (url: string) => boolean;

type Rule = { readonly allows: boolean; readonly path: string };

/**
 * Reads a robots.txt as RFC 9309 says: the rules of the groups that name `robot`, else of those for everybody. Linear in the
 * file.
 */
export const readRobots = (text: string, robot: string): Allows => obeying(rulesIn(text, robot));

/**
 * The same, from what a server sent, in another thread: a long one takes as long to read as a page. Null when it cannot be read.
 */
export async function readRobotsAside(body: Uint8Array, contentType: string | null, robot: string) {
  const read = await inThread<readonly Rule[]>(
    new URL("./robots.ts", import.meta.url),
    "rulesFrom",
    body,
    contentType,
    robot,
  );
  return read.kind === "done" ? obeying(read.value) : null;
}

export const rulesFrom = (body: Uint8Array, contentType: string | null, robot: string): readonly Rule[] =>
  rulesIn(decode(body, contentType), robot);

/**
 * Of the rules that match a page the one with the longest path decides, and permission wins a tie. Linear in the rules and the
 * page's path.
 */
function obeying(rules: readonly Rule[]): Allows {
  return (url) => {
    const { pathname, search } = new URL(url);
    const path = normal(pathname + search);
    if (path.length > LONGEST_RULE) return false;
    let decided: Rule | null = null;
    for (const rule of rules) {
      const further = rule.path.length - (decided?.path.length ?? 0);
      if (decided !== null && (further < 0 || (further === 0 && !rule.allows))) continue;
      if (covers(rule.path, path)) decided = rule;
    }
    return decided?.allows ?? true;
  };
}

function rulesIn(text: string, named: string): readonly Rule[] {
  const robot = named.toLowerCase();
  const mine: Rule[] = [];
  const everybodys: Rule[] = [];
  let isNamed = false;
  let [addressed, lists] = [false, new Set<Rule[]>()];
  for (const line of text.split(/\r\n|\r|\n/)) {
    const [key = "", value = ""] = split(line);
    if (key === "user-agent") {
      // A line of agents after a rule begins another group.
      if (!addressed) [addressed, lists] = [true, new Set()];
      const agent = /^[a-z_-]*/i.exec(value)?.[0].toLowerCase();
      if (agent === robot) {
        isNamed = true;
        lists.add(mine);
      } else if (value === "*") lists.add(everybodys);
    } else if (key === "allow" || key === "disallow") {
      addressed = false;
      if (value === "" || value.length > LONGEST_RULE) continue;
      // Copied: a slice would keep the whole file.
      const rule = { allows: key === "allow", path: copied(normal(value)) };
      for (const list of lists) if (list.length < MOST_RULES) list.push(rule);
    }
  }
  return isNamed ? mine : everybodys;
}

/** `key: value`, without the comment. */
function split(line: string): readonly [string, string] | readonly [] {
  const hash = line.indexOf("#");
  const said = hash === -1 ? line : line.slice(0, hash);
  const colon = said.indexOf(":");
  return colon === -1 ? [] : [said.slice(0, colon).trim().toLowerCase(), said.slice(colon + 1).trim()];
}

const copied = (text: string): string => Buffer.from(text).toString();

/** Paths are compared as octets: percent signs in one spelling, everything past ASCII under them. */
const normal = (path: string): string =>
  path
    .replace(/[\u0080-\uffff]+/g, (text) => encodeURIComponent(text.toWellFormed()))
    .replace(/%[0-9a-f]{2}/gi, (octet) => {
      const letter = String.fromCharCode(Number.parseInt(octet.slice(1), 16));
      return /[\w.~-]/.test(letter) ? letter : octet.toUpperCase();
    });

/**
 * Whether a rule's path, with `*` for anything and `$` for the end, is the beginning of a page's. Each part is looked for once,
 * from left to right.
 */
function covers(rule: string, path: string): boolean {
  const ends = rule.endsWith("$");
  const [first = "", ...parts] = (ends ? rule.slice(0, -1) : rule).split("*");
  if (!path.startsWith(first)) return false;
  const last = ends ? parts.pop() : undefined;
  let at = first.length;
  for (const part of parts) {
    const found = placeOf(part, path, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  if (!ends) return true;
  return last === undefined ? at === path.length : path.length - last.length >= at && path.endsWith(last);
}

/** Parts up to this are left to `indexOf`, whose time grows with the product of both lengths at worst. */
const SHORT_PART = 16;

/** Where a part of a rule next stands in a path, or -1, by Knuth, Morris and Pratt: in time linear in both. */
function placeOf(part: string, path: string, from: number): number {
  if (part.length <= SHORT_PART) return path.indexOf(part, from);
  const borders = new Uint16Array(part.length);
  const after = (matched: number, character: number): number => {
    let length = matched;
    while (length > 0 && part.charCodeAt(length) !== character) length = borders[length - 1]!;
    return part.charCodeAt(length) === character ? length + 1 : 0;
  };
  for (let at = 1, length = 0; at < part.length; at++) {
    length = after(length, part.charCodeAt(at));
    borders[at] = length;
  }
  for (let at = from, length = 0; at < path.length; at++) {
    length = after(length, path.charCodeAt(at));
    if (length === part.length) return at + 1 - part.length;
  }
  return -1;
}
