import { LONGEST_RULE, MOST_RULES } from "#model/limits.ts";

/** Whether a page may be asked for. */
export type Allows = (url: string) => boolean;

type Rule = { readonly allows: boolean; readonly path: string };

/**
 * Reads a robots.txt as RFC 9309 says: the rules of the groups that name `robot`, else of those for everybody; of the rules that match a
 * page the one with the longest path decides, and permission wins a tie. Linear in the file and, for each page, in the rules.
 */
export function readRobots(text: string, robot: string): Allows {
  const rules = rulesFor(robot.toLowerCase(), text);
  return (url) => {
    const { pathname, search } = new URL(url);
    const path = normal(pathname + search);
    let decided: Rule | null = null;
    for (const rule of rules) {
      const further = rule.path.length - (decided?.path.length ?? 0);
      if (decided !== null && (further < 0 || (further === 0 && !rule.allows))) continue;
      if (covers(rule.path, path)) decided = rule;
    }
    return decided?.allows ?? true;
  };
}

function rulesFor(robot: string, text: string): readonly Rule[] {
  const mine: Rule[] = [];
  const everybodys: Rule[] = [];
  let isNamed = false;
  let [addressed, lists] = [false, [] as Rule[][]];
  for (const line of text.split(/\r\n|\r|\n/)) {
    const [key = "", value = ""] = split(line);
    if (key === "user-agent") {
      // A line of agents after a rule begins another group.
      if (!addressed) [addressed, lists] = [true, []];
      const agent = /^[a-z_-]*/i.exec(value)?.[0].toLowerCase();
      if (agent === robot) {
        isNamed = true;
        lists.push(mine);
      } else if (value === "*") lists.push(everybodys);
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

/** Whether a rule's path, with `*` for anything and `$` for the end, is the beginning of a page's. Each part is looked for once, from left to right. */
function covers(rule: string, path: string): boolean {
  const ends = rule.endsWith("$");
  const [first = "", ...parts] = (ends ? rule.slice(0, -1) : rule).split("*");
  if (!path.startsWith(first)) return false;
  const last = ends ? parts.pop() : undefined;
  let at = first.length;
  for (const part of parts) {
    const found = path.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  if (!ends) return true;
  return last === undefined ? at === path.length : path.length - last.length >= at && path.endsWith(last);
}
